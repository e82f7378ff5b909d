public import Exact
import JSONText
import Models
import Probability

extension SpanningTreeSpec: OracleSpec {
  /// The partition function, and the share of the trees that each edge is in.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in
      try ExactAnswers(of: model, request)
    }
    let posterior = found.posteriors[0]
    let (logPartition, marginals) = (posterior.logPartition.value, posterior.edgeMarginals ?? [])
    return OracleAnswer(
      found,
      members: [("logPartition", .number(logPartition)), ("edgeMarginals", .matrix(marginals))],
      sections: sections(logPartition, marginals))
  }

  /// The sums of brute force.
  public func sharedSums(_ request: ExactRequest) throws(ExactRefusal) -> SharedSums {
    try ExactAnswers<SpanningTreePosterior>.sharedSums(of: model, request)
  }

  private func sections(_ logPartition: Double, _ marginals: [[Double]]) -> [OracleSection] {
    let words = model.wordCount
    return [.line(label: "log Z", value: logPartition)]
      + OracleSection.table(
        "share of the trees in which head h has modifier m",
        columns: ["head"] + (1...words).map { "m = \($0)" }, count: words + 1
      ) { head in
        (label: head == 0 ? "root" : "\(head)", values: Array(marginals[head].dropFirst()))
      }
  }
}
