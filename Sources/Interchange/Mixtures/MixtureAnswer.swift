public import Exact
import JSONText
import Models
import Probability

extension MixtureSpec: OracleSpec {
  /// Gaussians in several dimensions take them where those of a double do not do.
  public var hasDoubledDigits: Bool { if case .multivariate = family { true } else { false } }

  /// The component that made each observation.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    switch family {
    case .poisson(let mixture, let data): try answer(mixture, data, request)
    case .gaussian(let mixture, let data): try answer(mixture, data, request)
    case .multivariate(let mixture, let data): try answer(mixture, data, request)
    case .categorical(let mixture, let data): try answer(mixture, data, request)
    }
  }

  private func answer<M: Mixture>(
    _ mixture: M, _ data: [M.Datum], _ request: ExactRequest
  ) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in
      try ExactAnswers(of: mixture, data, request)
    }
    let responsibilities = found.posteriors.map(\.responsibilities)
    return OracleAnswer(
      found,
      members: [
        ("logEvidence", .numbers(found.logEvidence)),
        ("responsibilities", .each(responsibilities) { .numbers($0) }),
      ],
      sections: sections(data, found.logEvidence, responsibilities, mixture.componentCount))
  }

  private func sections<Datum>(
    _ data: [Datum], _ evidence: [Double], _ responsibilities: [[Double]?], _ components: Int
  ) -> [OracleSection] {
    let names = (0..<components).map { "k = \($0)" }
    let posterior = OracleSection.table(
      "p(z = k | x), the component that made each observation", columns: ["x"] + names,
      count: data.count
    ) { (label: "\(data[$0])", values: responsibilities[$0]) }
    return OracleSection.evidence(evidence, of: "observation") + (data.isEmpty ? [] : posterior)
  }
}
