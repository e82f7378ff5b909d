public import LessonKit

/// Neural variational inference: gradients of expectations, their bias and their variance.
public let lesson = Lesson(
  id: "04-nvil", title: "Neural variational inference, the exact answer beside it",
  summary: "score-function gradients, baselines, and a document model learning under its bound",
  blocks: [
    .prose(Prose.opening),
    .table(leakTable),
    .prose(Prose.afterTheLeak),

    .heading("The model and its bound"),
    .prose(Prose.modelAndBound),
    .derivation(BoundFormsDerivation.derivation),
    .derivation(NetworksAndStepsDerivation.derivation),

    .heading("Two gradients"),
    .prose(Prose.whereAGradientMayGo),
    .derivation(GradientOfAnExpectationDerivation.derivation),
    .prose(Prose.theEstimator),
    .exercise(ScoreFunctionExercise.exercise),

    .heading("In code: one node for both gradients"),
    .prose(Prose.theNode),
    .derivation(SurrogateDerivation.derivation),

    .heading("Draws"),
    .prose(Prose.draws),
    .derivation(MonteCarloDerivation.derivation),

    .heading("The second lie: a symmetric point"),
    .prose(Prose.symmetry),
    .table(symmetryTable),
    .prose(Prose.afterSymmetry),

    .heading("Baselines"),
    .prose(Prose.baselines),
    .derivation(ControlVariatesDerivation.derivation),
    .exercise(RunningBaselineExercise.exercise),
    .derivation(InputBaselineDerivation.derivation),
    .exercise(LeaveOneOutExercise.exercise),
    .picture(varianceBars),

    .heading("The third lie: a variance with the wrong sign"),
    .prose(Prose.wrongSign),
    .table(wrongSignTable),
    .derivation(RaoBlackwellDerivation.derivation),

    .heading("Is there an alternative?"),
    .prose(Prose.isThereAnAlternative),
    .derivation(AlternativesDerivation.derivation),

    .heading("Learning"),
    .prose(Prose.learning),
    .table(stepTable),
    .prose(Prose.nowLearn),
    .computed(learningPages),

    .heading("What to remember"),
    .prose(Prose.remember),
  ],
  errata: errata)
