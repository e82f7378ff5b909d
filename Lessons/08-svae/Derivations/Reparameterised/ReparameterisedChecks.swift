import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Derivation `reparameterised`: what a decoder that is no line asks for, from draws.
enum ReparameterisedDerivation {
  /// One draw of the slopes, and the potential that they make.
  struct Draw: Sendable {
    /// The slope in m.
    var mean: Double
    /// The slope in v.
    var variance: Double
    /// h*.
    var linear: Double
    /// J*.
    var precision: Double
  }

  /// What is judged.
  struct Parts: Sendable {
    /// What one noise ε makes of ∂/∂m and ∂/∂v of E_q[log p(y|x)].
    var draw: @Sendable (CurveProblem, _ noise: Double) throws -> Draw
  }

  typealias Check = LessonKit.Check<Parts, CurveProblem>

  static let checks: [Check] = [meanSlope, varianceSlope, price, asked]

  /// E_ε of something, by the trapezoid rule.
  private static func mean(
    _ problem: CurveProblem, _ parts: Parts, _ something: (Draw) -> Double
  ) throws -> Double {
    try CurveProblem.mean(under: NormalLaw(mean: 0, variance: 1), points: 113) { noise in
      something(try parts.draw(problem, noise))
    }.value
  }

  /// Integrands reach some hundreds where the noise is large and y is far.
  private static func rounding(_ problem: CurveProblem) -> Rounding {
    .of(
      terms: 1 << 10, size: 50 / problem.decoder.variance / problem.factor.variance,
      because: "slopes of steep curves under narrow noise are added with both signs")
  }
}

extension ReparameterisedDerivation {
  static let meanSlope = Check(
    "mean-slope", "∂E_q[ℓ(x)]/∂m = E_ε[ℓ′(x)],  x = m + √v ε",
    because: "ε does not know q; the derivative goes inside the mean", claims: ["A-136"],
    as: .step
  ) { parts, problem in
    .equal(
      try mean(problem, parts, \.mean), try problem.meanSlope(under: problem.factor),
      rounding: rounding(problem))
  }

  static let varianceSlope = Check(
    "variance-slope", "∂E_q[ℓ(x)]/∂v = E_ε[ℓ′(x) ε]/(2 √v)",
    because: "√v ε moves by ε/(2√v)", claims: ["A-136"], as: .step
  ) { parts, problem in
    // The same integral with the weight moved: E_q[ℓ ((x − m)²/v − 1)]/(2v).
    let (m, v) = (problem.factor.mean, problem.factor.variance)
    let score = try CurveProblem.mean(under: problem.factor, points: 113) { x in
      problem.decoder.logDensity(of: problem.output, at: Vector([x]))
        * ((x - m) * (x - m) / v - 1) / (2 * v)
    }
    return .equal(try mean(problem, parts, \.variance), score, rounding: rounding(problem))
  }

  static let price = Check(
    "price", "E_ε[ℓ′(x) ε]/(2 √v) = ½ E_q[ℓ′′(x)]",
    because: "integrate by parts: a Gaussian's slope is −ε times itself", as: .step
  ) { parts, problem in
    let curvature = try CurveProblem.mean(under: problem.factor, points: 113) {
      0.5 * problem.curvature($0)
    }
    return .equal(try mean(problem, parts, \.variance), curvature, rounding: rounding(problem))
  }

  static let asked = Check(
    "asked", "(h*, J*) = (E_q[ℓ′(x)] + m J*, −E_q[ℓ′′(x)])",
    because: "E_q[h* x − ½ J* x²] has the same slopes in m and v as E_q[ℓ(x)]", as: .step
  ) { parts, problem in
    let curvature = try CurveProblem.mean(under: problem.factor, points: 113) {
      problem.curvature($0)
    }
    let slope = try problem.meanSlope(under: problem.factor)
    return .equal(
      [try mean(problem, parts, \.linear), try mean(problem, parts, \.precision)],
      [slope.value - problem.factor.mean * curvature.value, -curvature.value],
      rounding: rounding(problem))
  }
}
