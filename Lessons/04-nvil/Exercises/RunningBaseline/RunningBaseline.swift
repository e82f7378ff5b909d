import Approximate
import LessonKit

extension Page {
  /// A running mean of the past, its answer, and the ways to get it wrong.
  static let runningBaseline: Exercise<any RunningBaselineForm, RunningBaselineProblem> = Exercise(
    .runningBaseline, answer: LibraryRunningMean(), mistakes: runningBaselineMistakes)

  /// Leave-one-out baselines, their answer, and the ways to get them wrong.
  static let leaveOneOut: Exercise<any LeaveOneOutForm, LeaveOneOutProblem> = Exercise(
    .leaveOneOut, answer: LibraryLeaveOneOut(), mistakes: leaveOneOutMistakes)
}

/// The library's running mean, used before it is updated.
struct LibraryRunningMean: RunningBaselineForm {
  func step(memory: Double?, decay: Double, signals: [Double]) -> (
    baseline: Double, memory: Double
  ) {
    var running = RunningMean(decay: decay, startingAt: memory)
    let baselines = running.baselines(for: signals)
    return (baselines.first ?? 0, running.memory ?? 0)
  }
}

/// The library's leave-one-out baselines.
struct LibraryLeaveOneOut: LeaveOneOutForm {
  func baselines(_ signals: [Double]) -> [Double] {
    (try? LeaveOneOut().baselines(for: signals)) ?? []
  }
}
