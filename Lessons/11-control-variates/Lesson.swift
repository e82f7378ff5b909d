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
    ], minutes: 55),
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
    .given { _ in HookProblem.givens },
    .prose(Prose.afterTheGivens),
    .table(hookTable),
    .prose(Prose.afterTheTable)),
  Section(
    "control-variate", "What is subtracted and added back",
    introduces: [
      Symbol("h(z)", "a control: drawn together with f, its mean known"),
      Symbol("c, c*", "what it is multiplied by, and the c of least variance"),
      Symbol("ρ", "the correlation of f and h"),
      Symbol("f̄, h̄, ĉ", "means over S draws, and the slope that these draws suggest for c*"),
    ],
    .prose(Prose.controlVariate),
    .exercise(ControlVariateExercise.exercise),
    .prose(Prose.afterControlVariate)),
  Section(
    "baselines", "Baselines",
    introduces: [
      Symbol("c̄, c_d", "the best constant for all components together, and for one"),
      Symbol("m", "the likeliest state of q"),
      Symbol("r, ω", "the law of the round before, and the ratio q/r"),
      Symbol("e, C(z)", "how far ω may be from 1, and whether the clip acts in z: 1 or 0"),
    ],
    .prose(Prose.baselines),
    .exercise(BaselinesExercise.exercise),
    .prose(Prose.afterBaselines),
    .picture(parabolaPicture),
    .prose(Prose.afterParabola + "\n\n" + Prose.shift),
    .picture(shiftPicture),
    .prose(Prose.afterShift),
    .derivation(ClippedDerivation.derivation),
    .prose(Prose.afterClipped),
    .experiment("shift")),
]

/// Bounds of several draws, and all of it together.
private let closingSections: [Section] = [
  Section(
    "several", "Several draws in one bound",
    introduces: [
      Symbol("K, w_k, v_k", "the draws, the weight of one, and its share w_k/Σ_j w_j"),
      Symbol("L, L_K", "log (1/K) Σ_k w_k, and its mean"),
      Symbol("L^(k)", "L with the mean of the other log w for log w_k"),
      Symbol("c_k, γ", "the baseline of OVIS, and how much of v_k it holds"),
    ],
    .prose(Prose.several),
    .exercise(SeveralExercise.exercise),
    .prose(Prose.afterSeveral),
    .picture(severalPicture),
    .prose(Prose.afterSeveralPicture)),
  Section(
    "summary", "What to remember",
    .prose(Prose.ranking),
    .table(rankingTable),
    .prose(Prose.wholeZoo),
    .derivation(WholeZooDerivation.derivation),
    .prose(Prose.remember)),
]
