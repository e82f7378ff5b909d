import LessonKit
import Probability

/// How far a training is, in a line.
struct TrainingProgress {
  let round: Int
  let rounds: Int
  /// The rounds since this call began, and the seconds that they took.
  let made: Int
  let seconds: Double
  let measures: [(name: String, value: any Quantity)]

  /// "round 12 of 40, 18 s left: loss 123.4, KL 0.0213".
  var line: String {
    let numbers = measures.compactMap { name, value in
      value.side.values.first.map { "\(name) \(Format.significant($0, digits: 5))" }
    }
    let left = round < rounds ? ", \(remaining) left" : ""
    return "round \(round) of \(rounds)\(left)"
      + (numbers.isEmpty ? "" : ": " + numbers.joined(separator: ", "))
  }

  /// The time that the other rounds will take if they are like those before.
  private var remaining: String {
    let estimate = made > 0 ? seconds / Double(made) * Double(rounds - round) : 0
    return Self.duration(estimate)
  }

  /// "0.4 s", "18 s", "3 min 20 s", "2 h 05 min".
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "a long time" }
    if seconds < 0.95 { return Format.fixed(seconds, decimals: 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if whole < 3600 { return "\(whole / 60) min \(two(whole % 60)) s" }
    return "\(whole / 3600) h \(two(whole / 60 % 60)) min"
  }
}
