public import Exact
import GSL
import JSONText
import Models
import Probability

extension LinearDynamicalSpec: OracleSpec {
  /// It takes them where those of a double do not do.
  public var hasDoubledDigits: Bool { true }

  /// The evidence of each sequence, and the normal law of each of its states.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in
      isDriven
        ? try ExactAnswers(ofDriven: driven, request) : try ExactAnswers(of: sequences, request)
    }
    let posteriors = found.posteriors
    return OracleAnswer(
      found,
      members: [
        ("logEvidence", .numbers(found.logEvidence)),
        ("smoothedMeans", .array(posteriors.map { .matrix($0.meanRows) })),
        (
          "smoothedCovariances",
          .array(
            posteriors.map { posterior in
              .array((0..<posterior.length).map { .matrix(posterior.covariance(at: $0)) })
            })
        ),
      ],
      sections: evidenceLines(found.logEvidence)
        + sectionsOfFirst(posteriors) { $1.table(sequence: $0) })
  }
}

/// One line a sequence with its log evidence.
func evidenceLines(_ values: [Double]) -> [OracleSection] {
  values.enumerated().map { .line(label: "log p(y) of sequence \($0)", value: $1) }
}

/// What a person sees of the first sequences, and a word about the others.
func sectionsOfFirst<Posterior>(
  _ posteriors: [Posterior], section: (Int, Posterior) -> OracleSection
) -> [OracleSection] {
  let shown = 3
  let sections = posteriors.prefix(shown).enumerated().map { section($0, $1) }
  let rest = posteriors.count - sections.count
  if rest <= 0 { return sections }
  return sections + [.note("The posteriors of \(rest) more are in --json.")]
}

extension StateSpacePosterior {
  fileprivate var meanRows: [[Double]] { (0..<length).map(mean) }

  /// A row a step: each state's mean, and its standard deviation.
  fileprivate func table(sequence: Int) -> OracleSection {
    .table(
      title: "States of sequence \(sequence) given all of it: mean and standard deviation",
      columns: ["step"] + (0..<stateCount).flatMap { ["x\($0)", "± x\($0)"] },
      rows: (0..<length).map { step in
        let covariance = covariance(at: step)
        let values = mean(at: step).enumerated().flatMap { [$1, sqrt(covariance[$0][$0])] }
        return (label: "\(step)", values: values)
      })
  }
}
