/// What is read between the exercises.
enum Prose {
  static let opening = """
    A lecture prints this formula for a number that should lie below log p(x):

        E_q[log p(x|z)] + KL(q‖p(z))

    Try it on the smallest model there is. It has two states, and we choose some q:
    """

  static let afterTheSigns = """
    The printed formula gives {two-printed:+.3}, and log p(x) is {two-evidence:+.3}. So this "lower \
    bound" lies {two-excess:.2} above what it should bound. One sign is wrong (erratum E-012 of the \
    lectures): with a minus the number is {two-right:+.3}, and that does lie below.

    Slips of this kind stay unseen because nothing crashes. In blackjax the field `elbo` of \
    vi/meanfield_vi.py holds the mean of log q − log p: the bound with its sign turned. In \
    mkusner/grammarVAE (issue #2) a term that has to be summed over latents was averaged. Both \
    numbers move when parameters move, so training seems to work.

    In this lesson you derive the bound step by step. Each step shows its number on a model that \
    is printed above it, and ✓ says that it also held on 200 random models. What is only named \
    behind a ✓ are further checks, which you may skip. "Exact" means: computed by adding up \
    everything, without sampling, and right to all digits shown.
    """

  static let words = """
    A latent-variable model says how x could have come about: first z is drawn from the prior, then \
    x from the likelihood. Everything else follows from these two. Their product is the joint. The \
    sum of the joint over z is the evidence. The joint divided by the evidence is the posterior, \
    which says what x tells about z.
    """

  static let afterBayes = """
    The sum over z has one term for each state. Twenty bits have 2^20 states, about a million; a \
    hundred bits have more than can ever be added. So in general p(x) cannot be computed, and \
    neither can p(z|x), which needs it. (Lesson 02 is about models in which they can.) The bound is \
    made for that case. In this lesson models are so small that we know p(x) all the same, and can \
    look up what the bound leaves out.
    """

  static let jensenIdea = """
    One inequality is all that the bound needs. The logarithm bends down: between any two points of \
    its curve, the straight chord runs below it. A mean of logarithms lies on the chord, the \
    logarithm of the mean lies on the curve above it.
    """

  static let jensenNext = """
    That is Jensen's inequality. How much it loses can be said exactly. Multiply each weight by its \
    value and normalise: this gives new weights w′. What is lost is the divergence from w to w′.
    """

  static let jensenUse = """
    The inequality also says that a divergence is never negative. With values p(z)/q(z) and weights \
    q(z) it reads −KL(q‖p) = E_q[log (p/q)] ≤ log E_q[p/q], and E_q[p/q] adds up p over the states that \
    q visits, so it is at most 1.

    Now choose the values X_z = p(x, z)/q(z) and the weights w = q. Then E[X] is the evidence, w′ is \
    the posterior, and what is lost is KL(q‖p(z|x)). This one choice gives the whole next section.
    """

  static let boundIdea = """
    We want log p(x), which is the logarithm of a sum that is too long. Choose any distribution q(z) \
    that is positive, multiply and divide each term by it, and move the logarithm inside:
    """

  static let boundMeaning = """
    Look at E_q[log p(x, z) − log q(z)], called the evidence lower bound, ELBO(q). It contains neither \
    p(x) nor the posterior. It is a mean under q, so draws of z from q are enough to estimate it. The \
    line that begins with ELBO(q) is not for computing: it says how far below log p(x) the bound lies. On the example it is \
    {elbo:.5}, and log p(x) is {evidence:.5}. The difference, {gap:.5}, is the divergence KL(q‖p(z|x)).

    Here are six choices of q for the same model.
    """

  static let boundWhy = """
    The bound and the gap change with q, but their sum does not, because log p(x) does not contain \
    q. So whoever raises the bound lowers the gap, and moves q towards a posterior that nobody had \
    to compute. Most of variational inference rests on this.
    """

  static let oneDraw = """
    How is the bound computed when states are many? By drawing from q. The next model has a latent \
    of two bits, z = (z_1, z_2). Bit d is on with probability p_d under the prior and b_d under q. \
    The document x = (0, 2, 2) has three words: word 0 once and word 2 twice, of the words 0, 1 and 2. \
    Given z, each word is v with probability softmax(bias + W z)_v, where softmax(s)_v = \
    e^(s_v) / Σ_u e^(s_u). One draw of z gives one number, log p(x, z) − log q(z):
    """

  static let oneDrawMeaning = """
    Three of the four numbers lie above log p(x). That is no mistake: a single draw is not a bound, \
    only its mean is. Average many draws before you judge.
    """

  static let twoDraws = """
    With two draws one can average the two ratios R = p(x, z)/q(z) before taking the logarithm. By \
    Jensen's inequality the mean of the result is higher, here by {two-draws-gain:.4}, and it still \
    lies below log p(x). Lesson 12 is about this.
    """

  static let formsIdea = """
    The same number can be written in three ways, and each needs something else. The first needs \
    draws from q only. The second needs the entropy of q, the third the divergence from the prior, \
    both of which often have a closed form.
    """

  static let formsMeaning = """
    The last form reads: how well z explains x, minus the price of moving q away from the prior. If \
    the price is added, as in the formula at the top, q is rewarded for moving away. The price is a \
    sum over latents. A mean over D latents would be one D-th of it, and the result is no longer sure to \
    lie below log p(x).
    """

  static let emIdea = """
    Now let the model have parameters θ, and write F(q, θ) for its bound. There are two arguments, \
    so they can be improved in turn. The E-step moves q: the best choice is the posterior, r, and \
    there F touches log p(x|θ). The M-step moves θ to the place θ′ that is best for this q. \
    Here the data are six pairs of bits, the model is a mixture of two components, and F adds up \
    the bounds of all data.

    An M-step takes any weights. The second line below has the weights q_nk that are given, and its \
    six numbers are N_1, N_1 p′_11, N_1 p′_12 and the same for the second component. In the chain \
    the weights are the posterior r, and θ′ is what the M-step makes of them.
    """

  static let emMeaning = """
    So no sweep of EM ever lowers log p(x|θ): it is equal to F, F does not fall, and F stays below \
    the new log p(x|θ′). If a curve of EM falls anywhere by more than rounding, there is a mistake in the code.

    The picture shows seven sweeps for four numbers and two Gaussians. During an E-step the \
    evidence stands still and F rises to it; during an M-step both rise.
    """

  static let emExactly = """
    The rise of one sweep can be stated exactly. It is the M-step's gain plus the gap that the \
    M-step opens, and both are divergences, so neither is negative. The table has the first seven sweeps and the fortieth.
    """

  static let gaussianIdea = """
    For Gaussians the M-step is three weighted means. The new variance is measured around the new \
    mean and divided by N_k.
    """

  static let familyIdea = """
    The E-step says: set q to the posterior. That is possible only if the posterior is among the q \
    that are allowed. Take z ~ N(0, 1), and allow Gaussians q = N(m, v). If x is observed through \
    a line with Gaussian noise, x ~ N(a z, s), the posterior is a Gaussian and the bound becomes \
    tight. If y is a count, y ~ Poisson(e^(z + c)), the posterior is not a Gaussian.

    The bound of the count can be written down, because E_q[e^z] = e^(m + v/2) and KL(q‖N(0, 1)) = \
    ½ (m² + v − 1 − log v):

        ELBO(m, v) = y (m + c) − λ − log y! − ½ (m² + v − 1 − log v),  λ = e^(m + c + v/2)

    Its slope in m is y − λ − m, and its slope in v is ½ (1/v − 1 − λ). Both are zero at the best \
    Gaussian, m* and v*, which a computer has to search for. The evidence of the count is an \
    integral; "quadrature" says that it was computed numerically, with a bound on the error.
    """

  static let familyMeaning = """
    The best Gaussian keeps a gap of {best-gap:.4}, and no optimiser can close it. Laplace's Gaussian, \
    which takes its mean from the mode of the posterior and its variance from the curvature there, \
    has a gap of {laplace-gap:.4}. The mean and variance of q never change log p(x), which does not \
    contain them.
    """

  static let closing = """
    - Exact: log p(x) = ELBO(q) + KL(q‖p(z|x)) for every q that gives no probability to states with \
    p(x, z) = 0. If q does give some, ELBO(q) = −∞.

    - A bound: ELBO(q) ≤ log p(x). It bounds the logarithm of the evidence from below, and is to be \
    maximised. Code that minimises uses −ELBO; here this is called negativeELBO, because a name \
    should say its sign.

    - Tight: only at the posterior. The E-step of EM goes there. Most families of q do not contain it.

    - To test code that computes a bound, use models whose answer is known: q at the prior, q \
    certain of one state, q at the posterior of three states. Use several of them: each mistake of \
    this lesson passes at least one check of its exercise, and none passes all.
    """
}
