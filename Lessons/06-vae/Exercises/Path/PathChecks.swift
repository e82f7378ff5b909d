import GSL
import LessonKit
import Models
import Networks
import Verification
import _Differentiation

/// Exercise `path`: the gradient along the path of a draw.
enum PathExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The two components of the estimate for one noise.
    var terms:
      @Sendable (_ model: LinearGaussian, _ code: GaussianCode, _ noise: Double) -> [Double]
    /// One estimate from those of several noises.
    var average: @Sendable (_ estimates: [[Double]]) -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, LineProblem>

  static let checks: [Check] = [inside, total, pointwise, printedSign, spread, several, origin]

  static let inside = Check(
    "inside", "∇ELBO = E[∇f(m + σ ε)]",
    because: "the distribution of the noise does not contain m and s",
    claims: ["A-033", "A-035", "A-036"], as: .step
  ) { parts, problem in
    .equal(
      try problem.mean { parts.terms(problem.model, problem.code, $0) }, problem.gradient,
      rounding: wide)
  }

  static let total = Check(
    "total", "E[∇f(m + σ ε)] = (E[g(z)], E[g(z) σ ε] + 1)",
    because: "log q gives 1 by s and nothing by m, along path and directly together",
    claims: ["A-131", "A-176", .inPlaceOf("A-179")], as: .step
  ) { parts, problem in
    let expected = try problem.mean { noise in
      let slope = problem.model.jointSlope(problem.code.latent(noise))
      return [slope, slope * problem.deviation * noise + 1]
    }
    return .equal(
      try problem.mean { parts.terms(problem.model, problem.code, $0) }, expected, rounding: wide)
  }

  static let pointwise = Check(
    "for-each-draw", "∇f(m + σ ε) = (g(z), g(z) σ ε + 1)",
    because: "the chain rule, for each noise: −∂log q/∂m cancels the path through log q",
    claims: ["A-037", .inPlaceOf("A-179")], as: .consequence
  ) { parts, problem in
    .equal(
      problem.noises.flatMap { parts.terms(problem.model, problem.code, $0) },
      problem.noises.flatMap { differentiated(problem, $0) }, rounding: wide)
  }

  /// ∂log q(z; m, s)/∂(m, s) at z = m + σ ε is (ε/σ, ε² − 1).
  static let printedSign = Check(
    "printed-sign", "printed: g(z) ∂z/∂m − ∂_z log q ∂z/∂m + ∂log q/∂m ≠ ∂f/∂m",
    because: "f has −log q in it, and so its direct term has a minus; the same by s",
    claims: [.against("A-179")],
    as: .erratum
  ) { parts, problem in
    let printed = problem.noises.flatMap { noise -> [Double] in
      let slope = problem.model.jointSlope(problem.code.latent(noise))
      let deviation = problem.deviation
      // −∂_z log q = ε/σ along the path, and the direct terms as printed.
      return [
        slope + noise / deviation + noise / deviation,
        (slope + noise / deviation) * deviation * noise + noise * noise - 1,
      ]
    }
    return .different(
      printed, problem.noises.flatMap { parts.terms(problem.model, problem.code, $0) },
      by: problem.noises.flatMap { [2 * $0 / problem.deviation, 2 * ($0 * $0 - 1)] },
      atLeast: 1e-9, rounding: wide)
  }

  static let spread = Check(
    "variance", "Var[g(z)] = Λ² σ²",
    because: "g is a line in z with the slope −Λ, and Var[z] = σ²", claims: ["A-132"],
    as: .consequence
  ) { parts, problem in
    let found = try problem.variances { [parts.terms(problem.model, problem.code, $0)[0]] }
    let slope = problem.precision * problem.deviation
    return .equal(found, [slope * slope], rounding: wide)
  }

  static let several = Check(
    "several", "(1/S) Σ_j ∇f(m + σ ε_j) = ½ ∇f(m + σ ε_1) + ½ ∇f(m + σ ε_2),  S = 2",
    because: "a mean of draws, not their sum", claims: [.inPlaceOf("A-177")], as: .specialCase
  ) { parts, problem in
    let slopes = problem.noises.map { differentiated(problem, $0) }
    return .equal(
      parts.average(problem.noises.map { parts.terms(problem.model, problem.code, $0) }),
      [0, 1].map { 0.5 * slopes[0][$0] + 0.5 * slopes[1][$0] }, rounding: wide)
  }

  static let origin = Check(
    "at-zero", "∇f(m + σ ε) = (a x/v, 1) if m = 0 and ε = 0",
    because: "at z = 0 the prior does not pull, and a width without noise does nothing",
    as: .specialCase, changing: { _ in [Given("m", 0.0), Given("ε", 0.0)] }
  ) { parts, problem in
    let (model, code) = (problem.model, GaussianCode(mean: 0, logSd: problem.code.logSd))
    return .equal(
      parts.terms(model, code, 0), [model.slope * model.observed / model.noise, 1],
      rounding: wide)
  }

  private static let wide = Rounding.of(
    size: 20, because: "squares of draws of up to 5, a precision of up to 8, cancel")

  /// ∇f(m + e^s ε) by automatic differentiation of f as it is written.
  private static func differentiated(_ problem: LineProblem, _ noise: Double) -> [Double] {
    let (model, code) = (problem.model, problem.code)
    let (a, v, x) = (model.slope, model.noise, model.observed)
    let (m, s) = gradient(at: code.mean, code.logSd) { m, s in
      let z = m + exp(s) * noise
      let residual = x - a * z
      let logJoint = -0.5 * (residual * residual / v + z * z)
      let standard = (z - m) / exp(s)
      return logJoint + 0.5 * standard * standard + s
    }
    return [m, s]
  }
}
