import Exact
import JSONText
import Models

extension LawSlopes {
  /// The slopes of all states, in the shape of the key `emission`.
  var emission: JSON {
    switch laws {
    case .categorical: ["probabilities": .matrix(rows)]
    case .poisson: ["rates": .numbers(rows.map { $0[0] })]
    case .gaussian:
      ["means": .numbers(rows.map { $0[0] }), "variances": .numbers(rows.map { $0[1] })]
    case .multivariate(let mixture):
      [
        "means": .matrix(rows.map { Array($0.prefix(mixture.dimension)) }),
        "covariances": .array(rows.indices.map { .matrix(covariance($0, mixture.dimension)) }),
      ]
    }
  }

  /// Those of a step: of several values, or of one.
  static func emission(_ factors: [LawSlopes], isList: Bool) -> JSON {
    let slopes = factors.map(\.emission)
    return isList ? ["factors": .array(slopes)] : slopes.first ?? .null
  }
}
