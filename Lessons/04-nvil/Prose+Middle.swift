extension Page {
  static let theNode = """
    Automatic differentiation wants an expression, not an expectation. So one writes down a node \
    whose gradient is the estimate:

        let weight = detach(signal(document, latents: z) - baseline)
        return logLikelihood(z) + weight * logPosterior(z) - divergence

    That is the library's code, almost word for word; `detach` is `withoutDerivative(at:)`. The \
    gradient of the node is unbiased for both networks at once. Its value is the answer to a \
    question nobody asked, and a training curve of it is a picture of nothing: on the example it \
    averages +.977 where the ELBO is −3.807.
    """

  static let draws = """
    One draw has the right mean. More draws have the same mean and less variance, if they are \
    independent, and the law is 1/S, not 1/√S. A draw used twice is still unbiased and buys \
    nothing. And since the draws come from q, they carry the weight q already; write it into the \
    sum again, as a lecture does, and the ‘lower bound’ can rise above log p(x), as it does below.

    What a draw costs in noise grows with what there is to draw: with f(z) = Σ_d z_d and D fair \
    bits the variance of the first component is D² + D − 1, that is 1, 5, 19, 71 for one, two, \
    four and eight bits, though its mean is 1 throughout.
    """

  static let symmetry = """
    Estimators are compared on a toy: one bit, f(z) = (z − .45)², starting at log odds 0. It is in \
    papers and in test suites. Straight-through, which pretends that the drawn bit was its own \
    probability, has no bias there. None at all. Look one column further.
    """

  static let afterSymmetry = """
    At φ = −1 straight-through points the wrong way with three and a half times the strength of \
    the truth, and Gumbel-softmax goes wrong with it at temperatures .5, 1 and 2. At φ = 0 two \
    errors cancel, because b = 1 − b. Colder is not simply better either: follow φ = 1.5 down, \
    where the mean rises and falls again. This is why no estimator in this course is judged at a \
    symmetric point alone, or by a quadratic f, for which even more of them look innocent.
    """

  static let baselines = """
    A baseline is subtracted from the signal. It may be anything that does not know the draw it \
    is subtracted from: a constant, the past, the other draws of the batch, a function of x. Then \
    it costs nothing in the mean and can save most of the variance, because what hurts is not how \
    much the signals differ but how far they are from zero: with log p(x|z) ≈ −40 every step is \
    a large one, away from whatever was drawn.

    Dividing by a standard deviation is another matter. It rescales the gradient. That can be a \
    good idea, but it is a step size, not an unbiased estimate; and dividing by σ², as printed in \
    one lecture, does not even give variance one.
    """

  static let wrongSign = """
    TensorFlow Probability has a test whose name says that one gradient estimator (doubly \
    reparameterised) reduces the variance of another. What it asserts is that the new standard \
    deviation less the old one is greater than zero, the opposite; and at the point it chose that \
    is so: .639 against .095 for the location (sampled, 400,000 draws). ‘Reduces’ was a hope with \
    a sign error, and the sign was never compared with a number.

    Nobody is safe from this. Here are three reductions of the discrete kind, each of which is a \
    good idea somewhere else:
    """

  static let isThereAnAlternative = """
    ‘For discrete latents there is no alternative’, one reads, and that the derivative of a sum \
    over z ‘is not an expectation’. It is one under any law that misses no state; the score \
    function is the case where that law is q. And switching each bit on and off gives a gradient \
    without any score, often with far less variance, for 2D evaluations instead of one.

    The other way round, the score is not for everything: if the support of q moves with its \
    parameter, the score does not notice. In the example, z uniform on (0, λ) and f(z) = z, its \
    answer has the wrong sign.
    """
}
