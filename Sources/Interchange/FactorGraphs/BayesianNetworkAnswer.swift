public import Exact
public import JSONText
import Models
public import Probability

extension BayesianNetworkSpec: FactorGraphOracle {
  /// The tables are conditional, so that all joint states together have probability 1.
  var isNormalised: Bool { true }

  func members(_ posteriors: [FactorGraphPosterior]) -> [(key: String, value: JSON)] {
    [("posteriorMarginals", marginals(of: posteriors))]
  }

  /// The marginals of each variable under its name, one object an observation.
  public func marginals(of posteriors: [FactorGraphPosterior]) -> JSON {
    variables.marginals(posteriors)
  }

  func assignment(_ values: [Int]) -> (key: String, value: JSON) {
    ("assignment", variables.assignment(values))
  }

  func marginal(of factor: Int, _ table: [Double]) -> JSON {
    variables.table(graph.factors[factor], table)
  }

  /// A row for each setting of the parents, as in the model.
  func parameters(_ slopes: [[Double]]) -> JSON {
    .object([
      (
        "variables",
        .array(
          zip(slopes, variables.cardinalities).map { slopes, count in
            .object([("table", .nested(slopes, [slopes.count / count, count]))])
          })
      )
    ])
  }

  func label(_ variable: Int, _ value: Int) -> String { variables.label(variable, value) }
}

extension BayesianNetworkSpec: OracleSpec {
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

extension NamedVariables {
  /// The marginals of each variable under its name, one object an observation.
  func marginals(_ posteriors: [FactorGraphPosterior]) -> JSON {
    .each(posteriors.map(\.marginals)) { byName($0.map(JSON.numbers)) }
  }

  /// The probabilities of a table with the names of its variables.
  func table(_ factor: FactorGraph.Factor, _ table: [Double]) -> JSON {
    .object([
      ("variables", .strings(factor.variables.map { names[$0] })),
      ("table", .nested(table, factor.variables.map { cardinalities[$0] })),
    ])
  }
}
