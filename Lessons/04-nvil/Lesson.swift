public import LessonKit

/// Neural variational inference: gradients of expectations, their bias and their variance.
public let lesson = Lesson(
  id: "04-nvil", title: "Neural variational inference, the exact answer beside it",
  summary: "score-function gradients, baselines, and a document model learning under its bound",
  frame: Frame(needs: [], gives: [], minutes: 30),
  sections: [
    Section(
      "hook", "The question",
      .prose(Prose.opening),
      .table(leakTable),
      .prose(Prose.afterTheLeak)),
    Section(
      "the-model-and-its-bound", "The model and its bound",
      .prose(Prose.modelAndBound),
      .derivation(BoundFormsDerivation.derivation),
      .derivation(NetworksAndStepsDerivation.derivation)),
    Section(
      "two-gradients", "Two gradients",
      .prose(Prose.whereAGradientMayGo),
      .derivation(GradientOfAnExpectationDerivation.derivation),
      .prose(Prose.theEstimator),
      .exercise(ScoreFunctionExercise.exercise)),
    Section(
      "in-code-one-node-for-both-gradients", "In code: one node for both gradients",
      .prose(Prose.theNode),
      .derivation(SurrogateDerivation.derivation)),
    Section(
      "draws", "Draws",
      .prose(Prose.draws),
      .derivation(MonteCarloDerivation.derivation)),
    Section(
      "the-second-lie-a-symmetric-point", "The second lie: a symmetric point",
      .prose(Prose.symmetry),
      .table(symmetryTable),
      .prose(Prose.afterSymmetry)),
    Section(
      "baselines", "Baselines",
      .prose(Prose.baselines),
      .derivation(ControlVariatesDerivation.derivation),
      .exercise(RunningBaselineExercise.exercise),
      .derivation(InputBaselineDerivation.derivation),
      .exercise(LeaveOneOutExercise.exercise),
      .picture(varianceBars)),
    Section(
      "the-third-lie-a-variance-with-the-wrong-sign",
      "The third lie: a variance with the wrong sign",
      .prose(Prose.wrongSign),
      .table(wrongSignTable),
      .derivation(RaoBlackwellDerivation.derivation)),
    Section(
      "is-there-an-alternative", "Is there an alternative?",
      .prose(Prose.isThereAnAlternative),
      .derivation(AlternativesDerivation.derivation)),
    Section(
      "learning", "Learning",
      .prose(Prose.learning),
      .table(stepTable),
      .prose(Prose.nowLearn),
      .computed(learningPages)),
    Section(
      "what-to-remember", "What to remember",
      .prose(Prose.remember)),
  ],
  practice: Practice(questions: [], suggestions: [], homework: ""),
  errata: errata, listings: listings)
