/// All that is read between the checks, in the order of the page: the spine of the lesson.
enum Prose {
  static let opening = """
    A document is a short list of words. Which words it uses depends on a few hidden bits z, its \
    topics. We want the log odds λ of these bits that make the bound on log p(x) large, and for \
    that the gradient ∇ELBO. It cannot be summed over all z when there are many bits, so it is \
    estimated from draws: a signal f(z) times the slope of log q(z). This estimate is noisy, and a \
    well-known remedy is to subtract a running mean m of the signal:

        m ← a·m + (1 − a)·f(z)
        g ← (f(z) − m) · ∇log q(z)

    Should the first line come before the second, or after it? Published code does both. Three \
    code bases update first: beam2d/sbn (sbn/estimators/likelihood_ratio.py, a = .8), Storchastic \
    (storch/method/baseline.py, a = .95) and earcher/nvil_example. Pyro \
    (pyro/infer/tracegraph_elbo.py) and the UvA deep learning notebooks \
    (DL2/deep_probabilistic_models_II/tutorial_2a) update after. The method, NVIL (neural \
    variational inference and learning), is that of Mnih and Gregor (2014).

    On a small document one need not argue about it. Here is one, with two topics and three \
    words, small enough that all that can happen can be listed. It is the document of lessons 00 \
    and 02 with another q:
    """

  static let afterTheDocument = """
    W, u and α describe how words come about, λ what q believes about the two topics; the next \
    section says how. An estimator is a program that makes random choices. So it can be run over \
    all of them, and its mean comes out as a number without noise:
    """

  static let afterTheLeak = """
    Why these numbers? Updated first, it is m′ that is subtracted, and m′ contains f(z) itself. \
    With one draw

        f − m′ = f − a m − (1 − a) f = a (f − m):

    each outcome is the right one, times a. With S draws, m′ = a m + (1 − a) f̄, and f̄ holds f_j \
    with weight 1/S. The other draws are independent of draw j and the mean of ∇log q is zero \
    (section 3), so on average 1 − (1 − a)/S of the gradient is left. The mean of the draws is \
    the case a = 0: (S − 1)/S, and nothing at all for S = 1. Every component has the same share. \
    So the mean step becomes shorter and is not turned. In a step of Adam, which divides by the \
    size of past gradients, a constant factor cancels.

    Such a share is hard to see in a test by sampling. That of sbn (tests/estimators_tests) \
    compares with an exact gradient, but has 300,000 draws in one mean, where the share is \
    {share-of-many:.8}.

    The order matters as soon as only a part of the gradient is sampled. Many programs, this \
    lesson's among them, sample ℓ(z) = log p(x|z) in place of f(z) and add the divergence from \
    the prior in closed form, which nothing rescales. Then the two parts no longer weigh the same:
    """

  static let afterTheTurn = """
    With the whole signal sampled, both components are multiplied by {share-of-one:.2}. With the \
    divergence in closed form the first becomes {turned-first:.3} of the truth and the second \
    {turned-second:.3}: another direction, here by {turned-degrees:.1} degrees. Its mean is the \
    gradient of .8 · E_q[ℓ] − KL(q‖p(z)). A long run of such steps climbs that, and not the ELBO: \
    it comes to rest at another place, whatever rule makes steps of it. To move one line down \
    repairs it at no cost.

    As in lesson 00, both sides of each statement below are computed by different code, on the \
    example and on {models} random models, and each can be seen to fail: behind “Break” stands a wrong \
    version to run. The command below runs the wrong order. Optional at a first reading are Code, \
    Task and Break, section 8, and the corrected lectures at the end.

        lessons run 04-nvil --mistake leaks-its-sample
    """

  static let modelAndBound = """
    Two networks share the work. The likelihood network says how the words of a document come \
    about once its D topics z are known. The inference network reads the words and says how \
    likely each topic is, one log odds λ_d for each:

        p(x_i = k | z) = softmax(W z + u)_k
        q(z_d = 1 | x) = b_d = sigmoid(λ_d),   λ = M h + v
        h = (1/n) Σ_i T_{x_i},   the mean embedding of the n words

    The first network goes from topics to words, the second from words to topics:
    """

  static let twoNetworks = """
    With the numbers below, the words 0, 2, 2 have the mean embedding h = (T₀ + T₂ + T₂)/3, and M \
    h + v = (.4, −.7) is the λ of section 1. All of it can be done by hand:
    """

  static let theBound = """
    Both networks climb the same bound on log p(x), the ELBO. Here log p(x) is {evidence:.4} and \
    the ELBO {elbo:.4}; the gap of {gap:.3} is KL(q‖p(z|x)), as in lesson 00. The bound can be \
    written in three ways. They have the same value, but they are different things to draw \
    samples of. The second chain differentiates the part that has no closed form.
    """

  static let afterTheBound = """
    The slide “Variational Inference Learning (NVIL)” of lecture L4, by Wilker Aziz, closes a \
    bracket one symbol too early: (log p)/q in place of log (p/q). Then q cancels from its own \
    objective, and there is nothing left that λ could change. The numbers are at the end of the \
    lesson, under E-049.
    """

  static let whereAGradientMayGo = """
    For θ, the parameters of the likelihood, there is nothing difficult: q does not contain θ, so \
    the gradient may be taken inside E_q, and one draw of z is an unbiased estimate. For the \
    parameters of q this is wrong. The distribution under the E changes with them. A gradient that \
    is moved inside no longer sees that: what remains is the mean of a score, the slope of log q, \
    and this is exactly zero.

    The following chain does it correctly, for any q = softmax(φ) on a list of states. It uses the \
    identity ∂q = q · ∂log q, which turns a sum over slopes of q back into a mean under q. That is \
    what makes it possible to draw. The example has two states, z = 0 and z = 1, with φ = (φ₀, \
    φ₁), and a likelihood with a single number as its θ: with θ = 1, p_θ(x|z) is .2 for z = 0 and .6 \
    for z = 1. There is one x, so q(z) stands for q(z|x):
    """

  static let theEstimator = """
    For a bit with log odds λ_d the score is s_d = z_d − b_d: the slope of log b_d in λ_d is 1 − \
    b_d, and that of log (1 − b_d) is −b_d. With S draws the estimate is

        g_d = (1/S) Σ_j (f(z^j) − c_d) (z^j_d − b_d)

    Now write it yourself; it is judged on the document, by its mean, its covariance and its \
    number of outcomes:
    """

  static let clouds = """
    How good is such an estimator? Its mean alone does not say. Below, every outcome of one step \
    is a point, for four estimators. The first has no baseline. The second subtracts the constant \
    −3. The third takes two draws, and each has the signal of the other subtracted from its own \
    (leave-one-out, section 6). The fourth needs no score: it switches each bit on and off and \
    compares (local expectation, the aside at the end). Outcomes too close to be told apart are \
    one mark, with their probabilities added. The mean of each cloud is the exact gradient. \
    Without a baseline a single step can land far away:
    """

  static let theNode = """
    A program for automatic differentiation wants an expression, not an expectation. So one writes \
    down an expression, called the surrogate, whose gradient is the estimate. If the divergence is \
    added in closed form, the signal is ℓ(z) = log p(x|z); if everything is sampled, it is f(z) = \
    log p(x,z) − log q(z|x). What stands in detach(…) is treated as a constant \
    (`withoutDerivative(at:)` in Swift).

        in closed form:  log p(x|z) + detach(ℓ(z) − c) · log q(z|x) − KL(q‖p(z))
        all sampled:     log p(x|z) + detach(f(z) − c) · log q(z|x)

    Its slope in θ comes from the first term alone, because the θ in detach(…) is held still. Its \
    slope in λ is signal times score from the second term, less the slope of the divergence from \
    the third. Both are checked for the first form, with c = 0 where nothing is said:
    """

  static let afterTheNode = """
    In the code `logPosterior` is log q(z|x), `baseline` is c, and `scale` is 1 unless the signal \
    is divided by something (section 6); it multiplies the divergence, too, so that the step for \
    λ keeps its direction.

    The value of the surrogate is nothing that one wants. With c = 0 its mean is ELBO + \
    E_q[ℓ log q] = {elbo:.3} + {signal-times-log-q:.3} = {node-mean:+.3}; with all sampled it is \
    {sampled-node-mean:+.3}. A curve of it during training says nothing about learning.
    """

  static let symmetry = """
    Estimators with a bias are often compared on a toy: one bit and f(z) = (z − .45)², with \
    training started at log odds 0. RELAX's toy (duvenaud/relax, rebar_toy.py) starts there, and \
    Storchastic's examples/bernoulli_grad_var.py measures variances there. The exact gradient is \
    b(1 − b)(f(1) − f(0)). Straight-through \
    differentiates f at the drawn bit as if the bit were b: b(1 − b) f′(z). Gumbel-softmax draws \
    y = sigmoid((λ + noise)/τ) between 0 and 1, where the noise has a logistic distribution, \
    and differentiates f(y). Look at all columns:
    """

  static let afterSymmetry = """
    At λ = −1 straight-through has the wrong sign and {straight-ratio:2} times the size of the \
    truth, and Gumbel-softmax has the wrong sign there at temperatures τ = .5, 1 and 2. That \
    straight-through is right at λ = 0 needs two accidents. Its mean is b(1 − b)((1 − b) f′(0) + b \
    f′(1)), and for a parabola f(1) − f(0) is (f′(0) + f′(1))/2; the two agree when b = 1 − b. \
    With f(z) = z³ it gives {cubic-straight} at λ = 0 for {cubic-exact}. So the starting point \
    says nothing about the rest of the training, and no estimator in this course is judged at a \
    symmetric point alone.
    """

  static let baselines = """
    A baseline c is subtracted from the signal before it meets the score. It may depend on \
    anything but the draw that it is subtracted from: it may be a constant, come from the past, \
    from the other draws, or from the document x. Then the mean of the estimate stays what it was, \
    because the mean of the score is zero, and the variance changes.

    How much can be gained? The variance is a parabola in c. On the document one draw of (f − c) s \
    has variance {plain-variance:4} with c = 0, {mean-variance:4} with c = ELBO and \
    {best-variance:4} with the best constant for each component, both components added. The first \
    part of the variance came from the distance of the signals from zero, and that is what a \
    constant removes. What is left after the best constant comes from how much the signals differ:
    """

  static let afterTheParabola = """
    Why the mean stays and why the variance is a parabola takes three lines. They hold for any q; \
    here it is a table of three states, q = softmax(.1, .3, −.2), and s in the second chain is its \
    first score, [z = 0] − q(0):
    """

  static let dividing = """
    Dividing the signal by a standard deviation σ, as NVIL does with max(1, σ), the larger of 1 \
    and a running estimate of σ, is a different operation. If σ comes from the past, it is a \
    rescaling like the one in the first section, and the same rule holds for it: it is a choice of \
    step size if the whole step for λ is divided, and it moves the place of rest if only the \
    sampled part is. Lecture L4 prints σ² in place of σ on its slide “Score Function Estimator: \
    Variance” (erratum E-050), which does not give variance one.

    The running mean comes next. Write it so that it never looks at its own draw:
    """

  static let otherBaselines = """
    Documents differ in length, so their signals differ in size, and one running mean cannot suit \
    all of them. A baseline c(x) = w·ψ(x) that reads features ψ(x) of the document can follow; \
    below, ψ(x) is 1 and the number of words. Used before it learns, c(x) is a constant given x \
    and the past, so all that was said of a constant holds for each document. It learns by least \
    squares: after a step w′ = w + η (f(z) − c(x)) ψ(x).
    """

  static let others = """
    With two or more draws nothing has to be learned or remembered. Each draw j takes as its c_j \
    the mean of the signals of the others:
    """

  static let variances = """
    Here are nine estimators of the gradient on the document. Each is unbiased, each was run over \
    all outcomes. “KL in closed form” samples ℓ(z) alone. “local signals” keeps, for bit d, the \
    terms of f that contain z_d. “c(x) at the ELBO” is the baseline above once it has learned this \
    document. “local expectation” switches each bit of a draw on and off; the draw itself is one \
    of the two states each time, so it needs D + 1 = 3 values of f. The variance of a step is \
    multiplied by the number of values of f that the step needs. Where the product is half as \
    large, half as many values of f give the same precision:
    """

  static let afterTheVariances = """
    A constant near the mean signal does most of it: from {plain-variance:4} to {mean-variance:4}. \
    Closed form and local signals alone do little on this document, for what they leave is far \
    from zero, too. Per value of f, local expectation, the best constants and c(x) at the ELBO are \
    close together. On two bits local expectation sees 3 of the 4 states there are; what it gains \
    with many bits this document cannot show.
    """

  static let afterTheChain = """
    So the gradient of the mean of f is the mean of signal times score. Three things are asked \
    for: q must be differentiable in its parameters, the slope of q(z) must be zero wherever q(z) \
    is, and the set of states must not move with the parameters. On f as a function of z nothing \
    is asked: it may be a table, a simulator, or a compiler, as long as it returns a number for \
    the z that was drawn. f contains the parameters of q only in −log q here, whose part has mean \
    zero. If it contains them elsewhere, E_q[∂f] must be added.
    """

  static let afterTheScore = """
    The covariance is read row by row: the first and the last number are the variances of the two \
    components. With c = (−4, −3.5), near the ELBO, both are small; section 6 says what c does.
    """

  static let theParabolaInNumbers = """
    So the lowest point of the parabola is c* = {best-constant:4}, and the variance there is \
    {least-variance:4}. Each unit away from it costs E[s²] = {score-square:4}, two units four \
    times as much.
    """

  static let afterTheRunningMean = """
    The first line is the order that is right. The second is the other one, with two draws: \
    {two-draw-share:.1} of the gradient is left, as in the first row of the table of section 1.
    """

  static let afterTheInput = """
    Here c(x) is {input-before:.3} before the step and on average {input-after:.3} after it, \
    nearer to the ELBO, {elbo:.3}. A step too large would overshoot: c(x) moves by η ψ·ψ = \
    {input-step:2} of the difference, and that must stay below 2.
    """

  static let afterTheOthers = """
    The last line says what leave-one-out computes: the sample covariance of signal and score, \
    (1/(S − 1)) Σ_j (f_j − f̄)(s_j − s̄). Both were run over all 64 outcomes of three draws.
    """
}
