import LessonKit

/// What moves in time and switches: the sections after the chain of counts.
let switchingSections: [Section] = [
  Section(
    "switching", "Dynamics that switch",
    introduces: [
      Symbol("r_t, r", "which way to move at step t, a number k, and the whole path of them"),
      Symbol("π_k, B_jk", "p(r₀ = k), and p(r_t = k) after r_(t−1) = j"),
      Symbol("A_k, Q_k", "way k: z_t = A_k z_(t−1) + noise of variance Q_k"),
      Symbol("C, R", "how it is seen: y_t = C z_t + noise of variance R"),
      Symbol("q_k", "q(r_t = k) of one step"),
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
      Symbol("r̂", "the path of the most probable state of each step"),
      Symbol("q(z|r̂)", "p(z|r, y) with r̂ for r"),
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
    "draws", "Optional: regimes from draws",
    introduces: [
      Symbol("S", "how many draws of z there are"),
      Symbol("ℓ̂_t(k)", "the mean over draws of log N(z_t; A_k z_(t−1), Q_k)"),
      Symbol("q̂(r)", "the q(r) that these potentials make"),
      Symbol("σ", "the sigmoid, σ(½) = 1/(1 + e^(−½))"),
    ],
    .prose(Prose.draws),
    .exercise(FromDrawsExercise.exercise),
    .prose(Prose.afterDraws),
    .prose(Prose.oneDraw),
    .table(drawsTable),
    .prose(Prose.afterDrawsTable)),
  Section(
    "networks", "Seen through a network",
    introduces: [
      Symbol("φ(z)", "a small network: y_t = φ(z_t) + noise of variance R"),
      Symbol("L", "the triangle of q(z) = N(m, L Lᵀ)"),
      Symbol("ε", "standard normal noise: z = m + L ε"),
      Symbol("κ_t", "the slope of log p(y, z) by z_t"),
    ],
    .prose(Prose.networks),
    .derivation(NeuralEmissionDerivation.derivation),
    .prose(Prose.afterNetworks)),
  Section(
    "spikes", "Optional: one number for a whole sequence",
    introduces: [
      Symbol("χ_t", "the state of a network that z sets going; nothing is random in its steps"),
      Symbol(
        "α, β, W, b, γ",
        "its numbers: χ₀ = tanh(α z + β), χ_t = tanh(W χ_(t−1) + b), rate e^(C χ_t + γ)"),
    ],
    .prose(Prose.spikes),
    .derivation(InitialStateDerivation.derivation),
    .prose(Prose.afterSpikes),
    .computed(spikeCourse.page(after: 40)),
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
