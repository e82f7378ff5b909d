public import LessonKit

/// Neural variational inference: gradients of expectations, their bias and their variance.
public enum Lesson04 {
  /// The lesson.
  public static let lesson: Lesson = Lesson(
    id: "04-nvil", title: "Neural variational inference, with the exact answer beside it",
    summary: "score-function gradients, baselines, and a document model learning under its bound",
    blocks: [
      .exercise(boundForms), .exercise(networksAndSteps), .exercise(surrogate),
      .exercise(gradientOfAnExpectation), .exercise(monteCarlo), .exercise(controlVariates),
      .exercise(raoBlackwell), .exercise(alternatives),
      .exercise(scoreFunction), .exercise(runningBaseline), .exercise(leaveOneOut),
    ])
}
