/// The prose, in reading order.
enum Prose {
  static let opening = """
    One of the lectures behind these lessons (L1, erratum E-013) prints the divergence between \
    two Gaussians q and p. Its quadratic term has lost a factor of one half. Take these two:
    """

  static let slips = """
    The printed formula gives {lecture-printed:4}. The right number is {lecture-right:4}. \
    Nothing crashes: the wrong number is positive, it is zero when q = p, and it grows when they \
    part. A network that is trained on it learns, but it pays twice for moving a mean.

    Three more slips are in public code. mkusner/grammarVAE (issue 2) and podgorskiy/VAE \
    (issue 1) took a mean over the dimensions of z where a sum belongs. ericjang/draw (issue 8) \
    subtracted a number that does not depend on the dimension d; this one changes no gradient, \
    only the value that is reported. FluxML/model-zoo (pull request 147) had the sign of a \
    logarithm turned.

    Below, each of the four slips is put to five tests: q against itself; p moved to the mean of \
    q; p with the covariance of q; the first coordinate alone; and the q and p above.
    """

  static let afterTheSlips = """
    Each of the first four tests is one that people write, and each lets at least one slip pass. \
    The last one compares two different Gaussians in the plane, and not with a second formula, which may \
    have the same slip, but with the average that a divergence is. So we begin with this average.
    """

  static let definition = """
    Draw z from q. The number log q(z)/p(z) says how much better q predicted this z than p did. \
    For some z it is negative. Its mean over all draws is the divergence of q from p:

        KL(q‖p) = E_q[log q(z) − log p(z)] = Σ_z q(z) log q(z)/p(z)

    The mean is taken under the first argument. A state with q(z) = 0 adds nothing, whatever \
    p(z) is. A state with q(z) > 0 and p(z) = 0 makes the divergence infinite. Here are the terms \
    for the q and the prior p(z) of lesson 00:
    """

  static let beforeTheParts = """
    The second term is negative, {running-second:3}. As lengths, with their sum:
    """

  static let beforeTheChain = """
    Why can the sum not be negative? The trick is to take \
    away q(z) and to add p(z) in each term. Over all states this changes nothing, because both \
    add up to one. But now no term is negative.
    """

  static let twoMeans = """
    KL(q‖p) and KL(p‖q) are two different averages. In the example they are close, {running:.4} \
    and {running-reverse:.4}. They part when one of the two distributions gives little to a \
    state that the other one needs. Here p stays and q moves:
    """

  static let normal = """
    For two Gaussians log q(z) − log p(z) is quadratic in z. So its mean depends on nothing but \
    means and covariances, and it can be taken with pencil and paper. (Lectures write Σ for a \
    covariance; here Σ is only ever a sum, and a covariance is C.)
    """

  static let half = """
    All four terms stand under one common half. The first line was not checked with another \
    formula: E_q was taken with three Gauss–Hermite points an axis, nine in the plane, which is \
    exact for polynomials up to degree five, and this one has degree two. What the lost half \
    costs depends on how far the means are apart:
    """

  static let afterTheHalf = """
    The error is ½ δᵀC_p⁻¹δ. Near the origin nobody sees it; far away it is about as large as \
    the divergence itself.
    """

  static let poisson = """
    The same works for counts. A Poisson distribution with rate λ gives the count y the \
    probability e^(−λ) λ^y / y!, so its log is y log λ − λ − log y!. The steps below are for two \
    Poisson distributions, q with rate λ_q and p with rate λ_p. A line each follows for the \
    exponential distribution (rate λ), the Gaussian on the line (m, v), and the gamma \
    distribution (shape α, rate λ).
    """

  static let families = """
    The last two lines hold for every exponential family. There log q(z) is η_q · t(z) − A(η_q), \
    plus something that does not depend on η and cancels. The mean of t(z) under q is the slope \
    ∇A(η_q). So the divergence is what A at η_p has above the tangent that touches it at η_q, \
    and this is how the lines for the Gaussian and the gamma distribution were made. The picture \
    shows it for the Poisson distribution, where A(η) = e^η:
    """

  static let echo = """
    You have seen λ_q log(λ_q/λ_p) − λ_q + λ_p before. It is the term \
    q(z) log q(z)/p(z) − q(z) + p(z) of section 2, with q(z) and p(z) for the rates. Each term \
    there was a divergence of two Poisson distributions, and so could not be negative. In \
    lesson 00 Jensen's inequality compared a curve with a chord; here it is a tangent.
    """

  static let bits = """
    Let z be n bits. If q and p are free to be anything, a divergence has 2^n terms. If the bits \
    are independent under both, n terms are enough. Below, q has the probabilities b and p has \
    the probabilities a, one for each bit:
    """

  static let afterTheBits = """
    It is a sum over bits, and not a mean. A mean would make the divergence n times too small \
    beside the likelihood in the bound, and with one bit no test can tell.
    """

  static let experts = """
    Two experts guess a count y. One says about 2, the other about 9, and we trust them with \
    0.6 and 0.4. So p(y) has two humps. We may answer with one Poisson distribution q. Which one \
    is closest depends on the direction:
    """

  static let directions = """
    KL(p‖q) is a mean under p. Where p is large, q must not be small: q spreads over all of p. \
    It is called the inclusive direction, and maximum likelihood minimises it, because data are \
    draws from p. KL(q‖p) is a mean under q. Where q is large, p must not be small: q stays \
    inside p, here on the larger hump. It is called the exclusive direction, and the ELBO's gap \
    KL(q‖p(z|x)) is of this kind.

    For the inclusive direction the best λ can be found by hand. Begin with any λ, here 3. (The \
    table p(z) and the direction u(z) are for the last line of the list.)
    """

  static let remains = """
    So λ = {best-rate:3} is best, a count that neither expert believes in, and {poisson-left:3} \
    remains. It is tempting to call this the price of having one hump only. It is not. A negative \
    binomial distribution with the mean and the variance of p, {best-rate:3} and {variance:4}, \
    has one hump too, at y = {two-parameters-mode:3}, and leaves {two-parameters-left:3}. So \
    {two-parameters-share:2} % of what remained is not a matter of humps: the variance of a \
    Poisson distribution is its mean, and p is much wider.
    """

  static let close = """
    The two directions have different favourites because q is far from p. Where they are close, \
    both divergences are the same quadratic to second order, and it does not matter which one \
    is minimised. Move λ yourself:
    """

  static let weight = """
    The bound of lesson 00 is ELBO(q) = E_q[log p(x|z)] − KL(q‖p(z)): the fit, minus what it \
    costs to leave the prior. A β-VAE (Higgins and others 2017) gives the cost a weight β. The \
    best q is then q_β, the prior times the likelihood to the power 1/β. Lecture L0 shows faces \
    with β = ½; we begin with β = 2, and the model of lesson 00:
    """

  static let belowOne = """
    With β = 1, Z_1 is p(x) and q_1 is the posterior: the last sign is an equality, and the \
    bound is tight. With β > 1, q_β stays nearer the prior, and the value is still a lower bound, \
    but a loose one. With β < 1 it is none: at the posterior the objective for β = ½ is \
    {half-at-the-posterior:4}, above log p(x) = {evidence:4}. Its best value is then an upper \
    bound. The picture shows all three cases:
    """

  static let bestForFive = """
    A small β hardly charges for leaving the prior, so q_β goes to the state with the largest \
    likelihood; a large one keeps q_β at the prior (0.2, 0.5, 0.3):
    """

  static let anyFamily = """
    Nothing so far asked q to be of the posterior's family. Whatever q is, ELBO(q) is below \
    log p(x), and the distance is KL(q‖p(z|x)). Take z from N(0, 1) and x from N(z, 1). Then the \
    posterior is N(x/2, ½), and both a Gaussian q and a Laplace q have a bound in closed form. \
    The last line of the list is about an encoder instead. It has two inputs, its z has two \
    states, and w(x), q(z|x) and p(z) belong to it; more is said below.
    """

  static let encoder = """
    An encoder has one q(z|x) for each input x, and what it pays is E_x KL(q(z|x)‖p(z)). Lecture \
    L1 says that training forces p(z) to be N(0, I) (erratum E-019). But p(z) is given, and what \
    is pulled is each q(z|x) alone. The payment has two parts: how much z tells about x, and how \
    far the mixture Q(z) of all inputs is from the prior. Here they add up to {penalty:4}, of \
    which the second is only {aggregate:2}. An encoder whose mixture matches the prior exactly \
    still pays the first part.
    """

  static let closing = """
    - KL(q‖p) is a mean under its first argument. It is a sum of terms with both signs, and yet \
    never negative.
    - Name both arguments. Two lectures use "from" and "to" in opposite ways (erratum E-076).
    - Sum over dimensions and bits; do not average. Keep all four terms of the Gaussian under \
    the half.
    - Test a closed form against the average that it stands for, with q and p that differ in \
    everything and d > 1.
    - Inclusive, KL(p‖q): q spreads over p. Exclusive, KL(q‖p): q stays inside p. The ELBO's gap \
    is exclusive.
    - With weight 1 on the divergence the best value is log p(x). With more it is a loose lower \
    bound, with less an upper bound.
    """
}
