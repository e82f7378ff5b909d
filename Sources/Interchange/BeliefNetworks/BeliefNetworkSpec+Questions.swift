public import Exact
import JSONText
import Models
public import Probability

extension BeliefNetworkSpec {
  /// All but those of sequences.
  public var questions: [OracleQuestion] {
    [.explanation, .samples, .marginals, .gradient, .entropy]
  }

  /// What the hidden layers do, all of them: the answer itself has the top alone.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    switch question {
    case .marginals: return try marginals(request)
    case .gradient: return try gradient(request)
    default:
      let laws = try asking { () throws(ExactRefusal) in
        try observations.map { observation throws(ExactRefusal) in
          try network.hiddenLaw(observation, request)
        }
      }
      return try hiddenStateAnswer(
        question, of: laws, as: BeliefNetworkSpec.layers, samples: samples, &sampler)
    }
  }

  /// The units of all hidden layers, the top first.
  private static var layers: HiddenStateForm<[[Bool]]> {
    HiddenStateForm(
      noun: "observation", key: "assignment", json: { .array($0.map { .bits($0) }) },
      text: { listed($0, separator: " | ", listedBits) })
  }

  private func marginals(_ request: ExactRequest) throws(OracleRefusal) -> FurtherAnswer {
    let found = try computing { try observations.map { try network.hiddenMarginals($0, request) } }
    let names = network.hiddenUnitCounts.enumerated().flatMap { layer, count in
      (0..<count).map { "layer \(layer) unit \($0)" }
    }
    return FurtherAnswer(
      .array(found.map { .object([("layers", .array($0.map { .numbers($0) }))]) }),
      sections: OracleSection.table(
        "P(hidden unit on | x), the top layer first", columns: ["observation"] + names,
        count: found.count
      ) { (label: "\($0)", values: Array(found[$0].joined())) })
  }

  /// Of the sum of all log evidences, in the shape of the network.
  private func gradient(_ request: ExactRequest) throws(OracleRefusal) -> FurtherAnswer {
    let slopes = try computing {
      let zero = [Double](repeating: 0, count: network.parameters.count)
      return try network.with(
        parameters: try observations.reduce(zero) { sum, observation in
          zip(sum, try network.evidenceGradient(observation, request)).map { $0 + $1 }
        })
    }
    let layers = slopes.layers.map { layer in
      JSON.object([("weights", .matrix(layer.weights)), ("bias", .numbers(layer.bias))])
    }
    return FurtherAnswer(
      .object([("bias", .numbers(slopes.bias)), ("layers", .array(layers))]),
      sections: OracleSection.table(
        "gradient of the sum of log p(x), by the bias of each top unit",
        columns: ["unit", "slope"], count: slopes.bias.count
      ) { (label: "\($0)", values: [slopes.bias[$0]]) })
  }
}
