public import LessonKit

/// Laplace's approximation, the best Gaussian, and models that move in time.
public let lesson = Lesson(
  id: "09-laplace-and-dynamics", title: "Laplace and dynamics",
  summary: "a Gaussian at the mode, the best Gaussian, and models whose hidden state moves",
  frame: Frame(
    needs: [
      "the ELBO and what it is below, from lesson 00",
      "the two divergences, from lesson 01",
      "filter and smoother of a chain, from lesson 02; a chain of Gaussian numbers, from lesson 08",
      "for sections 6 and 7: mean field, from lesson 03",
      "for sections 9 and 10: z = m + √v ε and an encoder, from lesson 06",
    ],
    gives: [
      "find a mode by Newton's steps, and read covariance and evidence off the curvature there",
      "find the Gaussian with the largest ELBO, and say what the two have to do with each other",
      "smooth a chain of counts with Kalman's own recursions",
    ] + switchingGives, minutes: 50, minutesAside: 10),
  sections: openingSections + switchingSections + closingSections,
  practice: practice, errata: gaussianErrata + switchingErrata, reading: reading,
  experiments: [widthExperiment, walkExperiment] + switchingExperiments,
  trainings: switchingTrainings,
  numbers: numbers, listings: listings)

/// One peak, two Gaussians, two peaks, and a chain.
private let openingSections: [Section] = [
  Section(
    "hook", "Right evidence, wrong posterior",
    introduces: [
      Symbol("z", "a Gaussian latent, of one number or several"),
      Symbol("y, y_i", "counts or bits that depend on it"),
      Symbol("q", "the Gaussian that stands for p(z|y)"),
    ],
    .prose(Prose.opening),
    .given { _ in Race.givens },
    .prose(Prose.afterTheGivens),
    .table(raceTable),
    .prose(Prose.afterTheTable)),
  Section(
    "mode", "A peak and its curvature",
    introduces: [
      Symbol("μ, Σ, P", "mean and covariance of the prior of z; P = Σ⁻¹"),
      Symbol("c_i, f_i, F", "what makes log-rates: η_i = c_i + f_i·z; F has the rows f_i"),
      Symbol("η_i, λ_i", "a log-rate, and the rate e^η_i; λ is all of them"),
      Symbol("diag(λ)", "the matrix with λ on its diagonal and 0 elsewhere"),
      Symbol("z′", "where a step of Newton's method leads"),
      Symbol("ẑ, λ̂", "the mode of p(z|y), and the rates there"),
      Symbol("H", "the second derivatives of log p(y, z) in z"),
      Symbol("u, t", "a direction, and how far along it"),
      Symbol("V", "the covariance of q; here q is Laplace's"),
      Symbol("d", "how many numbers z has"),
      Symbol("x, w, s", "a number that is seen, x ~ N(w z, s)"),
    ],
    .prose(Prose.mode),
    .exercise(ModeAndCurvatureExercise.exercise),
    .prose(Prose.afterMode),
    .picture(parabolaPicture),
    .prose(Prose.afterParabola)),
  Section(
    "best", "The Gaussian of the largest bound",
    introduces: [
      Symbol("m", "the mean of q"),
      Symbol("v_i", "the variance of η_i under q"),
      Symbol("q*, m*, V*", "the q of the largest ELBO, its mean and covariance"),
    ],
    .prose(Prose.best),
    .exercise(BestGaussianExercise.exercise),
    .prose(Prose.afterBest),
    .picture(bitPicture),
    .prose(Prose.afterBitPicture),
    .experiment("width")),
  Section(
    "modes", "Two peaks",
    introduces: [Symbol("v", "the variance of q where z is one number")],
    .prose(Prose.modes),
    .derivation(TwoModesDerivation.derivation),
    .prose(Prose.afterModes),
    .picture(modesPicture),
    .prose(Prose.afterModesPicture)),
  Section(
    "chain", "Counts along a walk",
    introduces: [
      Symbol("z_t, y_t, λ_t", "the state at step t, the count there, and its rate e^(z_t + c)"),
      Symbol("a, Q, c", "z_t ~ N(a z_(t−1), Q); c is the log-rate at z = 0"),
      Symbol("T", "how many steps"),
      Symbol(
        "h_t, J_t",
        "the parabola h_t z − ½ J_t z² that stands for a count; h and J are all of them"
      ),
      Symbol("Z", "the integral of the prior times all e^(parabola)"),
    ],
    .prose(Prose.chain),
    .exercise(PoissonChainExercise.exercise),
    .prose(Prose.afterChain),
    .given { _ in try Walk.givens },
    .picture(walkPicture),
    .prose(Prose.afterWalk),
    .experiment("walk")),
]

/// All of it together.
private let closingSections: [Section] = [
  Section("summary", "What to remember", .prose(Prose.remember + "\n\n" + Prose.rememberSwitching))
]
