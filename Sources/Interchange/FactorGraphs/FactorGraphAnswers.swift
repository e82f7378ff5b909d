import Exact
import JSONText
import Models
import Probability

/// A model that is a random field with evidence: what its kinds share.
protocol FactorGraphOracle {
  /// The field.
  var graph: FactorGraph { get }
  /// A value or nil for each variable, in each observation.
  var evidence: [[Int?]] { get }
  /// Whether the tables are conditional ones, so that Z is 1.
  var isNormalised: Bool { get }
  /// What an answer has beside the evidence.
  func members(_ posteriors: [FactorGraphPosterior]) -> [(key: String, value: JSON)]
  /// The states of all variables: the key that they stand under and themselves.
  func assignment(_ values: [Int]) -> (key: String, value: JSON)
  /// What the table of a factor tells, with what it is about.
  func marginal(of factor: Int, _ table: [Double]) -> JSON
  /// Whether the model's parameters are in the logarithms of its tables.
  var hasLogarithms: Bool { get }
  /// Slopes by every entry of every factor, or by its logarithm, in the shape of the model's keys.
  func parameters(_ slopes: [[Double]]) -> JSON
  /// "smoke = yes".
  func label(_ variable: Int, _ value: Int) -> String
}

extension FactorGraphOracle {
  /// Of most models, the entries themselves are the parameters.
  var hasLogarithms: Bool { false }

  /// The evidence of each observation and the marginals of all variables.
  func fieldAnswer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let nothing = [Int?](repeating: nil, count: graph.cardinalities.count)
    let found = try asking { () throws(ExactRefusal) in
      try ExactAnswers(
        of: graph, evidence: evidence + (isNormalised ? [] : [nothing]), request)
    }
    let posteriors = Array(found.posteriors.prefix(evidence.count))
    let logPartition =
      isNormalised ? 0 : try requirePossible(found.posteriors[evidence.count].logEvidence.value)
    let logEvidence = posteriors.map { $0.logEvidence.value - logPartition }
    let partition = isNormalised ? [] : [(key: "logPartition", value: JSON.number(logPartition))]
    return OracleAnswer(
      found,
      members: partition + [("logEvidence", .numbers(logEvidence))] + members(posteriors),
      sections: (isNormalised ? [] : [.line(label: "log Z", value: logPartition)])
        + OracleSection.evidence(logEvidence, of: "observation")
        + sections(posteriors.map(\.marginals)))
  }

  private func requirePossible(_ logPartition: Double) throws(OracleRefusal) -> Double {
    guard logPartition > -.infinity else {
      throw .uncomputed("factors: no state of all variables has a weight above 0")
    }
    return logPartition
  }

  /// The marginals of the first observation that has any.
  private func sections(_ marginals: [[[Double]]?]) -> [OracleSection] {
    guard let index = marginals.firstIndex(where: { $0 != nil }), let first = marginals[index]
    else { return [] }
    let rows = first.enumerated().flatMap { variable, row in
      row.enumerated().map { (label: label(variable, $0), values: Optional([$1])) }
    }
    let title = marginals.count == 1 ? "p(v | x)" : "p(v | x) of observation \(index)"
    return OracleSection.table(title, columns: ["variable", "p"], count: rows.count) { rows[$0] }
  }
}
