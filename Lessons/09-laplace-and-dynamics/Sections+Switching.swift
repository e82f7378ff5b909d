import LessonKit

/// What moves in time and switches: the sections after the chain of counts.
let switchingSections: [Section] = [
  Section(
    "switching", "Dynamics that switch",
    introduces: [
      Symbol("s_t, s", "which way to move at step t, a number k, and the whole path of them"),
      Symbol("π_k, T_jk", "p(s₀ = k), and p(s_t = k) after s_(t−1) = j"),
      Symbol("A_k, Q_k", "way k: x_t = A_k x_(t−1) + noise of variance Q_k"),
      Symbol("x_t, x", "the number that moves, and all of them"),
      Symbol("C, R", "how it is seen: y_t = C x_t + noise of variance R"),
      Symbol("x′", "the number after a step from x"),
      Symbol("q_k", "q(s_t = k) of one step"),
      Symbol("M, U, D", "what is left of a step when its logarithm is averaged"),
    ],
    .prose(Prose.switching),
    .given { _ in try SwitchProblem.fourSteps().givens },
    .prose(Prose.afterSwitchGivens),
    .derivation(PathsDerivation.derivation),
    .prose(Prose.afterPaths),
    .exercise(SwitchingExercise.exercise),
    .prose(Prose.afterSwitching),
    .code("trajectories")),
  Section(
    "starts", "Where it ends depends on where it starts",
    introduces: [
      Symbol("ŝ", "the path of the most probable state of each step"),
      Symbol("q(x|ŝ)", "p(x|s, y) with ŝ for s"),
    ],
    .prose(Prose.starts),
    .picture(switchingBounds),
    .prose(Prose.afterBounds),
    .picture(switchingStates),
    .prose(Prose.knownStates),
    .derivation(KnownStatesDerivation.derivation),
    .prose(Prose.afterKnownStates),
    .table(knownStatesTable),
    .prose(Prose.afterKnownTable),
    .experiment("start")),
  Section(
    "draws", "States from draws",
    introduces: [
      Symbol("S", "how many draws of x there are"),
      Symbol("ℓ̂_t(k)", "the mean over draws of log N(x_t; A_k x_(t−1), Q_k)"),
      Symbol("q̂(s)", "the q(s) that these potentials make"),
      Symbol("σ(u)", "the sigmoid 1/(1 + e^(−u))"),
    ],
    .prose(Prose.draws),
    .exercise(FromDrawsExercise.exercise),
    .prose(Prose.afterDraws),
    .table(drawsTable),
    .prose(Prose.afterDrawsTable)),
  Section(
    "networks", "Seen through a network",
    introduces: [
      Symbol("a", "x_t = a x_(t−1) + noise of variance 1 − a²"),
      Symbol("h(x)", "a small network: y_t = h(x_t) + noise of variance R"),
      Symbol("m, L", "mean and triangle of q(x) = N(m, L Lᵀ)"),
      Symbol("ε", "standard normal noise: x = m + L ε"),
      Symbol("g_t", "the slope of log p(y, x) by x_t"),
    ],
    .prose(Prose.networks),
    .derivation(NeuralEmissionDerivation.derivation),
    .prose(Prose.afterNetworks)),
  Section(
    "spikes", "One number for a whole sequence",
    introduces: [
      Symbol("g", "the number that sets a network going, N(0, 1)"),
      Symbol("u_t", "the state of the network; nothing is random in its steps"),
      Symbol(
        "α, β, W, b, d",
        "its numbers: u₀ = tanh(α g + β), u_t = tanh(W u_(t−1) + b), rate e^(C u_t + d)"),
      Symbol("e^s", "the deviation of q(g), whose mean is m"),
    ],
    .prose(Prose.spikes),
    .derivation(InitialStateDerivation.derivation),
    .prose(Prose.afterSpikes),
    .computed(spikeCourse.page(after: 6)),
    .prose(Prose.afterTraining)),
]

/// What the reader can do after them; it follows what the frame says of the first half.
let switchingGives: [String] = [
  "infer a path of switches and a trajectory in turns, and say what their independence costs",
  "distrust the end of an ascent, and try several starts",
  "put a network where a line was, with the dynamics left as they are",
]

/// What a reader can move there.
let switchingExperiments: [Experiment] = [startExperiment]

/// What can be learned there at full length.
let switchingTrainings: [TrainingCourse] = [spikeCourse]

/// The errata of the lectures that it shows.
let switchingErrata: [ErratumCase] = []
