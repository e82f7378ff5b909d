extension Page {
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
}
