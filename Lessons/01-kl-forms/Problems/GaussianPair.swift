import GSL
import LessonKit
import Probability

/// Two normal laws in the plane.
struct GaussianPair: Sendable {
  /// The law under which the expectation is taken.
  let q: Gaussian
  /// The law it is compared with.
  let p: Gaussian

  /// The lecture's pair of laws, of which the ledger has the numbers.
  static func lecture() throws -> GaussianPair {
    GaussianPair(
      q: try Gaussian(mean: [0.5, -1], covariance: [1.2, 0.3, 0.3, 0.5]),
      p: try Gaussian(mean: [-0.3, 0.7], covariance: [2, -0.4, -0.4, 1]))
  }

  /// The means lie on two sides of zero, so they differ from each other and from zero.
  static func random(_ cases: inout Cases) throws -> GaussianPair {
    GaussianPair(q: try .random(side: 1, &cases), p: try .random(side: -1, &cases))
  }
}

extension GaussianPair: Shown {
  /// Means and covariances.
  var givens: [Given] {
    [
      Given("μ_q", q.mean), Given("C_q", GaussianPair.rows(q)), Given("μ_p", p.mean),
      Given("C_p", GaussianPair.rows(p)),
    ]
  }

  /// The covariance, a list a row.
  static func rows(_ law: Gaussian) -> [[Double]] {
    let d = law.dimension
    return (0..<d).map { Array(law.covariance[($0 * d)..<(($0 + 1) * d)]) }
  }
}

extension Gaussian {
  /// N(0, I) in the plane.
  static func standardInThePlane() throws -> Gaussian {
    try Gaussian(mean: [0, 0], covariance: [1, 0, 0, 1])
  }

  /// A random normal law in the plane, L Lᵀ with a positive diagonal.
  fileprivate static func random(side: Double, _ cases: inout Cases) throws -> Gaussian {
    let mean = try cases.reals(2, from: 0.1, to: 2).map { side * $0 }
    let a = try cases.real(from: 0.5, to: 1.5)
    let b = try cases.real(from: -0.7, to: 0.7)
    let c = try cases.real(from: 0.5, to: 1.6)
    return try Gaussian(mean: mean, covariance: [a * a, a * b, a * b, b * b + c * c])
  }
}
