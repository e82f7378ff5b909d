/// The prose, in reading order.
enum Prose {
  static let opening = """
    The divergence of two Gaussians, of q from p, is

        right:    ½[log(|C_p|/|C_q|) + tr(C_p⁻¹C_q) + δᵀC_p⁻¹δ − d]
        printed:  ½[log(|C_p|/|C_q|) + tr(C_p⁻¹C_q) − d] + δᵀC_p⁻¹δ

    Section 3 derives the first. The second stands in lecture L1, "Variational Inference and \
    Variational Autoencoders", on the slide that asks how to compute D(q(z)‖p(z)) (`lessons errata \
    E-013`): the term with δ has lost its half. Take these two:
    """

  static let slips = """
    The printed formula gives {lecture-printed:4}. The right number is {lecture-right:4}. \
    Nothing crashes: the wrong number is positive, it is zero when q = p, and it grows when they \
    part. A network that is trained on it learns, but it pays twice for moving a mean.

    Three more slips are in public code. "Mean, not sum": the whole is divided by d, as in \
    mkusner/grammarVAE (issue 2) and podgorskiy/VAE (issue 1). "½, not ½ d": it ends in −1 in place \
    of −d, so that ½ is taken away once, where it should be taken away for each of the d dimensions, as \
    in ericjang/draw (issue 8); this one changes no gradient, only the value that is reported. "Sign of the log": it has |C_q|/|C_p| in \
    place of |C_p|/|C_q|, as in FluxML/model-zoo (pull request 147).

    Below, each of the four slips is put to five tests: q against itself; p moved to the mean of \
    q; p with the covariance of q; the first coordinate alone; and the q and p above.
    """

  static let afterTheSlips = """
    Each of the first four tests is one that people write, and each lets at least one slip pass. \
    The last one compares two different Gaussians in the plane, and not with a second formula, which may \
    have the same slip, but with the average that a divergence is. So we begin with this average.
    """

  static let definition = """
    Draw z from q. The number log(q(z)/p(z)) says how much better q predicted this z than p did. \
    For some z it is negative. Its mean over all draws is the divergence of q from p:

        KL(q‖p) = E_q[log q(z) − log p(z)] = Σ_z q(z) log(q(z)/p(z))

    The mean is taken under the first argument. A state with q(z) = 0 adds nothing, whatever \
    p(z) is. A state with q(z) > 0 and p(z) = 0 makes the divergence infinite. (Lecture L0 says in words \
    E_q[log(q − p)]. That is the logarithm of a difference, which does not exist where q is below p: E-003.) Here are \
    the terms for the q and the prior p(z) of lesson 00:
    """

  static let beforeTheChain = """
    The second term is negative, {running-second:3}. Why can the sum not be negative? The trick is to take \
    away q(z) and to add p(z) in each term. Over all states this changes nothing, because both \
    add up to one. But now no term is negative.
    """

  static let twoMeans = """
    KL(q‖p) and KL(p‖q) are two different averages. In the example they are close, {running:.4} \
    and {running-reverse:.4}. They part when one of the two distributions gives little to a \
    state that the other one needs.
    """

  static let beforeTheTwoDirections = """
    Here p stays and q moves:
    """

  static let normal = """
    For two Gaussians log q(z) − log p(z) is quadratic in z. So its mean depends on nothing but \
    means and covariances, and it can be taken with pencil and paper. (Lectures write Σ for a \
    covariance; here Σ is only ever a sum, and a covariance is C.)

    Two means of squares are needed. With u = z − μ_q we have z − μ_p = u + δ and E_q[u] = 0, so \
    E_q[D_p(z)] = E_q[uᵀC_p⁻¹u] + δᵀC_p⁻¹δ. A number is its own trace, and factors may go round in \
    a trace, so E_q[uᵀC_p⁻¹u] = tr(C_p⁻¹ E_q[u uᵀ]) = tr(C_p⁻¹C_q). The other mean is the same with \
    p = q: E_q[D_q(z)] = tr I = d.
    """

  static let half = """
    All four terms stand under one common half. The mean in the first line was taken without any \
    formula for a divergence: by three Gauss–Hermite points an axis, nine in the plane, a rule that is \
    exact for polynomials up to degree five, and log q(z) − log p(z) has degree two.

    Lecture L1 prints μᵀμ without its half, for p = N(0, I), as well: {standard-printed:.3} in place of \
    {standard-right:.3} (E-014). It also writes n for the number of data and for the dimension, which is d here. \
    With five data put for n, the divergence comes out as {standard-five:+.3} (E-018).
    """

  static let beforeTheHalfTable = """
    What the lost half costs depends on how far the means are apart:
    """

  static let afterTheHalf = """
    The error is ½ δᵀC_p⁻¹δ. Where the means are close nobody sees it; where they are far apart it is \
    about as large as the divergence itself.
    """

  static let poisson = """
    The same works for counts. A Poisson distribution with rate λ gives the count y the \
    probability e^(−λ) λ^y / y!, so its log is y log λ − λ − log y!. Many distributions have a log \
    of this kind,

        log q(z) = η · t(z) − A(η) + what has no η in it,

    and such a set of distributions is called an exponential family: η names the member, t(z) is \
    fixed. For the Poisson distribution t is y itself, η is log λ and A is λ = e^η. Since the \
    probabilities sum to one for every η, the slope of their sum is zero, which says E_q[t(z)] = \
    A′(η): here the mean of y is λ.

    The steps below are for two Poisson distributions, q with rate λ_q and p with rate λ_p. A line \
    each follows for the Gaussian on the line (another pair than that of section 3), and for the \
    gamma distribution (shape α, rate λ), where η = (α − 1, −λ) and A(η) = log Γ(α) − α log λ, \
    with the gamma function Γ.
    """

  static let families = """
    The last two lines of the chain hold for every exponential family, with ∇A(η_q), the mean of \
    t(z) under q, in the place of A′. The divergence is what A at η_p has above the tangent that \
    touches it at η_q, and this is how the lines for the Gaussian and the gamma distribution were \
    made. As a divergence it is never negative (section 2); that A is convex then follows.
    """

  static let beforeTheTangent = """
    The picture shows curve and tangent for the Poisson distribution, where A(η) = e^η:
    """

  static let echo = """
    You have seen λ_q log(λ_q/λ_p) − λ_q + λ_p before. It is the term \
    q(z) log(q(z)/p(z)) − q(z) + p(z) of section 2, with q(z) and p(z) for the rates. Each term \
    there was a divergence of two Poisson distributions, and so could not be negative. In \
    lesson 00 Jensen's inequality compared a curve with a chord; here it is a tangent.
    """

  static let bits = """
    Let z be D bits. If q and p are free to be anything, a divergence has 2^D terms. If the bits \
    are independent under both, D terms are enough. Below, q has the probabilities b_i and p has \
    the probabilities a_i, one for each bit:
    """

  static let afterTheBits = """
    It is a sum over bits, and not a mean. A mean would make the divergence D times too small \
    beside the likelihood in the bound, and with one bit no test can tell.
    """

  static let experts = """
    Two experts guess a count y. One says about 2, the other about 9, and we trust them with \
    0.6 and 0.4. So p(y), the mixture of both, has two humps. We may answer with one Poisson distribution q. Which one \
    is closest depends on the direction:
    """

  static let directions = """
    KL(p‖q) is a mean under p. Where p is large, q must not be small: q spreads over all of p. \
    It is called the inclusive direction. As KL(p‖q) = E_p[log p] − E_p[log q], only the second part \
    contains q, and with data drawn from p it is the mean log-likelihood: maximum likelihood minimises \
    KL(p‖q).

    KL(q‖p) is a mean under q. Where q is large, p must not be small: q stays \
    inside p, here on the larger hump. It is called the exclusive direction, and the ELBO's gap \
    KL(q‖p(z|x)) is of this kind.

    For the inclusive direction the best λ can be found by hand. Begin with any λ, here 3:
    """

  static let remains = """
    So λ = {best-rate:3} is best, a count that neither expert believes in, and {poisson-left:3} \
    remains. (Lecture L4 says that such data could not have been drawn from any Poisson distribution. They could, \
    as none excludes a count; {poisson-left:3} says how badly the best one fits: E-075.) It is tempting to call this the price of having one hump only. It is not. A negative \
    binomial distribution with the mean and the variance of p, {best-rate:3} and {variance:4}, \
    has one hump too, at y = {two-parameters-mode:3}, and leaves {two-parameters-left:3}. So \
    {two-parameters-share:2} % of what remained is not a matter of humps: the variance of a \
    Poisson distribution is its mean, and p is much wider.
    """

  static let beforeTheFits = """
    Both experts, the best Poisson distribution in each direction, and the negative binomial:
    """

  static let close = """
    The two directions have different favourites here. (Where q is close to p, both divergences \
    agree to second order, and the favourites come near to each other.) Move λ yourself:
    """

  static let weight = """
    The bound of lesson 00 is ELBO(q) = E_q[log p(x|z)] − KL(q‖p(z)): the fit, minus what it \
    costs to leave the prior. A β-VAE (Higgins and others 2017) gives the cost a weight β. The \
    best q is then q_β, the prior times the likelihood to the power 1/β. (Lecture L0, "Inference \
    Techniques + Variational Autoencoders", shows faces drawn with β = ½, figure 21.2 of Murphy 2023. \
    That is a choice, not a slip; what it does to the bound comes below.) We begin with β = 2, and the model of lesson 00:
    """

  static let belowOne = """
    With β = 1, Z_1 is p(x) and q_1 is the posterior: the last sign is an equality, and the \
    bound is tight. With β > 1, q_β stays nearer the prior, and the value is still a lower bound, \
    but a loose one. With β < 1 the objective is no lower bound: at the posterior, for β = ½, it is \
    {half-at-the-posterior:4}, above log p(x) = {evidence:4}. If q is free, its best value is then an \
    upper bound. If q is kept to a family, the best value may lie on either side, and is no bound: \
    in the family that has only the q of the Given, it is {half-at-q:4}.
    """

  static let beforeTheWeights = """
    The picture shows all three cases, with q free:
    """

  static let bestForFive = """
    A small β hardly charges for leaving the prior, so q_β goes to the state with the largest \
    likelihood; a large one keeps q_β at the prior (0.2, 0.5, 0.3):
    """

  static let anyFamily = """
    This section is an aside. Nothing so far asked q to be of the posterior's family. Whatever q is, \
    ELBO(q) is below log p(x), and the distance is KL(q‖p(z|x)). Take z from N(0, 1) and x from \
    N(z, 1). Then log p(x, z) is −½ z² − ½ (x − z)² = −(z − x/2)² plus what has no z in it, so the \
    posterior is N(x/2, ½). Its bound needs only the mean, the variance and the entropy of q. A \
    Gaussian N(m, v) has the entropy ½ log 2πev; Laplace(m, s) has the variance 2s² and the entropy \
    1 + log 2s.

    The third ✓ below the chain has another subject, and only w(x), q(z|x) and p(z) of the Given belong \
    to it; the rest belongs to the chain. An encoder is a function, often a neural network, that gives a q(z|x) for every input x (lesson 06 trains one). \
    This one has two inputs and a z with two states, and is a table.
    """

  static let encoder = """
    What an encoder pays, on average over inputs, is E_x KL(q(z|x)‖p(z)). Lecture L1 says on its last \
    slide named "Variational Autoencoders": try to force p(z) ~ N(0, I) (`lessons errata E-019`). But \
    p(z) is given. What is pulled towards it is each q(z|x) alone, and not only their mixture Q(z). The \
    payment has two parts: how much z tells about x, and how far Q(z) is from the prior. Here they add \
    up to {penalty:4}, of which the second is only {aggregate:2}. An encoder whose mixture matches \
    the prior exactly still pays the first part.
    """

  static let closing = """
    - KL(q‖p) is a mean under its first argument. It is a sum of terms with both signs, and yet \
    never negative.
    - Name both arguments; this course says "KL(q‖p), the divergence of q from p". Lecture L4, slide \
    "VI derivation I", says "from p to q" for it, and lecture L0, equation (10.15), "from posterior to \
    prior" for KL(posterior‖prior), which is the other order (`lessons errata E-076`).
    - Sum over dimensions and bits; do not average. Keep all four terms of the Gaussian under \
    the half.
    - Test a closed form against the average that it stands for, with q and p that differ in \
    everything and d > 1.
    - Inclusive, KL(p‖q): q spreads over p. Exclusive, KL(q‖p): q stays inside p. The ELBO's gap \
    is exclusive.
    - Let β be the weight of the divergence, and q free. With β = 1 the best value is log p(x), with \
    β > 1 a loose lower bound, with β < 1 an upper bound. If q is kept to a family, the value is a lower \
    bound for β ≥ 1, and no bound for β < 1.
    """
}
