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
    let left = TimeLeft(done: Double(made), left: Double(rounds - round), after: seconds).words
    return "round \(round) of \(rounds)\(left)"
      + (numbers.isEmpty ? "" : ": " + numbers.joined(separator: ", "))
  }
}
