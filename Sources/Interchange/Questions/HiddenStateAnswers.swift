import Exact
import JSONText
import Probability

/// The questions that every law of hidden states answers, in the one form that all kinds have.
func hiddenStateAnswer<State>(
  _ question: OracleQuestion, of laws: [any HiddenStateLaw<State>], as key: String,
  noun: String, samples: Int, _ sampler: inout Sampler, _ json: (State) -> JSON
) throws(OracleRefusal) -> FurtherAnswer {
  switch question {
  case .explanation:
    let found = try computing { try laws.map { try $0.explanation } }
    return FurtherAnswer(
      .each(found) {
        .object([("logProbability", .number($0.logJoint)), (key, json($0.state))])
      },
      sections: OracleSection.table(
        "log probability of the most probable \(key)", columns: [noun, "log p(z, x)"],
        count: found.count
      ) { (label: "\($0)", values: found[$0].map { [$0.logJoint] }) })
  case .entropy:
    let found = try computing { try laws.map { try $0.entropy } }
    return .entropy(found, of: noun)
  case .samples:
    let drawn = try computing { try laws.map { try $0.samples(samples, &sampler) } }
    return .samples(
      drawn.map { states in
        states.map { states in
          states.map { state in
            let value = json(state)
            return (value, value.text())
          }
        }
      }, of: noun)
  default: throw .uncomputed("ask: no answer to \"\(question.rawValue)\"")
  }
}
