/// What is read of Gaussians at a mode, in the order of the page; the second half is in Prose+Switching.swift.
enum Prose {
  static let opening = """
    A posterior with one hump looks like a Gaussian, and two Gaussians offer themselves. Laplace's sits on the peak, and is as \
    wide as the peak is curved. The other has the largest ELBO. Both come with a number for log p(y): Laplace's is \
    the integral of the parabola that touches log p(y, z) at the peak, the other's is its bound. Six small models, counts and \
    bits y behind which there is a Gaussian z:
    """

  static let afterTheGivens = """
    All of them are small enough to integrate exactly. So every error below is a number, not an opinion:
    """

  static let afterTheTable = """
    Look at D first. Laplace's evidence is right to {d-error:1}; the best Gaussian's bound is fifty times as far off. Yet Laplace's q is \
    {d-laplace:3} nats away from the posterior, {d-ratio:.0} times as far as the best one. So a right evidence says nothing of q. \
    In A, C and E too Laplace has the better evidence; in all six rows it has the worse q. And in B its evidence is above log p(y), which no bound ever is.

    How do such numbers come about, and which of the two should one compute? The lecture on inference techniques puts Laplace's \
    approximation to work on neural data, as counts along a walk. We follow it there, but first on two numbers, where everything can be checked.
    """

  static let mode = """
    Let z have the prior N(μ, Σ) with P = Σ⁻¹, and let each count y_i be Poisson with the log-rate η_i = c_i + f_i·z. The rows f_i are F. \
    Newton's method touches log p(y, z) with a parabola, goes to its top, and touches again. At the mode ẑ nothing moves any \
    more, and what is left there is the curvature, H.
    """

  static let afterMode = """
    One line of the lecture does not survive: a covariance H⁻¹. The curvature at a maximum is negative, and the printed \
    variance with it. What is meant is (−H)⁻¹. The last step holds the whole approximation: not one number of it is about q, or about the \
    posterior away from ẑ. If log p(y, z) is a parabola, as with Gaussian noise, nothing is lost. If it leans, no term of the formula can notice.
    """

  static let afterParabola = """
    What the parabola has too much on one side and too little on the other nearly cancels in the evidence, {a-error:+1} here. It does not \
    cancel in q, whose mean stays at the top.
    """

  static let best = """
    The other Gaussian asks for its mean m and its covariance V by name. Under q each η_i is Gaussian, so a mean rate E_q[λ_i] \
    is e^(c_i + f_i·m + v_i/2) with v_i = f_iᵀ V f_i. No integral is left, and the slopes of the bound can be written down:
    """

  static let afterBest = """
    So the two Gaussians differ even though both are Gaussians. In A Laplace says mean {a-mode:3} and variance {a-laplace-variance:3}, the best \
    says {a-mean:3} and {a-variance:3}, and the posterior has {a-exact-mean:3} and {a-exact-variance:3}. The best Gaussian weighs \
    everything that q covers, the mode looks at one place. On D one sees what that costs:
    """

  static let afterBitPicture = """
    Why is Laplace's evidence so good on D, then? By luck, and the experiment shows how much of it. The parabola has too much mass on \
    the left and too little on the right; at one log odds the two cancel. To leading order the error for one count with a prior N(0, 1) is \
    −λ̂ (2 λ̂ − 3)/(24 (1 + λ̂)³): too low when the rate at the mode is above 1.5, too high below. B has the \
    rate {b-rate:2} there, A has {a-rate:3}.

    For a decision about q look at a divergence. For a decision between models look at the evidence, and know that Laplace's may err to either side.
    """

  static let modes = """
    When does it go wrong by more than a few hundredths? The lecture says that Laplace does badly under a neural decoder, as H is hard \
    to get. Take the smallest decoder that bends, z², and see. The latent z is N(0, 1), and x is seen near z²:
    """

  static let afterModes = """
    H is easy to get, for this decoder by hand and for a large one by the chain rule twice. What costs log 2 is that both √x and −√x explain x. \
    The bound is as far off as Laplace's evidence, but for another reason: its q has to choose a hump, \
    and half the posterior is not there. With K such latents the price is K log 2.
    """

  static let afterModesPicture = """
    So a wide miss counts modes, and a small one measures how the peak leans. Where a decoder has symmetries, look for modes before you look for derivatives.
    """

  static let chain = """
    Now the lecture's use of it. A hidden z_t walks, z_t ~ N(a z_(t−1), Q), and at each step there is a count y_t with the log-rate z_t + c: \
    spikes of a neuron, say. All T states together are one latent with a Gaussian prior, so everything above applies. But a matrix of T rows is \
    inverted in T³ steps. Two things help: P is tridiagonal, and a parabola for a count is what a Gaussian observation would be. \
    So the top of all parabolas together is found by Kalman's smoother.
    """

  static let afterChain = """
    Each round pretends that z_t + (y_t − λ_t)/λ_t was observed with the variance 1/λ_t. A silent neuron is a vague observation, a \
    busy one a sharp one. The evidence of the two counts is {walk-laplace:6} by Laplace and {walk-exact:6} exactly. A longer walk:
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
