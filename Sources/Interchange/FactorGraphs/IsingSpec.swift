public import Exact
public import JSONText
public import Models
public import Probability

/// An Ising model and what was seen of its spins, as `"model": "ising"` describes them.
public struct IsingSpec: Sendable, Equatable {
  /// The model.
  public let model: IsingModel
  /// The model as a random field: 0 for a spin of −1, 1 for +1.
  public let graph: FactorGraph
  /// 0, 1 or nil for each spin, in each observation.
  public let evidence: [[Int?]]

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["model", "fields", "couplings"], allowing: ["observations"])
    let fields = try place.member("fields").numbers()
    let couplings = try place.member("couplings").each { place throws(PlaceError) in
      try place.object(requiring: ["pair", "value"])
      let pair = try place.member("pair").integers(count: 2, in: 0...max(0, fields.count - 1))
      return IsingModel.Coupling(pair[0], pair[1], try place.member("value").number())
    }
    let model = try place.making { () throws(ModelError) in
      try IsingModel(fields: fields, couplings: couplings)
    }
    let observations = try place.optional("observations")?.each { place throws(PlaceError) in
      var spins: [Int?] = []
      for spin in try place.array(count: fields.count) { spins.append(try spin.spin()) }
      return spins
    }
    let graph = FactorGraph(of: model)
    if let factor = graph.firstBeyondDigits {
      let coupling = factor - fields.count
      throw PlaceError(
        path: coupling < 0 ? "fields[\(factor)]" : "couplings[\(coupling)].value",
        complaint: "so large that rounding would decide the answer")
    }
    self.model = model
    self.graph = graph
    evidence = observations ?? [fields.map { _ in nil }]
  }
}

extension JSONPlace {
  /// 0 for −1, 1 for 1, nil for null.
  fileprivate func spin() throws(PlaceError) -> Int? {
    switch value {
    case .null: return nil
    case .number(-1): return 0
    case .number(1): return 1
    default: throw error(expected: "1, -1 or null")
    }
  }
}

extension IsingSpec: FactorGraphOracle {
  /// Weights add up to anything.
  var isNormalised: Bool { false }

  func members(_ posteriors: [FactorGraphPosterior]) -> [(key: String, value: JSON)] {
    [
      (
        "posteriorMarginals",
        .each(posteriors.map(\.marginals)) { .numbers($0.map { $0[1] }) }
      ),
      (
        "edgeCorrelations",
        .each(posteriors.map(\.factorMarginals)) {
          .numbers($0.dropFirst(model.fields.count).map(mean))
        }
      ),
    ]
  }

  /// The mean of a spin, or of the product of two.
  private func mean(_ table: [Double]) -> Double {
    table.count == 2 ? table[1] - table[0] : table[0] + table[3] - table[1] - table[2]
  }

  func assignment(_ values: [Int]) -> (key: String, value: JSON) {
    ("spins", .array(values.map { .integer(2 * $0 - 1) }))
  }

  func marginal(of factor: Int, _ table: [Double]) -> JSON {
    .object([
      ("spins", .array(graph.factors[factor].variables.map { .integer($0) })),
      ("table", .nested(table, graph.factors[factor].variables.map { _ in 2 })),
    ])
  }

  /// h and J are in the exponents.
  var hasLogarithms: Bool { true }

  /// ∂/∂h_i = E[s_i] and ∂/∂J_ij = E[s_i s_j], with evidence less without.
  func parameters(_ slopes: [[Double]]) -> JSON {
    let means = slopes.map(mean)
    return .object([
      ("fields", .numbers(means.prefix(model.fields.count))),
      (
        "couplings",
        .array(means.dropFirst(model.fields.count).map { .object([("value", .number($0))]) })
      ),
    ])
  }

  func label(_ variable: Int, _ value: Int) -> String {
    "spin \(variable) = \(value == 1 ? "+1" : "-1")"
  }
}

extension IsingSpec: OracleSpec {
  /// All questions about what is hidden.
  public var questions: [OracleQuestion] { fieldQuestions }

  /// The evidence of each observation, the marginals of all spins, the correlations of all pairs.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    try fieldAnswer(request)
  }

  /// The answer by messages, or by all joint states.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    try fieldAnswer(to: question, request, samples: samples, &sampler)
  }
}
