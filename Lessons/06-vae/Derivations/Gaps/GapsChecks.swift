import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `gaps`: what the family of codes loses, and what the encoder loses within it.
enum GapsDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The best pair of independent codes.
    var best: @Sendable (_ problem: Problem) -> [GaussianCode]
    /// The bound of a pair of codes.
    var bound: @Sendable (_ problem: Problem, _ codes: [GaussianCode]) -> Double
  }

  /// Two latents, one number seen, and the codes that some encoder gave.
  ///
  /// ```
  /// z_1, z_2 ~ N(0, 1),  x | z ~ N(a_1 z_1 + a_2 z_2, v)
  /// ```
  struct Problem: Sendable, Shown {
    let a: [Double]
    let v: Double
    let x: Double
    let codes: [GaussianCode]

    static let example = Problem(
      a: [1.2, 0.7], v: 0.5, x: 1.4,
      codes: [GaussianCode(mean: 0.4, logSd: -0.4), GaussianCode(mean: 0.6, logSd: -0.1)])

    static func random(_ cases: inout Cases) throws -> Problem {
      let means = try cases.reals(2, from: -0.8, to: 0.2)
      let logs = try cases.reals(2, from: -0.2, to: 0.3)
      return Problem(
        a: try cases.reals(2, from: 0.7, to: 1.6), v: try cases.real(from: 0.3, to: 1),
        x: try cases.real(from: 0.5, to: 1.8),
        codes: zip(means, logs).map { GaussianCode(mean: $0, logSd: $1) })
    }

    var givens: [Given] {
      [
        Given("a_1, a_2", a), Given("v", v), Given("x", x),
        Given("m_1, m_2", codes.map(\.mean)), Given("s_1, s_2", codes.map(\.logSd)),
      ]
    }

    /// a_1² + a_2² + v, the variance of x.
    var total: Double { a[0] * a[0] + a[1] * a[1] + v }
    /// J, the precision of p(z|x): J_11, J_22, J_12.
    var precision: [Double] { [1 + a[0] * a[0] / v, 1 + a[1] * a[1] / v, a[0] * a[1] / v] }
    var determinant: Double { precision[0] * precision[1] - precision[2] * precision[2] }
    var logEvidence: Double { -0.5 * (log(2 * Double.pi * total) + x * x / total) }

    /// KL(q‖p(z|x)) of independent codes.
    func gap(_ codes: [GaussianCode]) -> Double {
      let (shift, widths) = (shift(codes), widths(codes))
      return 0.5 * (widths[0] + widths[1] - 2 - log(determinant)) + shift
        - codes[0].logSd - codes[1].logSd
    }

    /// ½ (m − μ)ᵀ J (m − μ).
    func shift(_ codes: [GaussianCode]) -> Double {
      let off = [0, 1].map { codes[$0].mean - a[$0] * x / total }
      return 0.5 * (precision[0] * off[0] * off[0] + precision[1] * off[1] * off[1])
        + precision[2] * off[0] * off[1]
    }

    /// KL(q′‖p(z|x)), what the best independent codes lose.
    var familyLoss: Double { 0.5 * log(precision[0] * precision[1] / determinant) }

    /// ELBO(q′) − ELBO(q), what these codes lose to the best.
    var encoderLoss: Double { gap(codes) - familyLoss }

    /// J_ii σ_i².
    func widths(_ codes: [GaussianCode]) -> [Double] {
      [0, 1].map { precision[$0] * codes[$0].deviation * codes[$0].deviation }
    }
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [two, family, encoder]

  static let two = Check(
    "two-losses", "log p(x) − ELBO(q) = KL(q′‖p(z|x)) + ELBO(q′) − ELBO(q)",
    because: "log p(x) is the bound of q′ plus the divergence of q′", as: .step
  ) { parts, problem in
    let best = parts.best(problem)
    let there = parts.bound(problem, best)
    return .equal(
      problem.logEvidence - parts.bound(problem, problem.codes),
      problem.gap(best) + there - parts.bound(problem, problem.codes), rounding: wide)
  }

  static let family = Check(
    "of-the-family",
    "KL(q′‖p(z|x)) + ELBO(q′) − ELBO(q) = ½ log(J_11 J_22/|J|) + ELBO(q′) − ELBO(q)",
    because: "the best q′ has the posterior's means and the variances 1/J_ii", as: .step
  ) { parts, problem in
    let best = parts.best(problem)
    let rest = parts.bound(problem, best) - parts.bound(problem, problem.codes)
    let lost = 0.5 * log(problem.precision[0] * problem.precision[1] / problem.determinant)
    return .equal(problem.gap(best) + rest, lost + rest, rounding: wide)
  }

  static let encoder = Check(
    "of-the-encoder",
    "ELBO(q′) − ELBO(q) = ½ (m − m′)ᵀ J (m − m′) + ½ Σ_i (J_ii σ_i² − 1 − log(J_ii σ_i²))",
    because: "the bound is a parabola in the means, and each width has its own term",
    as: .consequence
  ) { parts, problem in
    let widths = problem.widths(problem.codes)
    return .equal(
      parts.bound(problem, parts.best(problem)) - parts.bound(problem, problem.codes),
      problem.shift(problem.codes) + 0.5 * widths.reduce(0) { $0 + $1 - 1 - log($1) },
      rounding: wide)
  }

  private static let wide = Rounding.of(size: 60, because: "squares of up to 6 over a variance")
}
