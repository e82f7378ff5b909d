import GSL
import JSONText
import Probability

/// The most probable state of what one observation hides.
struct Explained {
  /// log p(ẑ, x).
  let logJoint: Double
  /// ẑ under its key: "states", "tree", "component".
  let state: (key: String, value: JSON)
  /// ẑ for a person.
  let text: String
}

extension FurtherAnswer {
  /// One explanation an observation, null where it is impossible.
  ///
  /// - Parameters:
  ///   - found: the explanations.
  ///   - evidence: log p(x) of each.
  ///   - noun: what an observation is: "sequence".
  /// - Returns: the answer.
  static func explanation(
    _ found: [Explained?], evidence: [Double], of noun: String
  ) -> FurtherAnswer {
    let value = JSON.each(found) {
      .object([("logProbability", .number($0.logJoint)), $0.state])
    }
    var sections = OracleSection.table(
      "the most probable \(noun == "tree" ? "one" : "hidden state")",
      columns: [noun, "log p(ẑ, x)", "p(ẑ | x)"], count: found.count
    ) { index in
      (
        label: "\(index)",
        values: found[index].map { [$0.logJoint, exp($0.logJoint - evidence[index])] }
      )
    }
    if let index = found.firstIndex(where: { $0 != nil }), let first = found[index] {
      sections += [OracleSection.note("\(noun) \(index): \(first.text)")]
    }
    return FurtherAnswer(value, sections: found.isEmpty ? [] : sections)
  }

  /// The entropy of each posterior, null where the observation is impossible.
  static func entropy(_ found: [Double?], of noun: String) -> FurtherAnswer {
    let sections: [OracleSection] =
      found.count == 1
      ? found[0].map { [.line(label: "H[p(z | x)]", value: $0)] } ?? []
      : OracleSection.table(
        "entropy of the posterior", columns: [noun, "nats"], count: found.count
      ) { index in (label: "\(index)", values: found[index].map { [$0] }) }
    return FurtherAnswer(.each(found) { .number($0) }, sections: found.isEmpty ? [] : sections)
  }

  /// Samples of each posterior, null where the observation is impossible; the first few for a person.
  static func samples(
    _ found: [[(value: JSON, text: String)]?], of noun: String
  ) -> FurtherAnswer {
    let shown = 4
    var notes: [OracleSection] = []
    if let index = found.firstIndex(where: { $0 != nil }), let first = found[index] {
      notes = first.prefix(shown).map { .note("drawn for \(noun) \(index): \($0.text)") }
      if first.count > shown { notes.append(.omitted(first.count - shown)) }
    }
    return FurtherAnswer(.each(found) { .array($0.map(\.value)) }, sections: notes)
  }
}

/// Numbers with spaces between, shortened where there are many.
func listed(_ numbers: [Int]) -> String {
  let most = 40
  let text = numbers.prefix(most).map(String.init).joined(separator: " ")
  return numbers.count > most ? "\(text) … (\(numbers.count) in all)" : text
}
