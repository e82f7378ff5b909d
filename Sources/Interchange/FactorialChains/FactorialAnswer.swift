public import Exact
import JSONText
import Models
import Probability

extension FactorialSpec: OracleSpec {
  /// The evidence of each sequence, and the states of each chain.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in try ExactAnswers(of: sequences, request) }
    let marginals = found.posteriors.map(\.stateMarginals)
    var members: [(key: String, value: JSON)] = [("logEvidence", .numbers(found.logEvidence))]
    if keepsMarginals {
      members.append(("stateMarginals", .each(marginals) { .array($0.map { .matrix($0) }) }))
    }
    var sections = OracleSection.evidence(found.logEvidence, of: "sequence")
    if let index = marginals.firstIndex(where: { $0 != nil }), let first = marginals[index] {
      for (m, rows) in first.enumerated() {
        sections += OracleSection.table(
          "p(z_t = k | x) of chain \(m), sequence \(index)",
          columns: ["t"] + model.chains[m].initial.indices.map { "state \($0)" },
          count: rows.count
        ) { (label: "\($0)", values: rows[$0]) }
      }
    }
    return OracleAnswer(found, members: members, sections: sections)
  }

  /// The sums of brute force.
  public func sharedSums(_ request: ExactRequest) throws(ExactRefusal) -> SharedSums {
    try ExactAnswers<FactorialPosterior>.sharedSums(of: sequences, request)
  }

  /// Whether there are few enough of them.
  var keepsMarginals: Bool {
    let width = model.joint.sizes.reduce(0, +)
    return sequences.reduce(0) { $0 + $1.length } <= HiddenMarkovSpec.mostMarginals / width
  }
}
