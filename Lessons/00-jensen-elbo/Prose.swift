/// What is read between the exercises.
enum Prose {
  static let opening = """
    Lecture L1, "Variational Inference and Variational Autoencoders", is one of five lectures \
    behind these lessons. On its second slide named "Variational Inference" this expression stands \
    for a number that lies below log p(x):

        E_q[log p(x|z)] + KL(q‖p(z))

    Try it on the smallest model there is. It has two states, and we choose some q:
    """

  static let afterTheSigns = """
    The printed formula gives {two-printed:+.3}, and log p(x) is {two-evidence:+.3}. So this "lower \
    bound" lies {two-excess:.2} above what it should bound. One sign is wrong (`lessons errata E-012`): \
    with a minus, as the same lecture has it on its next slide, the number is {two-right:+.3}. It lies below \
    log p(x) here. That it always does needs a proof, which is section 4. The last line of the same lecture's \
    derivation of KL(q‖p(z|x)) has lost a sign too: it gives −{two-excess:.2} for a divergence, which is never \
    negative (E-011).

    Slips of this kind stay unseen because nothing crashes. In blackjax (read in 2026) the field \
    `elbo` of MFVIInfo, in blackjax/vi/meanfield_vi.py, holds the mean of log q − log p: the bound \
    with its sign turned. In mkusner/grammarVAE (issue 2) the divergence, which has to be summed over \
    latents, was averaged. Both numbers move when parameters move, so training seems to work.

    How to read this page: a step shows its number on the model that is printed above it, and ✓ \
    says that it also held on {models} random models. In a line such as "✓ and 3 special cases, 1 aside" further \
    checks are counted and not printed, those of errata (what is wrong in a lecture) among them; \
    `lessons run 00 --all` prints them. `lessons` is the program that printed \
    this page. Code is Swift, from the library of this course; a Task is something to \
    write yourself, and Break is a command that shows a wrong version being refused. To follow \
    the argument you may skip all three, the sections that are called asides, and the corrected lectures. "Exact" means: from a formula, or by adding up all \
    states, without sampling, and right to all digits shown.
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
    value and normalise: this gives new weights w′. What is lost is KL(w‖w′), the divergence of w \
    from w′.
    """

  static let jensenUse = """
    The inequality also says that a divergence is never negative. With values p(z)/q(z) and weights \
    q(z) it reads −KL(q‖p) = E_q[log (p(z)/q(z))] ≤ log E_q[p(z)/q(z)], and E_q[p(z)/q(z)] adds up p \
    over the states that q visits, so it is at most 1, and its logarithm at most 0.

    Now choose the values X_z = p(x, z)/q(z) and the weights w = q, with no q(z) equal to zero. Then \
    E[X] is the evidence, w′ is the posterior, and what is lost is KL(q‖p(z|x)). This one choice \
    gives the whole next section.
    """

  static let boundIdea = """
    We want log p(x), the logarithm of a sum that is too long. Choose any distribution q(z). For each \
    state with q(z) > 0 multiply and divide its term by q(z); then move the logarithm inside:
    """

  static let boundMeaning = """
    The last line of the chain is the evidence lower bound, ELBO(q). It contains neither p(x) nor \
    the posterior. It is a mean under q, so draws of z from q are enough to estimate it. The line \
    ELBO(q) = log p(x) − KL(q‖p(z|x)) is not for computing: it says how far below log p(x) the bound \
    lies. On the example ELBO(q) is {elbo:.5}, and log p(x) is {evidence:.5}. The difference, \
    {gap:.5}, is the divergence KL(q‖p(z|x)). A bound is one for the x and the model that it was computed \
    for: about another model's log p(x) it says nothing.
    """

  static let boundZeros = """
    With q = (.5, 0, .5) the first step loses the term of z = 2, and log E_q[p(x, z)/q(z)] is only \
    {half-visited:.3}. The second step loses the rest, down to {half-elbo:.3}: still a bound. If q \
    visits a state with p(x, z) = 0, the last line is −∞, and still below. Lecture L4 asks for q(z) > 0 wherever \
    p(z|x) > 0 in deriving the bound (E-062). The first sign needs this to be an equality; the bound does not.

    Here are six choices of q for the same model. The bars begin a little below the lowest ELBO, so \
    their ends can be compared, and their lengths say nothing:
    """

  static let boundWhy = """
    The bound and the gap change with q, but their sum does not, because log p(x) does not contain \
    q. So whoever raises the bound lowers the gap, and moves q towards a posterior that nobody had \
    to compute. Most of variational inference rests on this.
    """

  static let formsIdea = """
    The same number can be written in three ways, and each needs something else. The first needs \
    draws from q only. The second needs the entropy of q, the third the divergence of q from the \
    prior, both of which often have a closed form.

    The model now has a latent of two bits, z = (z_1, z_2), which are independent under the prior and \
    under q. The document x = (0, 2, 2) has three words: word 0 once and word 2 twice, of the words 0, \
    1 and 2. Given z, the words are drawn independently, and each is v with probability \
    softmax(bias + W z)_v, where softmax(u)_v = e^(u_v) / Σ_k e^(u_k). Row v of W belongs to word v. The \
    order of the words is part of x, so the likelihood of this document is

        p(x|z) = softmax(bias + W z)_0 · softmax(bias + W z)_2²
    """

  static let formsMeaning = """
    The prior form, in the third line, reads: how well z explains x, minus the price of moving q away \
    from the prior. If the price is added, as in the formula at the top, q is rewarded for moving \
    away. The price is a sum over the latents. A mean over D latents would be one D-th of it. Then \
    nothing proves that the result lies below log p(x). On this example it still does.
    """

  static let emIdea = """
    Now let the model have parameters θ, and write F(q, θ) for its bound. There are two arguments, \
    so they can be improved in turn. The E-step moves q: the best choice is the posterior, r, and \
    there F touches log p(x|θ). The M-step moves θ to the place that is best for this q. (Lecture L3 prints \
    log p(x, z|θ_old) in F. Then F has no θ in it, its slope in θ is zero, and no M-step could gain: E-036.)

    Here the model is a mixture: first a component k is chosen, with probability π_k, then each bit \
    of the datum is drawn with the probabilities of that component. So the latent of datum n is its \
    component, and q gives datum n the weights q_nk. The data are six pairs of bits, and F adds up \
    the bounds of all data.

    An M-step takes any weights q_nk. In its parameters F is a sum of logarithms, log π_k, log p_kd and \
    log(1 − p_kd), each times a count that is not negative. A logarithm bends down, and so does such a \
    sum: where its slopes are zero is its maximum. For p_kd this is one derivative. The π_k have to sum \
    to one, so with two components put π_2 = 1 − π_1. The slope in π_1 is then N_1/π_1 − N_2/π_2, and it \
    is zero at π_k = N_k/N.

    In the second line below the weights are the q_nk of the Given; the six numbers are N_1, N_1 p′_11, \
    N_1 p′_12 and the same for the second component. In the chain the weights are the posterior r, so \
    its new parameters are θ′(r), not θ′(q).

    The last line says by how much an M-step raises F. In F the counts N_k multiply log π_k, and \
    N_k = N π′_k. So the part with the weights changes by Σ_k N_k (log π′_k − log π_k) = N KL(π′‖π), and \
    the part with each bit in the same way.
    """

  static let emMeaning = """
    So no sweep of EM (an E-step, then an M-step) ever lowers log p(x|θ): after the E-step log p(x|θ) \
    is equal to F, then F does not fall, and it never exceeds the new log p(x|θ′(r)). If a curve of \
    EM falls anywhere by more than rounding, there is a mistake in the code.
    """

  static let emPicture = """
    The picture shows EM on another mixture, of two Gaussians: the data are −1, .2, 1.7 and 2, and EM \
    starts from weights ½, means −½ and 1, and variances 1. (Section 8 has its M-step.) During an E-step \
    the evidence stands still and F rises to it; during an M-step both rise. (A rise of less than a row \
    of characters is drawn flat; sweeps 4 and 5 show it best.) The E-step of sweep 1 ends at 0 and its M-step at ½, those of sweep 2 at 1 and 1½, and so on:
    """

  static let emExactly = """
    The rise of one sweep can be stated exactly. It is the M-step's gain plus the gap that the \
    M-step opens. Both are divergences, so neither is negative. These are the seven sweeps of the \
    picture:
    """

  static let oneDraw = """
    This section is an aside. How is the bound computed when states are many? By drawing from q. One draw \
    of z gives one number, log p(x, z) − log q(z). Take the document of section 5:
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

  static let gaussianIdea = """
    This section is an aside. If the components are Gaussians on the line, the M-step is three weighted \
    means: of 1, of x and of x². The new variance is measured around the new mean and divided by N_k.
    """

  static let gaussianMeaning = """
    The gain F(q, θ′(q)) − F(q, θ) has the same form as in section 6: it is the divergence of the new \
    distributions from the old ones, of the weights and of each component. This holds for every \
    exponential family (lesson 01 says what that is).
    """

  static let familyIdea = """
    This section is an aside. The E-step says: set q to the posterior. That is possible only if the \
    posterior is among the q that are allowed. Take z ~ N(0, 1), and allow Gaussians q = N(m, v). If \
    x is observed through a line with Gaussian noise, x ~ N(a z, s), the posterior is a Gaussian and \
    the bound becomes tight. If y is a count, y ~ Poisson(e^(z + c)), the posterior is not a Gaussian.

    The bound of the count can be written down, because E_q[e^z] = e^(m + v/2) and KL(q‖N(0, 1)) = \
    ½ (m² + v − 1 − log v):

        ELBO(m, v) = y (m + c) − λ − log y! − ½ (m² + v − 1 − log v)

    Its slope in m is y − λ − m, and its slope in v is ½ (1/v − 1 − λ). Both are zero at the best \
    Gaussian, N(m*, v*): there m* + λ* = y and 1/v* − λ* = 1. A computer has to search for it. The \
    evidence of the count is an integral; "quadrature" says that it was computed numerically, with a \
    bound on the error, and ≈ stands for equality within that bound.
    """

  static let familyMeaning = """
    The best Gaussian keeps a gap of {best-gap:.4}, and no optimiser can close it. Laplace's Gaussian, \
    which takes its mean from the mode of the posterior and its variance from the curvature there, \
    has a gap of {laplace-gap:.4}. Whatever the mean and variance of q are, log p(x) is the same: what \
    they move is the ELBO. (Lecture L1 speaks of choosing them to maximise log p(x): E-015.)
    """

  static let familyCandidates = """
    Three Gaussians for the count y = 3. The ELBO is a formula, the gap an integral:
    """

  static let familyPicture = """
    What is wrong with the two that are near? The picture shows how far each is above or below the \
    posterior:
    """

  static let closing = """
    - Exact: log p(x) = ELBO(q) + KL(q‖p(z|x)) for every q that gives no probability to states with \
    p(x, z) = 0. If q does give some, ELBO(q) = −∞.

    - A bound: ELBO(q) ≤ log p(x), for every q and the same model. It bounds the logarithm of the \
    evidence from below, and is to be maximised. Code that minimises uses −ELBO; here this is called \
    negativeELBO, because a name should say its sign.

    - Tight: only at the posterior. The E-step of EM goes there. Most families of q do not contain it.

    - To test code that computes a bound, use q whose answer is known: at the prior the ELBO is \
    E_p(z)[log p(x|z)], at q certain of one state it is log p(x, z) of that state, at the posterior it \
    is log p(x). Use several of them: each mistake of this lesson passes at least one check of its \
    exercise, and none passes all.
    """

  static let endOfTheMainLine = """
    Here the main line ends. Sections 7 to 9 are asides; section 10 is the summary.
    """
}
