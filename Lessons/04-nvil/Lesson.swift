public import LessonKit

/// Neural variational inference: gradients of expectations, their bias and their variance.
public let lesson: Lesson = Page.lesson

/// What stands on the page.
enum Page {
  /// The lesson.
  static let lesson: Lesson = Lesson(
    id: "04-nvil", title: "Neural variational inference, the exact answer beside it",
    summary: "score-function gradients, baselines, and a document model learning under its bound",
    blocks: [
      .prose(opening), .table(leakTable), .prose(afterTheLeak),
      .heading("The model and its bound"), .prose(modelAndBound), .exercise(boundForms),
      .exercise(networksAndSteps),
      .heading("Two gradients"), .prose(whereAGradientMayGo),
      .exercise(gradientOfAnExpectation), .prose(theEstimator), .exercise(scoreFunction),
      .heading("In code: one node for both gradients"), .prose(theNode), .exercise(surrogate),
      .heading("Draws"), .prose(draws), .exercise(monteCarlo),
      .heading("The second lie: a symmetric point"), .prose(symmetry), .table(symmetryTable),
      .prose(afterSymmetry),
      .heading("Baselines"), .prose(baselines), .exercise(controlVariates),
      .exercise(runningBaseline), .exercise(inputBaseline), .exercise(leaveOneOut),
      .picture(varianceBars),
      .heading("The third lie: a variance with the wrong sign"), .prose(wrongSign),
      .table(wrongSignTable), .exercise(raoBlackwell),
      .heading("Is there an alternative?"), .prose(isThereAnAlternative), .exercise(alternatives),
      .heading("Learning"), .prose(learning), .table(stepTable), .prose(nowLearn),
      .computed(learningPages),
      .heading("What to remember"), .prose(remember),
    ],
    errata: errataOfGradients + errataOfDraws + errataOfBaselines)
}
