import LessonKit
import Models
import Verification

/// Derivation `frozen`: the sampled bound as a function, its draws held fixed.
enum FrozenDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The sampled bound of a code for noises that stay as they are.
    var objective:
      @Sendable (_ model: LinearGaussian, _ code: GaussianCode, _ noises: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, LineProblem>

  static let checks: [Check] = [mean, unbounded, several, printedSum, moved]

  static let mean = Check(
    "mean", "E[F] = ELBO", because: "for fixed m and s every draw is an unbiased one",
    claims: ["A-130", "A-180"], as: .consequence
  ) { parts, problem in
    .equal(
      try problem.mean { [parts.objective(problem.model, problem.code, [$0])] }, [problem.elbo],
      rounding: wide)
  }

  static let unbounded = Check(
    "unbounded", "F_1(z − σ′ ε_1, s′) − F_1(m, s) = s′ − s",
    because: "the draw stays at z, so log p(x,z) stays, and −log q(z) grows by s′ − s",
    claims: [.against("A-180")], as: .consequence,
    changing: { [Given("s′", $0.code.logSd + 2)] }
  ) { parts, problem in
    let noise = problem.noises[0]
    let z = problem.code.latent(noise)
    let wider = GaussianCode(
      mean: z - problem.deviation * exp2(noise), logSd: problem.code.logSd + 2)
    let before = parts.objective(problem.model, problem.code, [noise])
    let after = parts.objective(problem.model, wider, [noise])
    return .equal(after - before, 2.0, rounding: wide)
  }

  static let several = Check(
    "of-two", "F = ½ F_1 + ½ F_2 for two draws", because: "a mean, whatever their number",
    claims: [.inPlaceOf("A-177")], as: .specialCase
  ) { parts, problem in
    let alone = problem.noises.map { noise in
      let z = problem.code.latent(noise)
      return problem.model.logJoint(z) - problem.code.logDensity(z)
    }
    return .equal(
      parts.objective(problem.model, problem.code, problem.noises),
      0.5 * alone[0] + 0.5 * alone[1], rounding: wide)
  }

  static let printedSum = Check(
    "without-the-share", "printed: F_1 + F_2 ≠ F for two draws",
    because: "a sum of S draws is S times the bound that it stands for",
    claims: [.against("A-177")],
    as: .erratum
  ) { parts, problem in
    let alone = problem.noises.map { noise in
      let z = problem.code.latent(noise)
      return problem.model.logJoint(z) - problem.code.logDensity(z)
    }
    return .different(
      alone[0] + alone[1], parts.objective(problem.model, problem.code, problem.noises),
      by: 0.5 * alone[0] + 0.5 * alone[1], atLeast: 1e-9, rounding: wide)
  }

  static let moved = Check(
    "by-the-mean",
    "F(m + 1, s) − F(m, s) = ½ g(m + σ ε_1) + ½ g(m + σ ε_2) − ½ Λ,  S = 2",
    because: "log q(z) stays where only m moves, and log p(x, z) is a parabola in z",
    as: .consequence
  ) { parts, problem in
    let (model, code) = (problem.model, problem.code)
    let further = GaussianCode(mean: code.mean + 1, logSd: code.logSd)
    let slopes = problem.noises.map { model.jointSlope(code.latent($0)) }
    return .equal(
      parts.objective(model, further, problem.noises)
        - parts.objective(model, code, problem.noises),
      0.5 * slopes[0] + 0.5 * slopes[1] - 0.5 * problem.precision, rounding: wide)
  }

  private static let wide = Rounding.of(size: 40, because: "squares of draws of up to 8 cancel")

  /// e² ε: what the wider code multiplies the noise by.
  private static func exp2(_ noise: Double) -> Double { 7.38905609893065 * noise }
}
