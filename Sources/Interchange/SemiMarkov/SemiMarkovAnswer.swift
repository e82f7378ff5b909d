public import Exact
import JSONText
import Models
import Probability

extension SemiMarkovSpec: OracleSpec {
  /// The evidence of each sequence, and the state of each step.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in try ExactAnswers(of: sequences, request) }
    let marginals = found.posteriors.map(\.stateMarginals)
    var members: [(key: String, value: JSON)] = [("logEvidence", .numbers(found.logEvidence))]
    if keepsMarginals {
      members.append(("stateMarginals", .each(marginals) { .matrix($0) }))
    }
    var sections = OracleSection.evidence(found.logEvidence, of: "sequence")
    if let index = marginals.firstIndex(where: { $0 != nil }), let first = marginals[index] {
      sections += OracleSection.table(
        "p(k_t = k | x) of sequence \(index)",
        columns: ["t"] + model.initial.indices.map { "state \($0)" }, count: first.count
      ) { (label: "\($0)", values: first[$0]) }
    }
    return OracleAnswer(found, members: members, sections: sections)
  }

  /// Whether there are few enough of them.
  var keepsMarginals: Bool {
    sequences.reduce(0) { $0 + $1.length } <= HiddenMarkovSpec.mostMarginals / model.stateCount
  }
}
