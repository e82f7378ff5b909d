public import JSONText
import Verification

/// A random function of an exercise, what it is given, and what its mean is: of this, samples that were
/// drawn elsewhere can be judged.
public struct DrawnTask: Sendable {
  /// The function.
  public let part: HandinSignature
  /// What it is given.
  public let given: JSON
  /// What its mean is, exactly; where things are picked, how often each is.
  public let mean: [Double]
  /// How many things are picked from; nil where the function returns numbers.
  public let things: Int?
  /// What the mean is under each mistake of the exercise.
  public let mistakes: [(mistake: MistakeSummary, mean: [Double])]

  /// A sample as numbers of which the mean is taken.
  public func vector(of sample: [Double]) throws(OutsideFault) -> [Double] {
    guard let things else { return sample }
    let picked = try JSON.numbers(sample).outsidePicks(among: things)
    return (0..<things).map { thing in Double(picked.count { $0 == thing }) }
  }
}

/// What the library's function was given, and the mean of what it returns.
struct HeardTask: Sendable {
  let given: JSON
  let mean: [Double]
  let things: Int?
}

extension Exercise {
  /// The first task of each random function, on the example or on the first problem of a seed.
  public func drawnTasks(seed: UInt64?) throws -> [DrawnTask] {
    guard let offer else { return [] }
    let problem =
      if let seed {
        try CaseToken.drawn(seed: seed, index: 0)
          .draw(stream: derivation.id, derivation.draw).0.get()
      } else {
        try derivation.example()
      }
    return offer.parts.filter(\.signature.returns.isRandom).compactMap { part in
      guard
        let task = derivation.heard(part, of: derivation.answer, on: problem, where: { _ in true })
      else { return nil }
      let mistakes = derivation.catalogue.compactMap { mistake in
        let wrong = mistake.subject(from: derivation.answer)
        return derivation.heard(part, of: wrong, on: problem) {
          $0.given.text() == task.given.text()
        }
        .map { (mistake: MistakeSummary(mistake), mean: $0.mean) }
      }
      return DrawnTask(
        part: part.signature, given: task.given, mean: task.mean, things: task.things,
        mistakes: mistakes)
    }
  }
}

extension Derivation {
  /// The first task that its checks put to a function of a subject, of those that are wanted.
  fileprivate func heard(
    _ part: HandinPart<Subject>, of subject: Subject, on problem: Problem,
    where isWanted: (HeardTask) -> Bool
  ) -> HeardTask? {
    let listener = OutsidePart(part.signature.name, of: nil)
    var subject = subject
    part.install(&subject, listener)
    for check in all {
      _ = try? check.evaluate(subject, problem)
      if let task = listener.heard.first(where: isWanted) { return task }
    }
    return nil
  }
}
