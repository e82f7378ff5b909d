public import Exact
import JSONText
import Models
import Probability

extension MixtureSpec: OracleSpec {
  /// Gaussians in several dimensions take them where those of a double do not do.
  public var hasDoubledDigits: Bool {
    switch family {
    case .multivariate: true
    case .product(let mixture, _): mixture.hasCovariances
    default: false
    }
  }

  /// The component that made each observation.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try found(request)
    let responsibilities = found.posteriors.map(\.responsibilities)
    return OracleAnswer(
      found,
      members: [
        ("logEvidence", .numbers(found.logEvidence)),
        ("responsibilities", .each(responsibilities) { .numbers($0) }),
      ],
      sections: sections(found.logEvidence, responsibilities))
  }

  /// The posterior of each observation, whatever the family.
  func found(_ request: ExactRequest) throws(OracleRefusal) -> ExactAnswers<MixturePosterior> {
    try asking { () throws(ExactRefusal) in
      switch family {
      case .poisson(let mixture, let data): try ExactAnswers(of: mixture, data, request)
      case .gaussian(let mixture, let data): try ExactAnswers(of: mixture, data, request)
      case .multivariate(let mixture, let data): try ExactAnswers(of: mixture, data, request)
      case .categorical(let mixture, let data): try ExactAnswers(of: mixture, data, request)
      case .product(let mixture, let data): try ExactAnswers(of: mixture, data, request)
      }
    }
  }

  private var labels: [String] {
    switch family {
    case .poisson(_, let data), .categorical(_, let data): data.map { "\($0)" }
    case .gaussian(_, let data): data.map { "\($0)" }
    case .multivariate(_, let data): data.map { "\($0)" }
    case .product(_, let data): data.map { "(\($0.map(MixtureSpec.text).joined(separator: ", ")))" }
    }
  }

  private static func text(_ value: ObservedValue?) -> String {
    switch value {
    case .whole(let whole): "\(whole)"
    case .number(let number): "\(number)"
    case .point(let point): "\(point)"
    case nil: "?"
    }
  }

  private func sections(
    _ evidence: [Double], _ responsibilities: [[Double]?]
  ) -> [OracleSection] {
    let labels = labels
    let names = (0..<componentCount).map { "k = \($0)" }
    let posterior = OracleSection.table(
      "p(z = k | x), the component that made each observation", columns: ["x"] + names,
      count: labels.count
    ) { (label: labels[$0], values: responsibilities[$0]) }
    return OracleSection.evidence(evidence, of: "observation") + (labels.isEmpty ? [] : posterior)
  }

  /// K.
  var componentCount: Int {
    switch family {
    case .poisson(let mixture, _): mixture.componentCount
    case .gaussian(let mixture, _): mixture.componentCount
    case .multivariate(let mixture, _): mixture.componentCount
    case .categorical(let mixture, _): mixture.componentCount
    case .product(let mixture, _): mixture.componentCount
    }
  }
}
