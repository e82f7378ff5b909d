import Exact
import GSL
import JSONText
import Probability

/// How the hidden states of a kind are written.
struct HiddenStateForm<State> {
  /// What an observation is: "sequence".
  let noun: String
  /// What a state stands under: "states", "assignment", "component".
  let key: String
  /// A state in the answer.
  let json: (State) -> JSON
  /// A state for a person.
  let text: (State) -> String
}

extension HiddenStateForm<[Int]> {
  /// A number for each step, each word, each observation.
  static func numbers(_ key: String, of noun: String) -> HiddenStateForm {
    HiddenStateForm(noun: noun, key: key, json: { .integers($0) }, text: { listed($0) })
  }
}

extension HiddenStateForm<[Bool]> {
  /// Zeros and ones.
  static func bits(_ key: String, of noun: String) -> HiddenStateForm {
    HiddenStateForm(noun: noun, key: key, json: { .bits($0) }, text: { listedBits($0) })
  }
}

/// The questions that every law of hidden states answers, in the one form that all kinds have.
///
/// One entry an observation, null where it is impossible.
func hiddenStateAnswer<State>(
  _ question: OracleQuestion, of laws: [any HiddenStateLaw<State>],
  as form: HiddenStateForm<State>, samples: Int, _ sampler: inout Sampler
) throws(OracleRefusal) -> FurtherAnswer {
  switch question {
  case .explanation: return try computing { try explanation(of: laws, as: form) }
  case .entropy:
    let found = try computing { try laws.map { try $0.entropy } }
    return FurtherAnswer(.each(found) { .number($0) }, sections: entropySections(found, form.noun))
  case .samples:
    let drawn = try computing { try laws.map { try $0.samples(samples, &sampler) } }
    return FurtherAnswer(
      .each(drawn) { .array($0.map(form.json)) }, sections: drawnSections(drawn, form))
  default: throw .uncomputed("ask: no answer to \"\(question.rawValue)\"")
  }
}

private func explanation<State>(
  of laws: [any HiddenStateLaw<State>], as form: HiddenStateForm<State>
) throws -> FurtherAnswer {
  let found = try laws.map { try $0.explanation }
  let value = JSON.each(found) {
    .object([("logProbability", .number($0.logJoint)), (form.key, form.json($0.state))])
  }
  guard !laws.isEmpty else { return FurtherAnswer(value, sections: []) }
  let shown = laws.prefix(OracleSection.shownCount(of: laws.count))
  let logEvidence = try shown.map { try $0.logEvidence }
  var sections = OracleSection.table(
    "the most probable hidden state", columns: [form.noun, "log p(ẑ, x)", "p(ẑ | x)"],
    count: found.count
  ) { index in
    (
      label: "\(index)",
      values: found[index].map { [$0.logJoint, min(1, exp($0.logJoint - logEvidence[index]))] }
    )
  }
  if let index = found.firstIndex(where: { $0 != nil }), let first = found[index] {
    sections.append(.note("\(form.noun) \(index): \(form.text(first.state))"))
  }
  return FurtherAnswer(value, sections: sections)
}

/// A line for one observation, a table for several.
private func entropySections(_ found: [Double?], _ noun: String) -> [OracleSection] {
  switch found.count {
  case 0: []
  case 1: found[0].map { [.line(label: "H[p(z | x)]", value: $0)] } ?? []
  default:
    OracleSection.table(
      "entropy of the posterior", columns: [noun, "nats"], count: found.count
    ) { index in (label: "\(index)", values: found[index].map { [$0] }) }
  }
}

/// The first few draws of the first observation that has any.
private func drawnSections<State>(
  _ drawn: [[State]?], _ form: HiddenStateForm<State>
) -> [OracleSection] {
  guard let index = drawn.firstIndex(where: { $0 != nil }), let first = drawn[index] else {
    return []
  }
  let shown = first.prefix(4)
  let notes = shown.map {
    OracleSection.note("drawn for \(form.noun) \(index): \(form.text($0))")
  }
  return notes + (first.count > shown.count ? [.omitted(first.count - shown.count)] : [])
}

extension FurtherAnswer {
  /// The only entry of an answer about all observations together.
  var single: FurtherAnswer {
    guard case .array(let entries) = value, let only = entries.first else { return self }
    return FurtherAnswer(only, sections: sections)
  }
}

/// Numbers with spaces between, shortened where there are many.
func listed(_ numbers: [Int]) -> String {
  let most = 40
  let text = numbers.prefix(most).map(String.init).joined(separator: " ")
  return numbers.count > most ? "\(text) … (\(numbers.count) in all)" : text
}

/// Zeros and ones with spaces between.
func listedBits(_ bits: [Bool]) -> String { listed(bits.map { $0 ? 1 : 0 }) }

/// What so many parts look like, the first of them where there are many.
func listed<Part>(_ parts: [Part], separator: String, _ text: (Part) -> String) -> String {
  let most = 20
  let shown = parts.prefix(most).map(text).joined(separator: separator)
  return parts.count > most ? "\(shown) … (\(parts.count) in all)" : shown
}
