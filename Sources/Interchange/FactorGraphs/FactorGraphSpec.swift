public import Exact
public import JSONText
public import Models
public import Probability

/// A random field of named variables and its evidence, as `"model": "factor-graph"` describes them.
public struct FactorGraphSpec: Sendable, Equatable {
  /// The field.
  public let graph: FactorGraph
  /// A value or nil for each variable, in each observation.
  public let evidence: [[Int?]]
  let variables: NamedVariables
  /// Whether each table was written as arrays within arrays.
  private let isNested: [Bool]

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["model", "variables", "factors"], allowing: ["observations"])
    let places = try place.member("variables").array()
    for place in places { try place.object(requiring: ["name", "states"]) }
    let variables = try NamedVariables(places)
    var factors: [FactorGraph.Factor] = []
    var isNested: [Bool] = []
    for place in try place.member("factors").array() {
      try place.object(requiring: ["variables", "table"])
      let scope = try place.member("variables").each { name throws(PlaceError) in
        try variables.variable(name)
      }
      let table = try place.member("table")
      let sizes = scope.map { variables.cardinalities[$0] }
      let entries = try table.array()
      if scope.count > 1, let first = entries.first, case .array = first.value {
        isNested.append(true)
        factors.append(.init(scope, weights: try table.weights(sizes[...])))
      } else {
        isNested.append(false)
        factors.append(.init(scope, weights: try entries.map(weight)))
      }
    }
    graph = try place.making { () throws(ModelError) in
      try FactorGraph(cardinalities: variables.cardinalities, factors: factors)
    }
    evidence = try variables.observations(place)
    self.variables = variables
    self.isNested = isNested
  }
}

private func weight(_ place: JSONPlace) throws(PlaceError) -> Double {
  let number = try place.number()
  guard number >= 0 else { throw place.error(expected: "a weight that is not negative") }
  return number
}

extension JSONPlace {
  /// The numbers of arrays within arrays, of these sizes.
  fileprivate func weights(_ sizes: ArraySlice<Int>) throws(PlaceError) -> [Double] {
    guard let first = sizes.first else { return [try weight(self)] }
    var numbers: [Double] = []
    for place in try array(count: first) { numbers += try place.weights(sizes.dropFirst()) }
    return numbers
  }
}

extension FactorGraphSpec: FactorGraphOracle {
  /// Weights add up to anything.
  var isNormalised: Bool { false }

  func members(_ posteriors: [FactorGraphPosterior]) -> [(key: String, value: JSON)] {
    [("posteriorMarginals", variables.marginals(posteriors))]
  }

  func assignment(_ values: [Int]) -> (key: String, value: JSON) {
    ("assignment", variables.assignment(values))
  }

  func marginal(of factor: Int, _ table: [Double]) -> JSON {
    variables.table(graph.factors[factor], table)
  }

  /// Each table in the form in which it was written.
  func parameters(_ slopes: [[Double]]) -> JSON {
    let tables = zip(slopes, zip(graph.factors, isNested)).map { slopes, form -> JSON in
      let sizes = form.0.variables.map { graph.cardinalities[$0] }
      return .object([("table", form.1 ? .nested(slopes, sizes) : .numbers(slopes))])
    }
    return .object([("factors", .array(tables))])
  }

  func label(_ variable: Int, _ value: Int) -> String { variables.label(variable, value) }
}

extension FactorGraphSpec: OracleSpec {
  /// All questions about what is hidden.
  public var questions: [OracleQuestion] { fieldQuestions }

  /// The evidence of each observation and the marginals of all variables.
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
