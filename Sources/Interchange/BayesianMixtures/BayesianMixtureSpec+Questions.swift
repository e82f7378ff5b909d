public import Exact
import JSONText
import Models
public import Probability

extension BayesianMixtureSpec {
  /// All observations have one posterior, so that each answer is one.
  public var questions: [OracleQuestion] { [.explanation, .samples, .counts, .gradient, .entropy] }

  /// Which component each observation has, how many have any, and how the evidence moves with the priors.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    switch question {
    case .counts:
      let found = try computing { try mixture.expectedSizes(observations, request) }
      return FurtherAnswer(
        .object([("sizes", .numbers(found.sizes)), ("clusters", .number(found.clusters))]),
        sections: [
          .line(label: "components that have an observation", value: found.clusters),
          .bars(
            title: "observations of each component", labels: found.sizes.indices.map { "\($0)" },
            values: found.sizes),
        ])
    case .gradient:
      let slopes = try computing { try mixture.slopes(observations, request) }
      guard slopes.flattened.allSatisfy(\.isFinite) else {
        throw .unanswered(.overflow("observations"))
      }
      let prior: [(key: String, value: JSON)] = [
        ("mean", .numbers(slopes.mean)), ("kappa", .number(slopes.kappa)),
        ("dof", .number(slopes.dof)), ("scale", .matrix(slopes.scale)),
      ]
      return FurtherAnswer(
        .object([("concentration", .numbers(slopes.concentration)), ("prior", .object(prior))]),
        sections: OracleSection.table(
          "gradient of log p(x), by each concentration", columns: ["component", "slope"],
          count: slopes.concentration.count
        ) { (label: "\($0)", values: [slopes.concentration[$0]]) })
    default:
      let law = try asking { () throws(ExactRefusal) in
        try mixture.hiddenLaw(observations, request)
      }
      return try hiddenStateAnswer(
        question, of: [law], as: .numbers("components", of: "data set"), samples: samples, &sampler
      ).single
    }
  }
}
