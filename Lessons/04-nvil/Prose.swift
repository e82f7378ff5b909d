/// All that is read between the checks, in the order of the page.
enum Prose {
  static let opening = """
    Here is the most copied trick in the training of discrete latent variables. The gradient is \
    noisy, so keep a running mean of the learning signal and subtract it:

        m ← a·m + (1 − a)·f(z)
        g ← (f(z) − m) · ∇log q(z)

    Two lines; they are in published libraries, in this order. One of these libraries tests them \
    against an exact gradient, with batches of 100,000. Now run the same two lines at the batch sizes that \
    people train with, over every outcome that can happen.
    """

  static let afterTheLeak = """
    In the first line the mean takes in f(z) itself. So part of the signal is subtracted from \
    itself, and with n = 1 and a = .8 a fifth of every gradient is gone. Swap the two lines and \
    nothing is lost. With n = 100,000 the share is .999998: such a test sees nothing. The mean of \
    the batch is the same mistake in other clothes, and at n = 1 it leaves no gradient at all.

    That is the first of three lies in this lesson, all of them found in code that people use. \
    None of them survives what you just saw: an estimator is a program that makes random choices, \
    so it can be run over all of them. Its mean and its variance come out as numbers, not as noise.

    You will see the theory line by line, each line evaluated on hundreds of random models; the \
    code that does it; and the ways to get it wrong. Any of them can be switched on:

        lessons run 04-nvil --mistake leaks-its-sample
    """

  static let modelAndBound = """
    A document x is a list of words. Which words it uses is decided by D hidden bits z, its \
    topics. Two networks share the work. One says how documents come about, the other guesses \
    what was behind one:

        p(x_i | z) = softmax(W z + b)         the likelihood network, parameters θ
        q(z_d = 1 | x) = sigmoid(M h + c)_d   the inference network, parameters λ
        h = mean of the embeddings of the words of x

    Both climb the same bound on log p(x), the ELBO. It can be written in three ways that are \
    equal in value and very different as things to sample. One famous slide closes a bracket one \
    symbol too early, and q disappears from its own objective: watch for the ≠ sign.

    The example beside each formula is a document of three words under two topics, small enough \
    that all four states of z can be visited.
    """

  static let whereAGradientMayGo = """
    For θ there is nothing to it: q does not contain θ, so the gradient walks through E_q and \
    one draw of z is an unbiased estimate. For λ it must not. The law under the E changes with λ, \
    and a gradient that has slipped inside finds nothing there: its expectation is exactly zero, \
    for every λ, whatever the model. (Not nearly zero. It is the mean of a score.)

    The way out is one identity from the first week of calculus, read backwards,

        ∇q = q ∇log q

    which turns a sum over changes of mass back into an expectation: something one can draw.
    """

  static let theEstimator = """
    So the gradient of anything's mean is the mean of signal times score. It asks for nothing: f \
    may be a table, a simulator, a compiler. It only has to give a number for the z that was drawn.

    Now you. The signal is log p(x, z) − log q(z), the score of a bit with log odds φ is z − b:
    """

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

  static let learning = """
    Now everything at once. Six documents of ten words were drawn from a model with four topics \
    over the words ball, goal, vote, law, rain, wind, cell and gene. Both networks start from \
    small random numbers and climb by the node above: one draw of z a document, KL in closed \
    form, an input-dependent baseline and a running mean (used first, moved after), the signal \
    divided by max(1, σ), Adam with shrinking steps.

    First the step itself. It is a program of random choices like everything above, so before \
    it is trusted with a training run it is run over all that can happen to it, memory of the \
    baselines included:
    """

  static let nowLearn = """
    Four bits have sixteen states, so the bound that is climbed can be compared at every moment \
    with what it bounds.
    """

  static let remember = """
    The step that trained this model is a program of random choices. Run by a sampler it learns; \
    run over every outcome it tells its own bias and variance. Nothing was checked on a copy.

    Say ‘unbiased’ only with a number of samples beside it. A baseline may know x, the past and \
    the other draws, never its own. A standardised signal is a step size. The surrogate's value \
    is nothing. Do not believe a variance that was not computed, least of all at a symmetric point.
    """
}
