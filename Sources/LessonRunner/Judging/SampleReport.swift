import JSONText
import LessonKit
import Probability
import Verification

/// What is said of draws of a gradient.
struct SampleReport {
  let question: SampleQuestion
  let judge: SequentialJudge

  private var components: [String] { question.components }

  var holds: Bool { judge.holds }

  /// The verdict in a sentence.
  var words: String {
    guard let alarm = judge.alarm else {
      let largest = judge.largestBias.max() ?? .infinity
      return largest.isFinite
        ? "no bias seen in \(judge.count) draws; one above \(Format.short(largest)) is excluded"
        : "too few draws (\(judge.count)) to say anything"
    }
    let (centre, _) = judge.intervals[alarm.component]
    return "biased: the mean of \(components[alarm.component]) is off by about "
      + "\(Format.short(centre - judge.target[alarm.component])); seen after \(alarm.count) draws"
  }

  private var basis: String {
    let rate = Format.short(judge.falseAlarm)
    return switch judge.basis {
    case .range(let low, let high):
      "The chance of ever calling an unbiased estimator biased, however long one looks, is at most "
        + "\(rate): for independent draws from \(Format.short(low)) to \(Format.short(high)), whatever "
        + "their distribution (empirical Bernstein; Waudby-Smith and Ramdas 2024)."
    case .asymptotic:
      "The chance of ever calling an unbiased estimator biased, however long one looks, is about "
        + "\(rate) in the limit of many independent draws of finite variance (an asymptotic "
        + "confidence sequence; Waudby-Smith et al. 2024). With --range LOW,HIGH, a range that all "
        + "draws are known to lie in, it holds for every number of them."
    }
  }

  /// Whether what is not excluded yet is less than a hundredth of the largest component.
  var isDecided: Bool {
    let goal = (judge.target.map(abs).max() ?? 0) / 100
    return goal > 0 && judge.intervals.allSatisfy { $0.halfWidth <= goal }
  }

  /// When to stop.
  private var advice: String {
    guard judge.holds else { return "You can stop: more draws do not change this." }
    let size = judge.target.map(abs).max() ?? 0
    let largest = "a hundredth of the largest component of \(question.noun)"
    guard size > 0, (judge.largestBias.max() ?? .infinity).isFinite else {
      return "Go on: look again whenever you like."
    }
    let goal = size / 100
    guard !isDecided else {
      return "You can stop: what is left is less than \(largest)."
    }
    return
      "Stop when the excluded size is small enough for you, and look as often as you like. Four "
      + "times as many draws halve it; \(largest) takes about "
      + "\(Self.roughly(judge.drawsNeeded(toExclude: goal))) draws in all."
  }

  /// A number of draws to two digits.
  private static func roughly(_ count: Double) -> String {
    var unit = 1.0
    while count / unit >= 100 { unit *= 10 }
    return Format.short((count / unit).rounded() * unit)
  }

  /// Whether there were enough draws to say anything.
  private var isInformed: Bool { judge.largestBias.allSatisfy(\.isFinite) }

  /// The page.
  func lines(_ rendering: TerminalRendering) -> [String] {
    let rows = components.indices.map { d -> [Table.Cell] in
      let (centre, halfWidth) = judge.intervals[d]
      func cell(_ value: Double) -> Table.Cell {
        value.isFinite ? .figure(value, .sampled, digits: 4) : "–"
      }
      return [
        .text(components[d]), .exact(judge.target[d]), cell(centre), cell(halfWidth),
        cell(judge.largestBias[d]),
      ]
    }
    let table = Table(
      title: "After \(judge.count) draws",
      columns: ["", question.heading, "mean", "±", "bias excluded above"], rows: rows)
    let mark = holds ? isInformed ? "✓" : "?" : "✗"
    return ["\(mark) \(words)"] + (question.origin.map { ["", $0] } ?? []) + [""]
      + rendering.lines(table) + (mistakes.isEmpty ? [] : [""] + mistakes) + [
        "", advice, "", basis,
      ]
  }

  var json: JSON {
    .object([
      ("holds", .bool(holds)), ("verdict", .string(words)), ("draws", .integer(judge.count)),
      ("falseAlarm", .number(judge.falseAlarm)),
      ("isAsymptotic", .bool(judge.basis == .asymptotic)),
      (question.heading == "∇ELBO" ? "gradient" : "exactMean", .numbers(judge.target)),
      ("mean", .numbers(judge.intervals.map(\.centre))),
      ("halfWidth", .numbers(judge.intervals.map(\.halfWidth))),
      ("excludedAbove", .numbers(judge.largestBias)),
      ("seenAfter", judge.alarm.map { .integer($0.count) } ?? .null),
      ("mistakesWithThisMean", .strings(alike.map(\.name))),
      ("mistakesExcluded", .strings(excluded.map(\.name))),
    ])
  }
}
