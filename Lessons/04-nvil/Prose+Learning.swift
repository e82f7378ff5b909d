extension Prose {
  static let learning = """
    Now everything at once. A training step takes one draw of z for each document and estimates \
    the gradient for the log odds λ, which the chain rule passes on to T, M and v. The divergence \
    is in closed form. The step for λ is

        ((ℓ(z) − c(x) − m) · s − ∇KL(q‖p(z))) / max(1, σ),    c(x) = w·ψ(x)

    Signal and divergence are both divided, so that λ keeps its direction; the step for θ is not \
    divided. ψ(x) is now 1 and the frequency of every word. w starts at 0 and learns with η = .1. \
    m and σ² are a running mean of ℓ − c(x) and one of its squared distance from m, with a = .9, \
    from 0 and 1. All three are used first and moved after. Then Adam takes a step. This is the \
    loop:
    """

  static let stepByOutcome = """
    It is a program of random choices like everything above. So before it trains, it is run over \
    all that can happen to it in two steps on our document, memory included. Nothing moves θ and λ \
    in between. The second step then has ψ(x) = (1, 1/3, 0, 2/3) and, with ℓ₁ for the signal of \
    the first step, c(x) = .1 (ψ·ψ) ℓ₁, m = .1 ℓ₁ and σ² = .9 + .1 ℓ₁²:
    """

  static let nowLearn = """
    The baselines lower the variance, from {step-plain:.3} to {step-baselines:.3}. The division \
    does not: it makes the step for λ {step-share:.3} as long, and that share squared of the \
    variance goes with it. For its size it has {step-per-share:.3}, slightly more.

    The step is turned only between the networks: λ is {step-share:.3} as long, θ as before, and \
    the angle is {step-degrees:.1} degrees. Unlike the turn of section 1 this one does not move \
    the place where the mean step is zero; it bends the way there. Adam divides each parameter by \
    the size of its own past gradients, so a steady factor cancels; how much of the angle is left \
    we did not measure.

    Then it learns. Six documents of ten words were drawn from a model with four topics over the \
    words ball, goal, vote, law, rain, wind, cell and gene, and both networks start from small \
    random numbers; a row of T has four numbers. Adam's step is .15 at first and half of that \
    after 60 steps. Four bits have sixteen states, so at every moment the bound can be compared \
    with what it bounds:
    """

  static let remember = """
    • ∇E_q[f] = E_q[f ∇log q]: a mean again, because ∂q = q ∂log q and the mean score is zero.

    • A baseline may know the document, the past and the other draws, but not its own draw. If it \
    knows its own, a share of the gradient is lost, which depends on S.

    • Updating a running mean first, dividing by a σ of the past and subtracting the mean of all \
    draws (S ≥ 2) only rescale, as long as the whole step for λ is rescaled. Beside a part in \
    closed form they turn it, and the place of rest moves.

    • The value of the surrogate is not the ELBO. Its gradient is what one wants.

    • Compute a variance before you call it reduced, count what it costs, and do not judge it at a \
    symmetric point: a small model lets you run every outcome.
    """

  static let aside = """
    This section leads off the main line. A reduction of the variance is a statement with a sign, \
    and the sign can depend on the point. In the last picture of section 6 closed form and local \
    signals lowered the variance on the document a little, from {plain-variance:4} to \
    {closed-variance:4} and {local-variance:4}. Elsewhere they raise it, and so does a greedy \
    baseline, the signal of the likeliest state:
    """

  static let wrongSign = """
    Larger programs meet such points as well. A test of TensorFlow Probability \
    (tensorflow_probability/python/vi/csiszar_divergence_test.py) is named after the claim that \
    one gradient estimator reduces the variance of another one, and its assertion requires the new \
    standard deviation to be greater.

    When is leaving something out safe? If f is replaced by its conditional mean, the variance \
    cannot rise: that is total variance, the first line below. If terms of the signal are dropped \
    because they do not contain z_d, the mean stays, but the variance may move either way. Below, \
    f₁ keeps the terms with z₁: log p(z₁), A with its offset, and −log q(z₁). B and the last −20 \
    go. The rows of A are z₁ = 0 and 1, its columns z₂; A is the logarithm of .2, .5, .9 and .1, \
    and B that of .3 and .8:
    """

  static let afterRao = """
    So the variance of the first component rises, from {first-full:4} to {first-local:4}, and that \
    of the second, too, from {second-full:4} to {second-local:4}: the whole signal has +20 − 20 in \
    it, each local one only the +20.
    """

  static let isThereAnAlternative = """
    Lecture L4 says under “Pros and Cons” of the score function that for discrete latent variables \
    there is no alternative (erratum E-057), and on the slide “MC is not differentiable” that a \
    sum over slopes of q is “not an expectation” (E-060). As it stands the sum is none. Multiplied \
    and divided by r(z) it is one, under any distribution r(z) that gives weight to every state; \
    the score function is the case r = q. And switching each bit on and off gives a gradient \
    without any score, on the document with variance {expectation-variance:4} in place of \
    {plain-variance:4}, for D + 1 values of f in place of one.

    The first line below is about slopes in b_d, with f held still as a table. The second is about \
    the four φ of a softmax over the four states. The third is about λ; it runs eleven estimators \
    of the library over all outcomes: plain, with one constant, with one for each bit, \
    leave-one-out, a running mean, c(x), divided by the σ of a past (here 1), local signals, local \
    expectation, draws of fair bits in place of q, and the surrogate. Each has both components \
    right.

    The score function has a limit of its own: if the states that q can reach move with its \
    parameter, the score does not notice. The last example below is z uniform on (0, ω) with f(z) \
    = z, where the answer of the score has the wrong sign.
    """

  static let draws = """
    The draws come from q, so the weight q(z) is already in them. Lecture L2, by Sharad Vikram, \
    writes it into the sum once more on its slides “Monte-Carlo approach” and “Gradient-based \
    approaches” (errata E-023 and E-024); then the mean of the estimate of the ‘lower bound’ can \
    lie above log p(x). The example is a table of two states:
    """

  static let moreDraws = """
    One more thing about draws. S independent draws divide the variance by S. A draw that is used \
    twice is still unbiased and gains nothing.
    """
}
