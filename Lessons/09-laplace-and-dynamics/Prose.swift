/// What is read of Gaussians at a mode, in the order of the page; the second half is in Prose+Switching.swift.
enum Prose {
  static let opening = """
    A posterior with one hump looks like a Gaussian, and two Gaussians offer themselves. Laplace's sits on the peak, and is as \
    wide as the peak is curved. The other has the largest ELBO. Both come with a number for log p(y): Laplace's is \
    the integral of the parabola that touches log p(y, z) at the peak, the other's is its bound. Six small models, counts and \
    bits y behind which there is a Gaussian z. A count has the rate e^(f·z + c), a bit is 1 with the log odds f·z + c:
    """

  static let afterTheGivens = """
    All of them are small enough to integrate exactly. So every error below is a number, not an opinion:
    """

  static let afterTheTable = """
    Look at D first. Laplace's evidence is right to {d-error:1}; the best Gaussian's bound is fifty times as far off. Yet Laplace's q is \
    {d-laplace:3} nats away from the posterior, {d-ratio:.0} times as far as the best one. So a right evidence says nothing of q. \
    In A, C and E too Laplace has the better evidence. It has the worse q in all six rows, as it must: the Gaussian with the largest ELBO is the \
    one with the smallest KL(q‖p(z|y)). And in B its evidence is above log p(y), which no bound ever is.

    How do such numbers come about, and which of the two should one compute? The lecture on inference techniques puts Laplace's \
    approximation to work on neural data, as counts along a walk. We follow it there, but first on two numbers, where everything can be checked.
    """

  static let mode = """
    Let z have the prior N(μ, Σ) with P = Σ⁻¹, and let each count y_i be Poisson with the log-rate η_i = c_i + f_i·z. The rows f_i are F. \
    Newton's method touches log p(y, z) with a parabola, goes to its top, and touches again. At the mode ẑ nothing moves any \
    more, and what is left there is the curvature, H. The second derivative of a term y_i η_i − e^η_i in η_i is −λ_i, so that

        −H = P + Fᵀ diag(λ) F,

    at the mode with λ̂ for λ. It is the matrix in the first line below.
    """

  static let afterMode = """
    One line of the lecture does not survive: a covariance H⁻¹. The curvature at a maximum is negative, and the printed \
    variance with it. What is meant is (−H)⁻¹. The third line of the chain holds the whole approximation: all its numbers belong to one place, ẑ, and none to \
    the posterior elsewhere. If log p(y, z) is a parabola, as with Gaussian noise, nothing is lost. If it leans, no term of the formula can notice. \
    Here log p(y) is {three-exact:6}, and Laplace's number {three-error:2} below it.
    """

  static let afterParabola = """
    What the parabola has too much on one side and too little on the other nearly cancels in the evidence, {a-error:+1} here. It does not \
    cancel in q, whose mean stays at the top.
    """

  static let best = """
    The other Gaussian is found by moving m and V themselves until the ELBO is largest; from here on they belong to any q = N(m, V). \
    Under q each η_i is Gaussian with mean c_i + f_i·m and variance v_i = f_iᵀ V f_i, and e to the power of such a number has the mean \
    E_q[λ_i] = e^(c_i + f_i·m + v_i/2). No integral is left, and the slopes of the bound can be written down:
    """

  static let afterBest = """
    So the two Gaussians differ even though both are Gaussians. In A Laplace says mean {a-mode:3} and variance {a-laplace-variance:3}, the best \
    says {a-mean:3} and {a-variance:3}, and the posterior has {a-exact-mean:3} and {a-exact-variance:3}. The best Gaussian weighs \
    everything that q covers, the mode looks at one place. On D one sees what that costs:
    """

  static let afterBitPicture = """
    Why is Laplace's evidence so good on D, then? By luck, and the experiment shows how much of it. The parabola has too much mass on \
    the left and too little on the right; at one c the two cancel. One count under a prior N(0, 1) can do the same. There the third and the fourth derivative of \
    log p(y, z) at ẑ are both −λ̂, and to leading order they make the error −λ̂ (2 λ̂ − 3)/(24 (1 + λ̂)³): too low when the rate at the mode is above 1.5, too high below. A has the \
    rate {a-rate:3} there and B {b-rate:2}; the formula says {a-leading:+3} and {b-leading:+3}, and the table {a-error:+3} and {b-error:+3}.

    For a decision about q look at a divergence. For a decision between models look at the evidence, and know that Laplace's may err to either side.
    """

  static let modes = """
    The largest miss of the table is E's, {e-miss:3}, where one hump leans. When does it go wrong by more? The lecture says that Laplace does badly under a neural decoder, as H is hard \
    to get. Take the smallest decoder that bends, z², and see. The latent z is N(0, 1), and what is seen of it is x ~ N(z², s):
    """

  static let afterModes = """
    H is easy to get, for this decoder by hand and for a large one by the chain rule twice. What costs log 2 is that both √x and −√x explain x. \
    The bound of Laplace's q is as far off as Laplace's evidence, but for another reason: its q has to choose a hump, \
    and half the posterior is not there. With K such latents, each seen on its own, the price is K log 2.
    """

  static let afterModesPicture = """
    So this miss counts modes; those of the table measure how one peak leans. Where a decoder has symmetries, look for modes before you look for derivatives.
    """

  static let chain = """
    Now the lecture's use of it. A hidden z_t walks, z_t ~ N(a z_(t−1), Q), and at each step there is a count y_t with the log-rate z_t + c: \
    spikes of a neuron, say. All T states together are one latent with a Gaussian prior, so everything above applies. But a matrix of T rows is \
    inverted in T³ steps. Two things help: P is tridiagonal, and a parabola for a count is what a Gaussian observation would be. \
    The log-likelihood y_t (z + c) − e^(z + c) is touched at some z_t by the parabola of the same slope and curvature. So the top of all parabolas together is found by Kalman's smoother: forward and backward messages as in lesson 02, with a Gaussian in the place \
    of a table.
    """

  static let afterChain = """
    Each round pretends that z_t + (y_t − λ_t)/λ_t was observed with the variance 1/λ_t. A silent neuron is a vague observation, a \
    busy one a sharp one. The evidence of the two counts is {walk-laplace:6} by Laplace and {walk-exact:6} exactly. It is C of section 1. A longer walk:
    """

  static let afterWalk = """
    Twelve states took {rounds:.0} rounds of the smoother, and the same counts eighty times over take {rounds-of-many:.0}. Laplace's log-evidence is {long-laplace:5}, the exact \
    one, by a filter on a fine grid, {long-exact:5}.
    """

  static let remember = """
    - Laplace's Gaussian is N(ẑ, (−H)⁻¹): the mode, and the curvature there with its sign turned.

    - Its evidence is the integral of a parabola. It may be on either side of log p(y), and may be right while q is wrong.

    - The best Gaussian obeys the same two equations with means under q for values at ẑ. It is nearer to the posterior in KL(q‖p), and its number is a bound.

    - One Gaussian on one of two equal humps costs log 2, whatever the derivatives.

    - Counts on a walk: smooth pseudo-observations until nothing moves. Each round is a step of Newton's method.
    """
}
