/// What is read between the exercises.
enum Prose {
  static let hook = """
    The grass is wet. Did it rain, or was the sprinkler on? Murphy's small network has four \
    binary variables, and the exact answer is a sum of eight products: rain with probability \
    .708, the sprinkler with .430. Mean field, run by a well-made library, says that it rained \
    for certain, and that the sprinkler was on with probability .148. A user reported this as a \
    wrong answer. It is one; and yet the code was right.
    """

  static let why = """
    The culprit is one row of one table: no sprinkler and no rain leave the grass dry for \
    certain. There log p = −∞, and a product q that gives both "no sprinkler" and "no rain" any \
    weight at all gives their combination some, at an infinite price. So one of the two causes \
    must be made certain. Mean field cannot say "one or the other"; it has to say which.

    Which one depends on where the climb starts. Both runs above start from uniform factors and \
    differ only in what is updated first: at that moment either cause can rule the combination \
    out, and the first to be asked does. (Cloudy, updated before either, finds −∞ for both its \
    values: nothing it does helps, and it stays as it is.) The two ends are fixed points both, \
    and their bounds, −0.843 and −1.380, tell which is the better one. Neither tells that both \
    are wrong: for that one needs log p(W=1) = −0.435.

    It is not the infinity's doing alone. Let the grass be wet for no reason now and then:
    """

  static let idea = """
    Write q as a product over latents, q(h) = Π_j q_j(h_j), and look at the bound as a function \
    of one factor while the others stand still:

        ELBO = −KL(q_j‖q̃_j) + constant,   q̃_j(h_j) ∝ exp E_{i≠j}[log p(x, h)]

    The best q_j is q̃_j. Its recipe averages the log joint over what the other factors believe. \
    For finite latents that is a sum, whatever the model: no conjugacy is needed, only the \
    patience to add. (A slide says that this expression is minimised at q_j = q̃_j. The \
    divergence is; the bound is largest there.)
    """

  static let sweepProse = """
    One factor after another, each from the newest values of the rest: the bound rises with \
    every update, by exactly KL(q_j‖q̃_j), and can be asserted to. If it falls, the code is \
    wrong, and no other test is as cheap. Updating all factors at once is one careless line \
    away, and loses the guarantee:
    """

  static let amortised = """
    So far every datum had its own q. A slide of one lecture puts a single q outside the average \
    over data. That, too, has an optimum, and a closed form, and it is nobody's posterior:

        argmax_q E_x[E_q log p(x, z) + H(q)]  ∝  exp E_x log p(x, z)

    The maximum belongs inside the average: one q per datum, q(z|x). A recognition model writes \
    that as a function of x with shared parameters. A table with a row for every x loses \
    nothing, a constant loses the whole amortisation gap, and a network lies somewhere between.
    """

  static let inputProse = """
    Two things are easily said too quickly about such networks. "μ_t = g(x_t)" is right when the \
    time points are independent; when z₂ remembers z₁ (z₂ = .9 z₁ and noise), x₂ has something to \
    say about z₁. At x₁ = 1 a network that sees x₁ alone answers .5, where the truth is −.191 if \
    x₂ = −2 and .937 if x₂ = 2. And "more latent variables will not demand more parameters" has \
    the wrong noun: it is more data that are free.
    """

  static let losing = """
    Whatever q is, ELBO and divergence add up to log p(x). Maximising the one is minimising the \
    other, inside any family. If the family holds the posterior, as q(h₁) q(h₂|h₁) does, the gap \
    closes. A product does not hold it as soon as two latents hang together given x.

    And they usually do, even if they were independent before. The reason is not that all states \
    share the normaliser p(x), as a slide has it: with a likelihood f(h₁) g(h₂) they share it \
    too, and stay independent. It is that the likelihood looks at both causes at once. Once the \
    grass is wet, learning that it rained lets the sprinkler off: one explains the other away.
    """

  static let lossProse = """
    What does a product lose? All covariance, by construction; then the width of its marginals, \
    because KL(q‖p) punishes q for standing where p is thin; and, once the correlation is strong \
    enough, the marginals themselves. Two bits that agree often enough get a q that is all \
    but sure of one answer, chosen by the start. The opposite direction, KL(p‖q), would keep the \
    marginals exactly, but it asks for the very posterior that is not at hand.
    """

  static let remember = """
    - q̃_j ∝ exp E[log p]: average the log, over the others, then normalise.
    - One factor at a time, from the newest values. Assert that the ELBO never falls.
    - A fixed point is not the optimum: start from several places and keep the highest bound.
    - The bound compares two q's. It does not say how far both are from the truth.
    - A zero in a table forces a certainty in a product. Look for zeros before trusting one.
    - One q per datum. Data are free for a network; latents and neglected inputs are not.
    """
}
