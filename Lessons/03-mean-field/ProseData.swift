extension Prose {
  static let amortised = """
    This section and the next are about many data. They may be left out at a first reading.

    So far there was one observation, W = 1. Now let there be many days, a share {wet:3} of them \
    with wet grass (x₁) and the others with dry grass (x₂). In this section z is rain alone, with \
    S and C summed out. Its prior is ½, so p(x_1, z) and p(x_2, z) add up to ½ for each z. The \
    posterior of rain is {rain-when-wet:3} on a wet day and {rain-when-dry:3} on a dry day, so \
    each kind of day needs a q of its own.

    The slide “ELBO” of lecture L4 maximises E_x[E_q[log p(x, z)] + H(q)] over one q(z), with the \
    maximum outside the average over the data (erratum E-061). That problem has a solution too, in \
    closed form, q* ∝ exp E_x log p(x, z). Here q* says {rain-for-all:3} on every day, and it is \
    the posterior of no day. The q under Given, ⅓ and ⅔, is one more that is shared:
    """

  static let amortising = """
    One q for all days loses {lost:3} a day. The maximum belongs inside the average: one q for \
    each datum. A recognition model, or inference network, writes that as q(z|x), a function of \
    x whose parameters are shared by all data. This is called amortised inference. A table with a \
    row for each x loses nothing; a constant loses all that the chain shows; a network lies \
    between the two.
    """

  static let inputProse = """
    What must such a network see? Lecture L0, "Inference Techniques + Variational Autoencoders", \
    computes the mean of q for time t from the datum x_t of that time alone (slide “Variational \
    Autoencoder (VAE)”, erratum E-008). That is right if the time points are independent. Now let \
    z₁ and z₂ be two time points, and let z₂ remember z₁:

        z₁ ~ N(0, 1)     z₂|z₁ ~ N(a z₁, 1 − a²)     x_t|z_t ~ N(z_t, 1)

    Then x₂ has something to say about z₁. After x₁ alone, z₁ has mean x₁/2 and variance ½. So x₂ \
    is expected at a x₁/2, with variance a²/2 + (1 − a²) + 1 = (4 − a²)/2, and its covariance with \
    z₁ is a/2. κ is that covariance divided by that variance:
    """

  static let inputNumbers = """
    A network that sees x₁ = 1 alone answers {own-answer:2}, whatever x₂ is. The truth is \
    {answer-low:+.3} if x₂ = −2 and {answer-high:+.3} if x₂ = 2.

    And the parameters? Lecture L4 says of its network that “more latent variables will not demand \
    more parameters” (notes to the slide “Amortised variational inference”, erratum E-056). It is \
    more data that need no more. Each latent takes a row of weights and an offset of its own.
    """

  static let remember = """
    - The target of a factor: average log p(x, z) over the other factors, take exp, normalise.
    - Update one factor at a time, from the newest values of the others; then the ELBO never \
    falls, whatever the model is, and a program can check it.
    - A fixed point need not be the best one. Start from several places and keep the highest \
    bound. The bound compares two q's; it does not say how far both are from the truth.
    - A product loses the covariance, then the width, then the means. A zero in a table makes it \
    certain of something; two factors that agree make each other sure.
    - One q for each datum. A network shares parameters among data, and must see all data that say \
    something about its latent.
    """
}
