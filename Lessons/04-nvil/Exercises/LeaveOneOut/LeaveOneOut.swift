import Approximate
import LessonKit
import Probability

extension LeaveOneOutExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, LeaveOneOutProblem>(
    id: "leave-one-out",
    title: "The others as a baseline",
    task: """
      Write `baselines`: for each sample of a batch the mean of the other samples' signals. \
      Nothing has to be learnt or remembered, and two samples are enough.
      """,
    hints: [
      "The samples are independent, so what the others say is a constant for this one.",
      "There are S − 1 others.",
      "(Σ_r f_r − f_s) / (S − 1), for each s.",
    ],
    example: .twoFactors,
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes)

  static let answer = Parts(baseline: LeaveOneOut())
}
