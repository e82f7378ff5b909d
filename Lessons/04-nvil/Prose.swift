/// All that is read between the checks, in the order of the page.
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
    code bases update first: beam2d/sbn (a = .8), earcher/nvil_example and the moving average of \
    Storchastic. Pyro and the UvA deep learning notebooks update after. The method is that of \
    Mnih and Gregor (2014), called NVIL; we could not read the pseudo-code in the appendix of that \
    paper, so we do not say which order is theirs.

    On a small document one need not argue about it. Here is one, with two topics and three \
    words, small enough that all that can happen can be listed:
    """

  static let afterTheDocument = """
    W, u and α describe how words come about, λ what q believes about the two topics; the next \
    section says how. An estimator is a program that makes random choices. So it can be run over \
    all of them, and its mean comes out as a number without noise:
    """

  static let afterTheLeak = """
    Updated first, the mean m contains f(z) itself, so a part of the signal is subtracted from \
    itself. What is left on average is exactly 1 − (1 − a)/S of the gradient; with one draw each \
    single outcome is multiplied by a. The mean of all draws leaves (S − 1)/S. Both are \
    rescalings: they make the step shorter and do not turn it. An optimiser such as Adam, which \
    divides by the size of the gradient, hardly notices. They are also hard to see: the test of \
    sbn compares with an exact gradient, but with 300,000 draws in one mean, where the share is \
    {share-of-many:.8}.

    The order does matter as soon as only a part of the gradient is sampled. Many programs, this \
    lesson's among them, sample log p(x|z) and add the divergence from the prior in closed form, \
    which nothing rescales. Then the two parts no longer weigh the same:
    """

  static let afterTheTurn = """
    With the signal sampled whole, both components are multiplied by {share-of-one:.2}. With the \
    divergence in closed form the first becomes {turned-first:.3} of the truth and the second \
    {turned-second:.3}: another direction, here by {turned-degrees:.1} degrees, and in the end another \
    q, one for which log p(x|z) counts .8 against the divergence. To move one line down repairs \
    it at no cost.

    This is how the lesson works. Each statement is a formula with a reason; both sides \
    are computed by different code on the example and on 200 random models. Each can also be seen \
    to fail. This runs the wrong order and shows which statements refuse it:

        lessons run 04-nvil --mistake leaks-its-sample
    """

  static let modelAndBound = """
    Two networks share the work. The likelihood network says how the words of a document come \
    about once its D topics z are known. The inference network reads the words and says how \
    likely each topic is, one log odds λ_d for each:

        p(x_i = k | z) = softmax(W z + u)_k
        q(z_d = 1 | x) = b_d = sigmoid(λ_d),   λ = M h + v
        h = (1/n) Σ_i T_{x_i},   the mean embedding of the n words

    The first network is used from the right, from topics to words, the second from words to \
    topics. For our document the numbers in T, M and v give λ = (.4, −.7), as above:
    """

  static let twoNetworks = """
    All formulas of both networks can be evaluated by hand on the document:
    """

  static let theBound = """
    Both networks climb the same bound on log p(x), the ELBO. Here log p(x) is {evidence:.4} and \
    the ELBO {elbo:.4}; the gap of {gap:.3} is KL(q‖p(z|x)), as in lesson 00. The bound can be \
    written in three ways. They have the same value, but they are different things to draw \
    samples of. The second chain differentiates the part that has no closed form.
    """

  static let afterTheBound = """
    The slide that introduces NVIL in the lecture (erratum E-049) closes a bracket one symbol too \
    early: (log p)/q in place of log (p/q). Then q cancels from its own objective, and there is \
    nothing left that λ could change. The last section of this lesson shows the numbers.
    """

  static let whereAGradientMayGo = """
    For θ, the parameters of the likelihood network, there is nothing difficult: q does not \
    contain θ, so the gradient may be taken inside E_q, and one draw of z is an unbiased estimate. \
    For the parameters of q this is wrong. Here they are called φ, since this holds for any q. \
    The distribution under the E changes with φ. A gradient that is moved inside no longer sees \
    that: what remains is the mean of a score, the slope of log q, and this is exactly zero.

    The following chain does it correctly. It uses the identity ∂q = q · ∂log q, which turns a \
    sum over slopes of q back into a mean under q. That is what makes it possible to draw. The \
    example has two states, z = 0 and z = 1, and φ₁ is the log odds of the second:
    """

  static let theEstimator = """
    So the gradient of the mean of f is the mean of signal times score. Three things are asked \
    for: q must be differentiable in its parameters, it must give every state a positive \
    probability, and the set of states must not move with the parameters. Nothing is asked of f: it may \
    be a table, a simulator, or a compiler, as long as it returns a number for the z that was \
    drawn.

    For a bit with log odds λ_d the score s_d is z_d − b_d. Now write the estimator yourself; it \
    is judged on the document, by its mean, its covariance and its number of outcomes:
    """

  static let clouds = """
    How good is such an estimator? Its mean alone does not say. Below, every outcome of one step \
    is a point, for four estimators that this lesson comes to; the mean of each cloud is the \
    exact gradient. Without a baseline a single step can land far away:
    """

  static let theNode = """
    A program for automatic differentiation wants an expression, not an expectation. So one \
    writes down an expression, called the surrogate, whose gradient is the estimate. The signal \
    in it is detached: it is treated as a constant (`withoutDerivative(at:)` in Swift). These \
    are the lines of Tightbound that do it; in them `scale` multiplies the divergence, too, so that \
    a rescaled step keeps its direction:
    """

  static let afterTheNode = """
    The value of the surrogate is not the bound. On the document it averages {node-mean:+.3}, \
    where the ELBO is {elbo:.3}; a curve of it during training says nothing about \
    learning.
    """

  static let draws = """
    One draw has the right mean. S independent draws have the same mean and a variance divided by S, \
    not by √S: it is the standard deviation that falls with the root. A draw that is used twice \
    is still unbiased and gains nothing.

    The draws come from q, so the weight q(z) is already in them. A lecture writes it into the \
    sum once more (errata E-023 and E-024); then the estimate of the ‘lower bound’ can lie \
    above log p(x). The example is a table of two states:
    """

  static let symmetry = """
    Estimators with a bias are often compared on a toy: one bit and f(z) = (z − .45)², with \
    training started at log odds 0. RELAX's toy and Storchastic's variance example both start \
    there. Straight-through, which takes the slope of f at the drawn bit as if the bit were its own \
    probability, has no bias at that point. Look at the other columns:
    """

  static let afterSymmetry = """
    At λ = −1 straight-through has the wrong sign and {straight-ratio:2} times the size of the truth, and \
    Gumbel-softmax has the wrong sign there at temperatures τ = .5, 1 and 2. At λ = 0 two errors \
    cancel because b = 1 − b. That is a blind spot of the starting point and says nothing against \
    the papers, which compare along training. But it is why no estimator in this course is judged \
    at a symmetric point alone.
    """

  static let baselines = """
    A baseline c is subtracted from the signal before it meets the score. It may depend on \
    anything but the draw that it is subtracted from: it may be a constant, come from the past, from the \
    other draws, or from the document x. Then the mean of the estimate stays what it was, because \
    the mean of the score is zero, and the variance changes.

    How much can be gained? The variance is a parabola in c. On the document one draw has variance {plain-variance:4} with c = 0, {mean-variance:4} with c = ELBO and \
    {best-variance:4} with the best constant for each component. The first part of the \
    variance came from the distance of the signals from zero, and that is what a constant removes. What is \
    left after the best constant comes from how much the signals differ. In the picture both \
    components are added:
    """

  static let afterTheParabola = """
    Why the mean stays and why the variance is a parabola takes three lines. They hold for any \
    q; here it is a table of three states:
    """

  static let dividing = """
    Dividing the signal by a standard deviation σ, as NVIL does with max(1, σ), is a different \
    operation. It is a rescaling like the one in the first section, and the same rule holds for \
    it: it is a choice of step size if everything is divided, and a change of direction if \
    only a part is. One lecture prints σ² in place of σ (erratum E-050), which does not give \
    variance one.

    The running mean comes next. Write it so that it never looks at its own draw:
    """

  static let otherBaselines = """
    Documents differ in length, so their signals differ in size. One running mean cannot suit \
    all of them; a baseline c(x) = w·ψ(x) that reads features ψ(x) of the document can follow:
    """

  static let others = """
    With two or more draws nothing has to be learned or remembered. Each draw takes the mean of \
    the others:
    """

  static let variances = """
    Here are nine estimators of the same gradient on the document, each unbiased, each run over all outcomes. Their \
    variances differ by a factor, and this factor is the number of draws that the better one saves:
    """

  static let wrongSign = """
    A reduction of the variance is a statement with a sign, and the sign can depend on the point. A \
    test of TensorFlow Probability (csiszar_divergence_test.py) is named after the claim that one \
    gradient estimator reduces the variance of another one. The assertion in it requires \
    the new standard deviation to be greater; at the point it chose, where q is much narrower \
    than p, it is.

    Discrete estimators have such points as well. Each of the three ideas below helps \
    elsewhere:
    """

  static let rao = """
    When is leaving something out safe? If f is replaced by its conditional mean, the variance \
    cannot rise: that is total variance, the first line below. If terms of the signal are dropped \
    because they do not contain z₁, the mean stays, but the variance may move either way:
    """

  static let isThereAnAlternative = """
    ‘For discrete latents there is no alternative’ to the score function, a lecture says (E-057), \
    and that the derivative of a sum over z ‘is not an expectation’ (E-060). It is one, under any distribution \
    r(z) that gives weight to every state; the score function is the case r = q. And switching each bit on and \
    off gives a gradient without any score, often with much less variance, for 2D evaluations of f \
    instead of one.

    The score function has a limit of its own: if the states that q can reach move with its \
    parameter, the score does not notice. The last example below is z uniform on (0, ω) with \
    f(z) = z, where the answer of the score has the wrong sign.
    """

  static let learning = """
    Now everything at once. A training step takes one draw of z for each document, the score-function \
    estimate for the log odds λ, which the chain rule passes on to T, M and v, the divergence in \
    closed form, a baseline that reads the document, a running mean that is used first and \
    moved after, the signal divided by max(1, σ), and Adam with shrinking steps. This is its loop:
    """

  static let stepByOutcome = """
    It is a program of random choices like everything above. So before it trains, it is run over \
    all that can happen to it in two steps on our document, memory included:
    """

  static let nowLearn = """
    With all settings the step keeps {step-share:.3} of the gradient for λ and all of it for θ; the step of both \
    together is turned by {step-degrees:.1} degrees.

    Then it learns. Six documents of ten words were drawn from a model with four topics over the \
    words ball, goal, vote, law, rain, wind, cell and gene, and both networks start from small \
    random numbers. Four bits have sixteen states, so at every moment the bound can be compared \
    with what it bounds:
    """

  static let remember = """
    • ∇E_q[f] = E_q[f ∇log q]: a mean again, because ∂q = q ∂log q and the mean score is zero.

    • Say ‘unbiased’ only together with the number of draws. A baseline may know the document, the \
    past and the other draws, but not its own draw.

    • Updating a running mean first, dividing by σ and the mean of all draws only rescale, as long as everything is \
    rescaled. Beside a part in closed form they turn the step.

    • The value of the surrogate is not the ELBO. Its gradient is what one wants.

    • Compute a variance before you call it reduced, and not only at a symmetric point: a small \
    model lets you run every outcome.
    """
}
