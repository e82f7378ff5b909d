import LessonKit
import Verification

extension SampleReport {
  /// Whether a mean is one that the draws have had: within all intervals.
  private func isPossible(_ mean: [Double]) -> Bool {
    zip(judge.intervals, mean).allSatisfy { abs($0.centre - $1) <= $0.halfWidth }
  }

  /// Whether a mistake leaves the mean as it should be.
  private func isRight(_ mean: [Double]) -> Bool {
    zip(question.target, mean).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($0)) }
  }

  private var wrong: [(mistake: MistakeSummary, mean: [Double])] {
    question.mistakes.filter { $0.mean.count == question.target.count && !isRight($0.mean) }
  }

  /// The mistakes that leave the mean as it should be.
  var invisible: [MistakeSummary] {
    question.mistakes.filter { $0.mean.count == question.target.count && isRight($0.mean) }
      .map(\.mistake)
  }

  /// The mistakes whose mean is not excluded.
  var alike: [MistakeSummary] { wrong.filter { isPossible($0.mean) }.map(\.mistake) }

  /// The mistakes whose mean is excluded, with the rate of false alarms that is stated.
  var excluded: [MistakeSummary] { wrong.filter { !isPossible($0.mean) }.map(\.mistake) }

  /// What the means say of known mistakes.
  var mistakes: [String] {
    guard !wrong.isEmpty, judge.intervals.allSatisfy(\.halfWidth.isFinite) else { return [] }
    let alike = alike
    guard !holds else {
      return [
        Self.list("Mistakes whose mean is excluded by now", excluded),
        Self.list("Mistakes whose mean is not excluded yet", alike),
        Self.list("Mistakes that leave the mean right, and that no mean can show", invisible),
      ].compactMap { $0 }
    }
    if alike.isEmpty { return ["No known mistake of this exercise has this mean."] }
    return alike.map { "As far as can be seen its mean is that of \($0.name): \($0.summary)." }
  }

  private static func list(_ head: String, _ all: [MistakeSummary]) -> String? {
    all.isEmpty ? nil : "\(head): \(all.map(\.name).joined(separator: ", "))."
  }
}
