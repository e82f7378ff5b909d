/// What is read between the exercises.
enum Prose {
  static let opening = """
    Here is a number that a lecture prints as a lower bound on log p(x):

        E_q[log p(x|z)] + KL(q‖p(z))

    On a model of two states it is +0.538, and log p(x) is −0.892. A lower bound that exceeds what \
    it bounds, on the smallest model there is. It looks right, it compiles, it can be maximised. \
    One sign was lost on the way to the slide.

    It is not a rare accident. One respected library stores a divergence in a field called `elbo`, \
    and its tests carry the comment that lower is better. Others average over latents what should \
    be summed, or read the likelihood at the mean of z. Every one of these numbers moves when pushed. \
    None of them is the bound.

    This lesson makes the bound a quantity you can check to the last digit: what is exact, what is \
    a bound, by how much, and which form costs what.
    """

  static let names = """
    A latent-variable model says how x could have come about: draw z from a prior p(z), then x \
    from p(x|z). With x on the table, four names are in use, and the whole trade is in the last two:

        likelihood p(x|z)
        joint      p(x, z) = p(z) p(x|z)
        evidence   p(x) = Σ_z p(x, z)
        posterior  p(z|x) = p(x, z) / p(x)

    The sum has one term for each z. Twenty bits make a million terms and a hundred make more than \
    can ever be added, so the evidence is what one cannot have, and with it the posterior. In this \
    lesson models are so small that we have both, and can look up what the bound is hiding.
    """

  static let jensenIdea = """
    The logarithm bends down: between any two points of its curve, the straight chord runs below \
    it. An average of logarithms lies on the chord, the logarithm of the average on the curve. \
    So taking the log last never gives less:

        log E[X] ≥ E[log X]

    That is Jensen's inequality, and what it loses has a name. Reweight each value by its size, \
    w′_i = w_i x_i / E[X]; then the loss is exactly KL(w‖w′). Choose w = q and x = p(x, z)/q(z), and \
    E[X] is the evidence, w′ the posterior, and the right side the bound of everything below.
    """

  static let boundIdea = """
    Multiply and divide each term of the evidence by q(z), any positive law over z, and move \
    the logarithm inside:

        log p(x) = log E_q[p(x, z)/q(z)] ≥ E_q[log p(x, z) − log q(z)] = ELBO(q)

    Nothing on the right needs the sum over all z: draws of q, log q and log p(x, z) will do. What \
    is lost is KL(q‖p(z|x)), which needs the posterior and is therefore invisible in practice; but \
    ELBO and gap add up to log p(x), which does not contain q. Raising the one lowers the other. \
    That is all of variational inference, and why it works without ever seeing its target.
    """

  static let formsIdea = """
    The bound has three faces. All have the same value, and each asks for a different thing.

        joint    E_q[log p(x, z) − log q(z)]      draws of q only
        entropy  E_q[log p(x, z)] + H(q)          the entropy of q in closed form
        prior    E_q[log p(x|z)] − KL(q‖p(z))     that divergence in closed form

    Read the third aloud: fit, less the price of moving away from the prior. A plus there would \
    reward q for moving away; that is the sign of the opening. And KL sums over latents: a mean \
    over them charges one D-th of the price, which may please the eye and is no bound.
    """

  static let emIdea = """
    Now let the model have parameters θ, and write F(q, θ) for the same bound. Two arguments, so \
    climb them in turn.

    The E-step moves q. The best q is the posterior, and there F touches log p(x|θ). The M-step \
    moves θ with q held still. F rises; log p(x|θ) lies above F, so it has risen at least as much, \
    and then some, because q is no longer the posterior: the gap that has opened is the next \
    E-step's gain. That is EM: not an approximation, but the bound kept tight.

    The rise of one sweep can be stated exactly. For these mixtures

        log p(x|θ′) − log p(x|θ)
            = N KL(π′‖π) + Σ_k N_k KL(p′_k‖p_k) + Σ_n KL(r_n‖r′_n)

    and no term is ever negative. A curve that mostly goes up is a bug.
    """

  static let familyIdea = """
    "Set q to the posterior" is an order that can be carried out only if the posterior is among \
    the q you allow. With a line and Gaussian noise it is a Gaussian, and the bound becomes tight. \
    With a count and a log-rate it is not, and the best Gaussian stays 0.0116 below. What remains \
    then is: the best q of the family, and a gap that no optimiser can close.

    Note what moves. Changing the mean and variance of q never changes log p(x), which does not \
    contain them. It changes how much of log p(x) you can see.
    """

  static let closing = """
    Exact: log p(x) = ELBO(q) + KL(q‖p(z|x)), for every q that is zero wherever p(x, z) is. A q \
    that misses a part of the posterior still gives a bound; a q that visits the impossible gives −∞.

    A bound: ELBO(q) ≤ log p(x). It bounds the logarithm, not the evidence. To be maximised; what \
    is minimised is called negativeELBO here, and a name never changes its sign.

    Tight: only at the posterior, which the E-step of EM can reach and most families cannot.

    A falling loss proves nothing. Evaluate the bound where you know the answer: at the prior, at \
    a point mass, at the posterior of a model with three states. Each mistake of this lesson \
    passes at least one check of its exercise, and none passes them all.
    """
}
