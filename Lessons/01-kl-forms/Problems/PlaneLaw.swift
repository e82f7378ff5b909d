import GSL
import Probability

/// A normal law in the plane whose arithmetic carries its rounding, with 2 × 2 matrices by hand.
struct PlaneLaw {
  /// μ.
  let mean: [ExactValue]
  /// Σ = (xx, xy; xy, yy).
  let covariance: (xx: ExactValue, xy: ExactValue, yy: ExactValue)

  /// The law as a list of numbers that are given.
  init(_ law: Gaussian) {
    mean = law.mean.map { ExactValue($0) }
    let entries = law.covariance.map { ExactValue($0) }
    covariance = (entries[0], entries[1], entries[3])
  }

  /// |Σ|.
  var determinant: ExactValue {
    covariance.xx * covariance.yy - covariance.xy * covariance.xy
  }

  /// The lower factor of Σ = L Lᵀ.
  var factor: (xx: ExactValue, yx: ExactValue, yy: ExactValue) {
    let xx = covariance.xx.squareRoot
    return (xx, covariance.xy / xx, (determinant / covariance.xx).squareRoot)
  }

  /// (x − μ)ᵀ Σ⁻¹ (x − μ).
  func squaredDistance(from x: [ExactValue]) -> ExactValue {
    let (dx, dy) = (x[0] - mean[0], x[1] - mean[1])
    let inner = covariance.yy * dx * dx - 2 * covariance.xy * dx * dy + covariance.xx * dy * dy
    return inner / determinant
  }

  /// log N(x; μ, Σ) = −½ [(x − μ)ᵀ Σ⁻¹ (x − μ) + log|Σ| + 2 log 2π].
  func logDensity(_ x: [ExactValue]) -> ExactValue {
    let constant = 2 * ExactValue(2 * Double.pi).logarithm
    return -0.5 * (squaredDistance(from: x) + determinant.logarithm + constant)
  }

  /// E[f(x)] by a tensor rule of three Gauss–Hermite nodes an axis.
  ///
  /// The nodes ±√3 with weight 1/6 and 0 with 2/3 are exact up to degree five.
  func expectation(_ value: ([ExactValue]) -> ExactValue) -> ExactValue {
    let root = ExactValue(3).squareRoot
    let nodes: [(at: ExactValue, weight: ExactValue)] = [
      (-root, 1 / ExactValue(6)), (0, 2 / ExactValue(3)), (root, 1 / ExactValue(6)),
    ]
    let l = factor
    return nodes.sum { a in
      nodes.sum { b in
        let x = [mean[0] + l.xx * a.at, mean[1] + l.yx * a.at + l.yy * b.at]
        return a.weight * b.weight * value(x)
      }
    }
  }

  /// KL(self‖p) = E[log q − log p], the mean of a quadratic.
  func expectedLogRatio(to p: PlaneLaw) -> ExactValue {
    expectation { logDensity($0) - p.logDensity($0) }
  }

  /// The eigenvalues r of Σ_p⁻¹Σ: the roots of r² − t r + d = 0 with its trace t and determinant d.
  ///
  /// L_p⁻¹ Σ L_p⁻ᵀ has the same ones and is symmetric, (a, b; b, c): there t² − 4d is the sum of
  /// squares (a − c)² + 4b², in which nothing cancels.
  func eigenvalues(relativeTo p: PlaneLaw) -> [ExactValue] {
    let l = p.factor
    let (s, t) = (covariance, l.yx / l.xx)
    let a = s.xx / (l.xx * l.xx)
    let b = (s.xy - t * s.xx) / (l.xx * l.yy)
    let c = (s.yy - 2 * t * s.xy + t * t * s.xx) / (l.yy * l.yy)
    let apart = ((a - c) * (a - c) + 4 * b * b).squareRoot
    let larger = 0.5 * (a + c + apart)
    return [larger, (determinant / p.determinant) / larger]
  }

  /// The divergence as the lecture prints it, with a whole quadratic term.
  ///
  /// ```
  /// ½ log|Σ_p|/|Σ_q| + ½ tr(Σ_p⁻¹Σ_q) + δᵀΣ_p⁻¹δ − ½d
  /// ```
  func printedDivergence(from p: PlaneLaw) -> ExactValue {
    let (s, t) = (covariance, p.covariance)
    let trace = (t.yy * s.xx - 2 * t.xy * s.xy + t.xx * s.yy) / p.determinant
    let logRatio = (p.determinant / determinant).logarithm
    return 0.5 * logRatio + 0.5 * trace + p.squaredDistance(from: mean) - 1
  }
}
