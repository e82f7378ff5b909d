import Exact
import GSL
import LessonKit
import Probability
import Verification

/// Derivation `exponential-family`: the sleep rule of a recognition network that gives mean
/// parameters.
enum ExponentialFamilyDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The mean step for φ = (m, log v).
    var step: @Sendable (GaussianSleep) throws -> [Double]
    /// The mean step as the lecture prints it.
    var printed: @Sendable (GaussianSleep) throws -> [Double]
    /// f(m, v), the mean parameters.
    var mean: @Sendable (_ m: Double, _ v: Double) -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, GaussianSleep>

  static let checks: [Check] = [rightRule, slopeOfLogQ, notAsPrinted, whichMean]

  static let rightRule = Check(
    "right-rule", "E[Δφ] = (∂f/∂φ)ᵀ Cov_q(s)⁻¹ (E_p[s] − f)",
    because: "∂log q/∂η = s − f, and ∂f/∂η = Cov_q(s) is divided out",
    claims: [.inPlaceOf("A-171")], as: .step
  ) { parts, problem in
    let v = ExactValue(problem.v)
    let m = ExactValue(problem.m)
    let cov = (v, 2 * m * v, 4 * m * m * v + 2 * v * v)
    let determinant = cov.0 * cov.2 - cov.1 * cov.1
    let (e1, e2) = (
      ExactValue(problem.target[0]) - m, ExactValue(problem.target[1]) - m * m - v
    )
    let slope1 = (cov.2 * e1 - cov.1 * e2) / determinant
    let slope2 = (cov.0 * e2 - cov.1 * e1) / determinant
    return .equal(
      try parts.step(problem), [slope1 + 2 * m * slope2, v * slope2],
      rounding: .of(
        size: problem.size, because: "a system with a nearly singular matrix is solved"))
  }

  static let slopeOfLogQ = Check(
    "slope-of-log-q", "(∂f/∂φ)ᵀ Cov_q(s)⁻¹ (E_p[s] − f) = E_p[∇_φ log q(z)]",
    because: "both are the slope of −KL(p‖q) by φ", claims: [.inPlaceOf("A-171")], as: .step
  ) { parts, problem in
    .equal(
      try parts.step(problem), problem.slopes,
      rounding: .of(
        size: problem.size, because: "a system with a nearly singular matrix is solved"))
  }

  static let notAsPrinted = Check(
    "not-as-printed", "(∂f/∂φ)ᵀ (E_p[s] − f) ≠ E_p[∇_φ log q(z)]",
    because: "without Cov_q(s)⁻¹ the step is another one, in length and in direction",
    claims: [.against("A-171")], as: .erratum
  ) { parts, problem in
    let m = ExactValue(problem.m)
    let v = ExactValue(problem.v)
    let (e1, e2) = (
      ExactValue(problem.target[0]) - m, ExactValue(problem.target[1]) - m * m - v
    )
    let printed = [e1 + 2 * m * e2, v * e2]
    return .different(
      try parts.printed(problem), problem.slopes, by: zip(printed, problem.slopes).map { $0 - $1 },
      atLeast: 1e-9, rounding: .of(size: problem.size, because: "squares of that size"))
  }

  static let whichMean = Check(
    "which-mean", "f(m, 4v) ≠ f(m, v)",
    because: "E_q[z] = m is the same for both; f = E_q[s(z)] has E_q[z²] = m² + v too",
    claims: [.against("A-171")], as: .consequence
  ) { parts, problem in
    .different(
      parts.mean(problem.m, 4 * problem.v), parts.mean(problem.m, problem.v),
      by: [ExactValue(0), 3 * ExactValue(problem.v)], atLeast: 1e-9,
      rounding: .of(size: problem.size, because: "squares of that size"))
  }
}

/// A Gaussian q over one real latent, s(z) = (z, z²), and the mean statistics of dreams.
struct GaussianSleep: Sendable, Shown {
  /// The mean of q.
  let m: Double
  /// The logarithm of its variance, the second parameter.
  let logVariance: Double
  /// E_p[s(z)] over dreams.
  let target: [Double]

  /// Erratum E-038.
  static let example = GaussianSleep(m: 0.2, logVariance: -0.3, target: [0.7, 1.9])

  /// Moments of some law: the second is above the square of the first.
  static func random(_ cases: inout Cases) throws -> GaussianSleep {
    let first = try cases.real(from: -1, to: 1)
    return GaussianSleep(
      m: try cases.real(from: -1, to: 1), logVariance: try cases.real(from: -1, to: 1),
      target: [first, first * first + (try cases.real(from: 0.2, to: 3))])
  }

  /// v.
  var v: Double { exp(logVariance) }

  /// How large the numbers are that cancel.
  var size: Double { 16 * (1 + target[1]) * (1 + v) * (1 + 1 / (v * v)) }

  /// E_p[∇_φ log q] for log q = −½ log v − (z − m)²/(2v).
  var slopes: [ExactValue] {
    let (mean, variance) = (ExactValue(m), ExactValue(v, roundingBound: 2 * Double.ulpOfOne * v))
    let (first, second) = (ExactValue(target[0]), ExactValue(target[1]))
    let square = second - 2 * mean * first + mean * mean
    return [(first - mean) / variance, (square / variance - 1) / 2]
  }

  /// q and the target.
  var givens: [Given] {
    [
      Given("φ", [m, logVariance]), Given("E_p[s]", target),
      Given("s(z)", words: "(z, z²), φ = (m, log v)"),
    ]
  }
}
