import JSONText
import LessonKit
import Probability

/// A verdict on a function in words: a sentence first, then what it rests on.
struct HandinText {
  let lines: [String]

  init(_ report: HandinPartReport) {
    switch report.verdict {
    case .right: lines = ["right: all \(report.checks) checks hold"]
    case .rightInSinglePrecision:
      lines = ["right, to the digits of single precision: all \(report.checks) checks hold"]
    case .unwritten: lines = ["not written yet"]
    case .failed(let words): lines = [words]
    case .wrong(let refusal):
      let isNamed = !report.mistakes.isEmpty
      lines = Self.sentence(report, refusal) + Self.grounds(refusal, saysHow: isNamed)
    }
  }

  private static func sentence(
    _ report: HandinPartReport, _ refusal: HandinRefusal
  ) -> [String] {
    if let mistake = report.mistakes.first {
      let others = report.mistakes.dropFirst().map(\.name)
      let alike = others.isEmpty ? "" : " (here the same as \(others.joined(separator: ", ")))"
      return ["behaves like the mistake \(mistake.name)\(alike): \(mistake.summary)"]
    }
    if let difference = refusal.difference {
      return [difference.isBesidesTheMean ? difference.words : "wrong: \(difference.words)"]
    }
    return ["a check does not hold"]
  }

  /// The check that refuses it, and the first answer that is wrong; how it is wrong, where the sentence
  /// before has not said it.
  private static func grounds(_ refusal: HandinRefusal, saysHow: Bool) -> [String] {
    var lines: [String] = []
    if let check = refusal.check {
      lines.append("refused by \(check.id): \(check.formula)")
      lines.append("which holds because \(check.reason)")
      if let sides = refusal.sides {
        lines.append("left \(list(sides.left)), right \(list(sides.right))")
      }
    }
    if let difference = refusal.difference {
      lines.append("given \(given(difference.given))")
      if saysHow { lines.append("yours: \(difference.words)") }
    } else {
      lines += refusal.givens.map { "\($0.symbol) = \($0.text)" }
    }
    return lines
  }

  private static func list(_ values: [Double]) -> String {
    let shown = values.prefix(6).map { Format.short($0) }.joined(separator: ", ")
    return values.count == 1 ? shown : "(\(shown)\(values.count > 6 ? ", …" : ""))"
  }

  /// What a function was given, in a line.
  private static func given(_ json: JSON) -> String {
    guard case .object(let members) = json else { return json.excerpt }
    return members.map { "\($0.key) = \(short($0.value))" }.joined(separator: ", ")
  }

  private static func short(_ json: JSON) -> String {
    switch json {
    case .number(let number): Format.short(number)
    case .array(let list):
      "[" + list.prefix(8).map(short).joined(separator: ", ") + (list.count > 8 ? ", …" : "") + "]"
    case .string(let word): word
    default: json.excerpt
    }
  }
}
