/// All that is read between the checks, in the order of the page.
enum Prose {
  static let opening = """
    Points are seen as pairs of numbers. We believe that behind each pair stands one number x, that the \
    x fall into two clusters, and that a decoder makes y from x. A recognition network reads y and answers \
    with a potential ψ(x), that is, with a Gaussian likelihood of x. Then everything but the decoder is \
    conjugate, and the update of q(θ) seems to be known: prior plus expected statistics.

        η ← η₀ + t̄

    Johnson, Duvenaud, Wiltschko, Datta and Adams (2016) call the model a structured variational autoencoder. \
    The update is that of their public code, svae.py of mattjj/svae, here with a step of size 1. Three \
    points are few enough for every number to be computed without sampling:
    """

  static let afterTheGivens = """
    The tuple at the top is the prior: counts, then l₀, κ₀, ν₀ and Λ₀ of every cluster. Take eight steps. \
    After each, q(x_n) and q(z_n) are made as good as they can be:
    """

  static let afterTheSteps = """
    What the local factors maximise, the surrogate, climbs at every step. The ELBO, the bound on log p(y) = \
    {evidence:.3}, climbs from {elbo-first:.3} to {elbo-best:.3} in one long step, and then it falls for \
    the rest of the eight. Step 1 is too long for a rate that is barely above zero. From step 2 on the rate is \
    negative where the step begins, so that a shorter step loses as well. The cosine is {cosine-early:.2} at \
    step 2 and {cosine-late:.2} at step 8: the rule goes mostly backwards. With steps of a tenth the ELBO never \
    gets above {slow-best:.3}. After 160 steps of size 1 the rule stands at {truncated-end:.2}; with the term \
    that it lacks, the end is {elbo-full:.2}.

    No number here is noisy: the rule drops a term. The code itself says so, in a comment above the rule, "this \
    expression for pgm_natgrad drops a term". This is said of the code; what the paper says of the gradient \
    stands in its section 4. This lesson derives the term, computes it in two ways, and shows where it \
    cannot be seen.
    """

  static let model = """
    A structured variational autoencoder can be read in two ways: as a graphical model of conjugate parts \
    whose observations come from a network, or as an autoencoder whose prior is a graphical model. Both are \
    the same joint distribution.
    """

  static let afterTheGraph = """
    To see what the decoder changes, take a single point, and let π_k, μ_k and σ_k² be known. If f is a line, \
    y is a mixture of Gaussians like x, and nothing is new. If f bends, say f(x) = x²/2, p(y) is an integral \
    that has no closed form. A potential ψ still gives a q(x) and a q(z), and the bound at these still uses \
    the bent decoder. The last two lines are at the q(x) and q(z) to which h and J lead, when sweeps over both \
    have come to rest; m and v are for section 7.
    """

  static let afterWarped = """
    The potential is only a proposal for q. A bad one costs nats and breaks nothing: here the ELBO is \
    {warped-elbo:.4} and log p(y) is {warped-evidence:.4}. What is gained is the shape. A Gaussian cluster seen through a \
    curve is not Gaussian: without noise its skewness is {skewness:.4}, with the noise of the picture \
    {skewness-noise:.4}, where that of any Gaussian is zero.
    """

  static let messages = """
    Back to the three points, with an uncertain θ. To improve q(x_n) with all else fixed, take the mean of \
    log p(z, x|θ) under the other factors and add ψ_n. Each term is of the form h x − ½ J x² plus a constant, so \
    inference is addition. What q(θ) tells a point of cluster k is such a term too, with the means \
    E_q[1/σ_k²] = ν_k/Λ_k, E_q[μ_k/σ_k²] = l_k ν_k/Λ_k and E_q[μ_k²/σ_k²] = 1/κ_k + l_k² ν_k/Λ_k.
    """

  static let afterMessages = """
    The first two lines are one Gaussian times others. The third compares two numbers that contain E[x_n] and \
    E[x_n²], here for a q(x_n) that was chosen for this line. So q(x_n) needs r_nk and r_nk needs q(x_n); sweeps go back and forth until both stand still. The \
    recognition network plays the part that a likelihood has in ordinary message passing. Nothing asks \
    whether it is right.
    """

  static let surrogate = """
    Coordinate ascent maximises something. It cannot be the ELBO, because the decoder has not been looked at. \
    It is the ELBO of another model, in which ψ_n stands for the observation of point n. Call its \
    maximum over the local factors S.
    """

  static let afterSurrogate = """
    S is {surrogate:.3} here, above log p(y) = {evidence:.3}. That is no miracle: ψ_n has no constant, so S is on no \
    particular scale. Rises of S say nothing about the ELBO unless Δ is small. Programs that print "the ELBO" of \
    a structured autoencoder should be asked which of the two they print.
    """

  static let gradient = """
    The ELBO depends on η in two ways: directly, and because q(x_n) and q(z_n) follow. We want its natural \
    gradient F⁻¹ ∇_η ELBO. The matrix F never has to be built: the coordinates e = ∇A(η) have the slope F, so the \
    natural gradient by η is the ordinary gradient by e. And e is what the local factors see of q(θ).

    Each line below compares two computations. One is a program that differentiates every sweep as it is made, \
    with numbers that carry their slope. The other is the library, which solves one small linear system at the \
    optimum.
    """

  static let gradientMeaning = """
    The third line is why the term gets lost: for S alone it would be right to hold the local factors, since \
    S has no slope in them. The ELBO is not S. The fourth line is worth a second look. It says that the term is \
    the response of the expected statistics to a tilt: move all potentials a little towards what the decoder \
    says, let inference settle, and see how t̄ moves.
    """

  static let afterGradient = """
    On the three points the local term has {share:.3} of the length of the whole gradient at the start. Near an \
    optimum the whole is small, and then the term decides the direction:
    """

  static let afterPicture = """
    After twelve steps without the term the ELBO is {loss:.2} nats below its highest point, and still falling, to \
    {truncated-end:.3}. With the term it climbs to {elbo-full:.3}: the two ends are {worth:.2} nats apart. \
    (The {rest:.2} nats that are left to log p(y) are the price of these potentials and of a q that is a \
    product.) A smaller step does not help, because the rule has another fixed point, the one of S:
    """

  static let blind = """
    The term is proportional to Δ. A recognition network that says exactly what the decoder says has Δ = 0. So a \
    test that was written with care, on a linear decoder whose potentials are known in closed form, passes with the term and \
    without it: there the ELBO and S differ by a constant, and whoever follows the one follows the other. As \
    the potentials approach the decoder's, the term fades:
    """

  static let afterBlind = """
    Tests of such code have to stand at wrong potentials on purpose. The same holds for the gradient of the \
    network: it vanishes at the right potentials whatever its sign. How far may one trust the truncated rule, then? \
    As far as the recognition network can be trusted, which is least at the beginning, when everything is still learned.
    """

  static let networks = """
    A decoder that is no line has no potential of its own. But at a given q(x) = N(m, v) it asks for one: the \
    potential whose mean under q has the same slopes in m and v as E_q[ℓ(x)]. These slopes are \
    estimated from draws x = m + √v ε, where ε is standard normal and does not know q. Everything of the last section \
    then goes through with h* and J* for the decoder's potential.
    """

  static let afterNetworks = """
    One draw gives an unbiased h* and J*, and the response to a tilt is linear in it; so both gradients, that of q(θ) \
    and that of the recognition network, stay unbiased when a draw takes the place of the mean. \
    A training step is then short: potentials, local inference, one draw a point, one response, three gradients. \
    Only that of q(θ) is a natural gradient; decoder and network follow plain ones, with Adam.
    """

  static let chain = """
    Nothing in the derivation asked for clusters. Let x be a sequence with x_t = a x_(t−1) + noise of variance Q, and \
    let θ be (a, Q). Then log p(x_t|x_(t−1), θ) is linear in x_t x_(t−1), x_(t−1)², x_t² and 1, the statistics. The best q(x) for \
    given potentials is one Gaussian of the whole sequence; messages in both directions give its means, variances and \
    covariances of neighbours. The doubt about a adds 1/κ to the precision of each state that has a successor. \
    Lecture L2, by Sharad Vikram, names a latent system of this kind for control from camera images.
    """

  static let afterChain = """
    There is no fixed point to solve for: q(x) is one exponential family, and the term is a covariance. The last line has F \
    on the right, so that nothing need be inverted. For these three states the local term has {chain-share:.3} of the length of \
    the whole gradient, about a tenth of its share in the example of the clusters.
    """

  static let learning = """
    Both priors with networks now, trained from the start with the step above. First a pinwheel: five bent arms in the \
    plane. The latent points are pairs too, the prior has five clusters, and the decoder bends the plane. \
    This is a short run, a beginning; `lessons train 08/pinwheel` goes on from the same start for 600 rounds. Below are the \
    data, what the model makes, and the two clusters of the largest weight:
    """

  static let dot = """
    Second, a dot that turns on a circle, seen as small images. The prior is a chain of pairs, x_t = A x_(t−1) + noise, whose \
    matrix A is learned. \
    After the last frame that is shown to it, the chain goes on by itself: the state is multiplied by A and decoded. \
    This is a short run too, and no success yet: compare the two rows. The long run is `lessons train 08/dot`.
    """

  static let remember = """
    - A recognition network answers with potentials. Local inference adds them to what the graphical model says; it is exact, \
    fast and knows nothing of the decoder.

    - The local factors maximise the surrogate S. It is no bound. The ELBO is computed at the factors that S chose.

    - The natural gradient of the ELBO by η is the ordinary one by e: η₀ + t̄ − η, plus the response of t̄ to the tilt Δ. \
    The second part is easily lost, costs one linear system, and vanishes where the potentials are right.

    - Test such code where the potentials are wrong. Compare with slopes of the ELBO as everything follows.

    - A curved decoder asks for a potential through its slopes in m and v, and a draw is enough to ask.
    """
}
