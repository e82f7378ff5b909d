import LessonKit
import Probability
import Verification

/// Draws that are judged while they come; none of them is kept.
struct SampleHearing {
  let question: SampleQuestion
  private(set) var judge: SequentialJudge
  /// Whether something has been said before the end.
  private(set) var hasSpoken = false
  private let isLive: Bool
  private var lastShown: ContinuousClock.Instant

  init(_ question: SampleQuestion, basis: SequentialJudge.Basis, isLive: Bool) {
    self.question = question
    self.isLive = isLive
    judge = SequentialJudge(target: question.target, basis: basis)
    lastShown = ContinuousClock.now
  }

  /// Takes a draw, and shows where things stand, ten times a second at most.
  mutating func add(_ row: [Double], _ show: ((String) -> Void)?) throws {
    try judge.add(try question.vector(row))
    guard let show, ContinuousClock.now - lastShown > .milliseconds(100) else { return }
    lastShown = ContinuousClock.now
    let largest = judge.largestBias.max() ?? .infinity
    show(
      judge.holds
        ? "\(judge.count) draws, no bias above \(Format.short(largest))"
        : "\(judge.count) draws, biased")
  }

  /// The verdict, once: as soon as there is one.
  mutating func news() -> String? {
    guard isLive, !hasSpoken else { return nil }
    let report = SampleReport(question: question, judge: judge)
    guard !judge.holds || report.isDecided else { return nil }
    hasSpoken = true
    return "\(judge.holds ? "✓" : "✗") \(report.words)"
  }
}
