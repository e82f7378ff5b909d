public import LessonKit

/// Control variates: the zoo of gradient estimators, each by its exact law.
public let lesson = Lesson(
  id: "11-control-variates", title: "Control variates",
  summary: "what lowers the variance of a gradient, what it costs, and when it does the opposite",
  frame: Frame(
    needs: [
      "the score function and baselines, from lesson 04",
      "the pathwise gradient, from lesson 06",
      "the importance-weighted bound, from lesson 10",
    ],
    gives: [
      "say what a control variate subtracts, and what it adds back",
      "choose among baselines, and know when one does harm",
      "tell an estimator that is biased from one that is only noisy",
      "replace draws by sums where that is cheap",
      "compute baselines for bounds of several draws",
    ], minutes: 50),
  sections: openingSections + programSections + closingSections,
  practice: practice, reading: reading, experiments: [shiftExperiment] + programExperiments,
  numbers: numbers, listings: listings)

/// What is subtracted: a number.
private let openingSections: [Section] = [
  Section(
    "hook", "The better of two, and the worse",
    introduces: [
      Symbol("θ", "the parameters of q, the log odds of its bits; θ_d is one of them"),
      Symbol("z, z_d", "the bits, and one of them"),
      Symbol("p_d", "q(z_d = 1)"),
      Symbol("f(z)", "the signal: what E_q is taken of"),
      Symbol("s_d(z)", "the score ∂log q(z)/∂θ_d, which is z_d − p_d"),
      Symbol("g", "an estimate of ∇E_q[f] from one run; g_d is one number of it"),
      Symbol("S", "how many draws of q a run makes"),
    ],
    .prose(Prose.opening),
    .table(hookTable),
    .prose(Prose.afterTheTable)),
  Section("control-variate", "What is subtracted and added back", .prose(Prose.controlVariate)),
  Section("baselines", "Baselines", .prose(Prose.baselines)),
]

/// Bounds of several draws, and all of it together.
private let closingSections: [Section] = [
  Section("several", "Several draws in one bound", .prose(Prose.several)),
  Section("summary", "What to remember", .prose(Prose.remember)),
]
