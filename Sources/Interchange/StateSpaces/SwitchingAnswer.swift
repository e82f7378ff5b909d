public import Exact
import GSL
import JSONText
import Models
import Probability

extension SwitchingSpec: OracleSpec {
  /// It takes them where those of a double do not do.
  public var hasDoubledDigits: Bool { true }

  /// The evidence of each sequence, and the states of the chain step by step.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in
      try ExactAnswers(of: sequences, request)
    }
    return OracleAnswer(
      found,
      members: [
        ("logEvidence", .numbers(found.logEvidence)),
        ("stateMarginals", .array(found.posteriors.map { .matrix($0.stateMarginals) })),
      ],
      sections: evidenceLines(found.logEvidence)
        + sectionsOfFirst(found.posteriors) { $1.section(sequence: $0) })
  }

  /// The sums of brute force.
  public func sharedSums(_ request: ExactRequest) throws(ExactRefusal) -> SharedSums {
    try ExactAnswers<SwitchingPosterior>.sharedSums(of: sequences, request)
  }
}

extension SwitchingPosterior {
  /// Bars for one step, a row a step for more.
  fileprivate func section(sequence: Int) -> OracleSection {
    let title = "p(s_t = k | y), sequence \(sequence)"
    let modes = stateMarginals.first?.indices ?? 0..<0
    if stateMarginals.count == 1 {
      return .bars(title: title, labels: modes.map { "k = \($0)" }, values: stateMarginals[0])
    }
    return .table(
      title: title, columns: ["step"] + modes.map { "k = \($0)" },
      rows: stateMarginals.enumerated().map { (label: "\($0)", values: $1) })
  }
}
