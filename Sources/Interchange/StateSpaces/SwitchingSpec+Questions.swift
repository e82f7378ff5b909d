public import Exact
import JSONText
import Models
public import Probability

extension SwitchingSpec {
  /// The path of the chain is explained, drawn and uncertain; the states along it have means.
  public var questions: [OracleQuestion] {
    [.explanation, .samples, .filtered, .marginals, .gradient, .entropy]
  }

  /// What the chain did, what the states were whatever it did, and how the evidence moves with the system.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    switch question {
    case .filtered: return try filtered(request)
    case .marginals: return try marginals(request)
    case .gradient: return try gradient(request)
    default:
      let laws = try computing { try sequences.map { try $0.pathLaw(request) } }
      return try hiddenStateAnswer(
        question, of: laws, as: .numbers("states", of: "sequence"), samples: samples, &sampler)
    }
  }

  /// What is computed of each sequence, which a refusal names.
  private func each<Value>(
    _ compute: (_ sequence: SwitchingSequence, _ place: String) throws -> Value
  ) throws(OracleRefusal) -> [Value] {
    try computing {
      try sequences.enumerated().map { try compute($0.element, "observations[\($0.offset)]") }
    }
  }

  private func marginals(_ request: ExactRequest) throws(OracleRefusal) -> FurtherAnswer {
    let found = try each { try $0.stateMoments(request, at: $1) }
    let sections = found.prefix(1).map { moments in
      OracleSection.table(
        title: "E[x_t | y] of sequence 0, whatever the path",
        columns: ["step"] + system.systems[0].initialMean.indices.map { "x\($0)" },
        rows: moments.enumerated().map { (label: "\($0)", values: $1.mean) })
    }
    return FurtherAnswer(.array(found.map(momentsJSON)), sections: Array(sections))
  }

  private func filtered(_ request: ExactRequest) throws(OracleRefusal) -> FurtherAnswer {
    let found = try each { try $0.beliefs(request, at: $1) }
    let sections = found.prefix(1).map { beliefs in
      OracleSection.table(
        title: "p(s_t = k | y_0 … y_t) of sequence 0, and the means of x_t",
        columns: ["step"] + (0..<system.modeCount).map { "k = \($0)" }
          + system.systems[0].initialMean.indices.map { "x\($0)" },
        rows: beliefs.filtered.enumerated().map {
          (label: "\($0)", values: $1.stateMarginals + $1.state.mean)
        })
    }
    return FurtherAnswer(
      .array(
        found.map {
          .object([
            ("filtered", beliefsJSON($0.filtered)), ("predicted", beliefsJSON($0.predicted)),
          ])
        }),
      sections: Array(sections))
  }

  private func gradient(_ request: ExactRequest) throws(OracleRefusal) -> FurtherAnswer {
    var slopes = SwitchingSlopes(zeroLike: system)
    _ = try each { try slopes.add($0, request, at: $1) }
    let states = zip(slopes.dynamics, slopes.dynamicsNoise).map { dynamics, noise in
      JSON.object([("dynamics", .matrix(dynamics)), ("dynamicsNoise", .matrix(noise))])
    }
    return FurtherAnswer(
      .object([
        ("initialState", .numbers(slopes.initialState)), ("transition", .matrix(slopes.transition)),
        ("initialMean", .numbers(slopes.initialMean)),
        ("initialCovariance", .matrix(slopes.initialCovariance)), ("states", .array(states)),
        ("emission", .matrix(slopes.emission)), ("emissionNoise", .matrix(slopes.emissionNoise)),
      ]),
      sections: OracleSection.table(
        "gradient of the sum of log p(y), by the probability of each first state",
        columns: ["state", "slope"], count: slopes.initialState.count
      ) { (label: "\($0)", values: [slopes.initialState[$0]]) })
  }
}

/// What is known of the chain and of the states, step by step.
private func beliefsJSON(_ beliefs: [SwitchingBelief]) -> JSON {
  .object(
    [("stateMarginals", .matrix(beliefs.map(\.stateMarginals)))]
      + momentMembers(beliefs.map(\.state)))
}

/// Means and covariances, step by step.
func momentsJSON(_ moments: [StateMoments]) -> JSON { .object(momentMembers(moments)) }

private func momentMembers(_ moments: [StateMoments]) -> [(key: String, value: JSON)] {
  [
    ("means", .matrix(moments.map(\.mean))),
    (
      "covariances",
      .array(
        moments.map { law in
          let n = law.mean.count
          return .matrix((0..<n).map { Array(law.covariance[$0 * n..<($0 + 1) * n]) })
        })
    ),
  ]
}
