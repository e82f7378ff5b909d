public import Exact
import JSONText
import Models
import Probability

extension BayesianMixtureSpec: OracleSpec {
  /// It takes them always.
  public var hasDoubledDigits: Bool { true }

  /// The evidence, and which observations have one component.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in
      try ExactAnswers(of: mixture, observations, request)
    }
    let posterior = found.posteriors[0]
    return OracleAnswer(
      found,
      members: [
        ("logEvidence", .number(posterior.logEvidence.value)),
        ("coassignment", .matrix(posterior.coassignment)),
      ],
      sections: sections(posterior))
  }

  /// The sums of brute force.
  public func sharedSums(_ request: ExactRequest) throws(ExactRefusal) -> SharedSums {
    try ExactAnswers<BayesianMixturePosterior>.sharedSums(of: mixture, observations, request)
  }

  private func sections(_ found: BayesianMixturePosterior) -> [OracleSection] {
    let line = OracleSection.line(label: "log p(x)", value: found.logEvidence.value)
    guard !observations.isEmpty else { return [line] }
    let rows = found.coassignment.enumerated().map { number, row in
      (label: "\(number)", values: Optional(row))
    }
    return [
      line,
      .table(
        title: "P(same component | x)",
        columns: ["observation"] + observations.indices.map { "\($0)" }, rows: rows),
    ]
  }
}
