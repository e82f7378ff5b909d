public import Exact
import JSONText
import Models
public import Probability

extension LinearDynamicalSpec {
  /// All that has a meaning for states that are normal.
  public var questions: [OracleQuestion] {
    [.explanation, .samples, .filtered, .gradient, .entropy]
  }

  /// What is known of the states step by step, and how the evidence moves with the system.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let laws = try asking { () throws(ExactRefusal) in
      var laws: [any NormalStateLaw] = []
      for (number, sequence) in driven.enumerated() {
        laws.append(try sequence.stateLaw(request, at: "observations[\(number)]"))
      }
      return laws
    }
    switch question {
    case .explanation: return try explanation(laws)
    case .filtered: return try filtered(laws)
    case .entropy: return try entropy(laws)
    case .gradient: return try gradient(laws)
    default:
      let drawn = try computing { try laws.map { try $0.samples(samples, &sampler) } }
      return FurtherAnswer(
        .array(drawn.map { .array($0.map { .matrix($0) }) }),
        sections: drawn.first?.first.map { states in
          OracleSection.table(
            "the first draw of the states of sequence 0",
            columns: ["step"] + (0..<system.stateCount).map { "x\($0)" }, count: states.count
          ) { (label: "\($0)", values: states[$0]) }
        } ?? [])
    }
  }

  private func explanation(
    _ laws: [any NormalStateLaw]
  ) throws(OracleRefusal) -> FurtherAnswer {
    let found = try computing { try laws.map { try $0.logDensityOfMeans } }
    return FurtherAnswer(
      .array(
        zip(found, laws).map { logDensity, law in
          .object([
            ("logProbability", logDensity.map { .number($0) } ?? .null),
            ("states", .matrix(law.smoothedMeans)),
          ])
        }),
      sections: OracleSection.table(
        "log density of the most probable states, which are the smoothed means",
        columns: ["sequence", "log p(x, y)"], count: found.count
      ) { (label: "\($0)", values: found[$0].map { [$0] }) })
  }

  private func entropy(_ laws: [any NormalStateLaw]) throws(OracleRefusal) -> FurtherAnswer {
    let found = try computing { try laws.map { try $0.entropy } }
    return FurtherAnswer(
      .numbers(found),
      sections: OracleSection.table(
        "entropy of all states of a sequence, in nats", columns: ["sequence", "H"],
        count: found.count
      ) { (label: "\($0)", values: [found[$0]]) })
  }

  private func filtered(_ laws: [any NormalStateLaw]) throws(OracleRefusal) -> FurtherAnswer {
    let found = try computing { try laws.map { try $0.filtered() } }
    let sections = found.prefix(1).map { first in
      OracleSection.table(
        title: "States of sequence 0: means with the outputs up to theirs, and before it",
        columns: ["step"] + (0..<system.stateCount).flatMap { ["x\($0)", "x\($0) before"] },
        rows: zip(first.filtered, first.predicted).enumerated().map { step, pair in
          (label: "\(step)", values: zip(pair.0.mean, pair.1.mean).flatMap { [$0, $1] })
        })
    }
    return FurtherAnswer(
      .array(
        found.map {
          .object([
            ("filtered", momentsJSON($0.filtered)), ("predicted", momentsJSON($0.predicted)),
          ])
        }),
      sections: Array(sections))
  }

  private func gradient(_ laws: [any NormalStateLaw]) throws(OracleRefusal) -> FurtherAnswer {
    var slopes = StateSpaceSlopes(zeroLike: system)
    for law in laws { slopes.add(try computing { try law.slopes }) }
    func matrix(_ value: OverTime<[[Double]]>) -> JSON { json(value) { .matrix($0) } }
    func vector(_ value: OverTime<[Double]>) -> JSON { json(value) { .numbers($0) } }
    var members: [(key: String, value: JSON)] = [
      ("initialMean", .numbers(slopes.initialMean)),
      ("initialCovariance", .matrix(slopes.initialCovariance)),
      ("dynamics", matrix(slopes.dynamics)), ("dynamicsNoise", matrix(slopes.dynamicsNoise)),
      ("emission", matrix(slopes.emission)), ("emissionNoise", matrix(slopes.emissionNoise)),
    ]
    if let offset = slopes.dynamicsOffset { members.append(("dynamicsOffset", vector(offset))) }
    if let offset = slopes.emissionOffset { members.append(("emissionOffset", vector(offset))) }
    if let rows = slopes.inputMatrix { members.append(("inputMatrix", .matrix(rows))) }
    if let rows = slopes.feedthrough { members.append(("feedthrough", .matrix(rows))) }
    return FurtherAnswer(
      .object(members),
      sections: OracleSection.table(
        "gradient of the sum of log p(y), by the mean of the first state",
        columns: ["state", "slope"], count: slopes.initialMean.count
      ) { (label: "\($0)", values: [slopes.initialMean[$0]]) })
  }

  /// In the shape in which the parameter stands in the model.
  private func json<Value>(_ value: OverTime<Value>, _ one: (Value) -> JSON) -> JSON {
    switch value {
    case .constant(let value): one(value)
    case .steps(let values): .object([("steps", .array(values.map(one)))])
    }
  }
}
