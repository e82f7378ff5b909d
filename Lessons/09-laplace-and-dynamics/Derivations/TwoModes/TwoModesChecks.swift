import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `two-modes`: a posterior with two humps, and what one Gaussian makes of it.
enum TwoModesDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// H at a z.
    var hessian: @Sendable (TwoModesProblem, _ z: Double) -> Double
    /// The modes, from left to right.
    var modes: @Sendable (TwoModesProblem) -> [Double]
    /// Laplace's log-evidence with these modes, the sum of their Gaussian integrals.
    var evidence: @Sendable (TwoModesProblem, _ modes: [Double]) -> Double
    /// The ELBO of N(m, v).
    var elbo: @Sendable (TwoModesProblem, _ mean: Double, _ variance: Double) -> Double
  }

  typealias Check = LessonKit.Check<Parts, TwoModesProblem>

  static let checks: [Check] = [hessian, half, both, noBetter, modes, elbo]
}

extension TwoModesDerivation {
  static let hessian = Check(
    "hessian", "∂² log p(z, x)/∂z² ≈ (2 x − 6 z²)/s − 1",
    because:
      "a decoder as small as z² has its derivatives in closed form: getting H is not the trouble",
    claims: [.against("A-026")], as: .step
  ) { parts, problem in
    // A difference of order eight is exact for a polynomial of degree four, but for rounding.
    let weights = [-205.0 / 72, 8.0 / 5, -1.0 / 5, 8.0 / 315, -1.0 / 560]
    let t = 0.1
    var sum = CompensatedSum()
    for (k, weight) in weights.enumerated() {
      for sign in k == 0 ? [1.0] : [1, -1] {
        sum.add(weight * problem.logJoint(problem.place + sign * Double(k) * t))
      }
    }
    return .equal(
      parts.hessian(problem, problem.place),
      QuadratureValue(
        sum.value / (t * t),
        errorBound: 64 * Double.ulpOfOne * (4 / problem.noise + 8) / (t * t)))
  }

  static let modes = Check(
    "modes", "2 (x − ẑ²)/s = 1,  ẑ² = x − s/2",
    because: "the slope 2 z (x − z²)/s − z is zero at two places besides 0", as: .specialCase
  ) { parts, problem in
    .equal(
      parts.modes(problem).map { 2 * (problem.observed - $0 * $0) / problem.noise }, [1.0, 1],
      rounding: .of(
        terms: 16, size: 2 * problem.observed / problem.noise,
        because: "x and ẑ² nearly cancel, and what is left is divided by s"))
  }

  static let half = Check(
    "half", "log p(x, ẑ) + ½ log 2π − ½ log(−H) ≠ log p(x),  one ẑ: too low by nearly log 2",
    because: "one mode has half of the mass, however good the parabola is", claims: ["A-026"],
    as: .step
  ) { parts, problem in
    let exact = problem.posterior.logEvidence
    let right = Array(parts.modes(problem).suffix(1))
    return .different(
      parts.evidence(problem, right), exact,
      by: QuadratureValue(
        problem.logEvidenceOfOne - exact.value, errorBound: exact.errorBound),
      atLeast: 0.5 * log(2),
      rounding: .of(
        terms: 1 << 8, size: 2 / problem.noise, because: "x and ẑ² nearly cancel"))
  }

  static let both = Check(
    "both", "log Σ_ẑ e^(Laplace's log-evidence of ẑ) = Laplace's log-evidence of one + log 2",
    because: "the two humps are mirror images: counting them is all that was missing",
    as: .consequence
  ) { parts, problem in
    .equal(
      parts.evidence(problem, parts.modes(problem)), problem.logEvidenceOfOne + log(2),
      rounding: .of(
        terms: 1 << 8, size: 2 / problem.noise, because: "x and ẑ² nearly cancel"))
  }

  static let elbo = Check(
    "elbo",
    "ELBO(m, v) ≈ −½ log 2πs − (x² − 2 x (m² + v) + m⁴ + 6 m² v + 3 v²)/(2 s) − KL(q‖p(z))",
    because: "E_q[z⁴] of a Gaussian; KL(q‖p(z)) = ½ (m² + v − 1 − log v)", as: .specialCase,
    changing: { problem in [Given("m", 0.9 * problem.mode), Given("v", 2 * problem.variance)] }
  ) { parts, problem in
    let (mean, variance) = (0.9 * problem.mode, 2 * problem.variance)
    let bound = LatentLineBound(
      of: problem, at: GaussianCode(mean: mean, logSd: 0.5 * log(variance)))
    return .equal(
      parts.elbo(problem, mean, variance), bound.elbo,
      rounding: .of(
        terms: 1 << 8, size: 4 / problem.noise, because: "x² and E_q[z⁴] nearly cancel"))
  }

  static let noBetter = Check(
    "no-better", "ELBO(ẑ, 1/(−H)) ≤ log p(x),  by KL(q‖p(z|x)), nearly log 2 again",
    because: "q on one hump misses the other half; the bound then names the price, log 2",
    claims: ["A-026"], as: .consequence
  ) { parts, problem in
    let exact = problem.posterior.logEvidence
    let bound = LatentLineBound(
      of: problem, at: GaussianCode(mean: problem.mode, logSd: 0.5 * log(problem.variance)))
    return .atMost(
      parts.elbo(problem, problem.mode, problem.variance), exact,
      gap: exact.value - bound.elbo.value,
      rounding: .of(
        terms: 1 << 8, size: 4 / problem.noise, because: "x² and E_q[z⁴] nearly cancel"))
  }
}
