public import Exact
import JSONText
import Models
import Probability

extension BeliefNetworkSpec: OracleSpec {
  /// The evidence and the marginals of the top units, for every observation.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in
      try ExactAnswers(of: network, observations, request)
    }
    let marginals = found.posteriors.map(\.topMarginals)
    return OracleAnswer(
      found,
      members: [
        ("logEvidence", .numbers(found.logEvidence)), ("posteriorMarginals", .matrix(marginals)),
      ],
      sections: sections(found.logEvidence, marginals))
  }

  /// The sums of brute force.
  public func sharedSums(_ request: ExactRequest) throws(ExactRefusal) -> SharedSums {
    try ExactAnswers<BeliefNetworkPosterior>.sharedSums(of: network, observations, request)
  }

  private func sections(_ logEvidence: [Double], _ marginals: [[Double]]) -> [OracleSection] {
    let units = network.bias.indices.map { "unit \($0)" }
    if logEvidence.count == 1 {
      return [
        .line(label: "log p(x)", value: logEvidence[0]),
        .bars(title: "P(top unit on | x)", labels: units, values: marginals[0]),
      ]
    }
    let rows = zip(logEvidence, marginals).enumerated().map { number, answer in
      (label: "\(number)", values: Optional([answer.0] + answer.1))
    }
    return [
      .table(
        title: "log p(x) and P(top unit on | x)", columns: ["observation", "log p(x)"] + units,
        rows: rows)
    ]
  }
}
