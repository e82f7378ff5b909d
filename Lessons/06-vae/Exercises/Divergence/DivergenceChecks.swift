import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `divergence`: the closed form that every program of this kind contains.
enum DivergenceExercise {
  /// What is written.
  struct Parts: Sendable {
    /// KL(q‖N(0, I)) for independent codes, from their means and the logarithms of their deviations.
    var divergence: @Sendable (_ means: [Double], _ logSds: [Double]) -> Double
  }

  /// Two codes.
  struct Problem: Sendable, Shown {
    let means: [Double]
    let logSds: [Double]

    /// Means .65 and −.3, deviations e^−.4 and e^.2.
    static let example = Problem(means: [0.65, -0.3], logSds: [-0.4, 0.2])

    static func random(_ cases: inout Cases) throws -> Problem {
      Problem(
        means: try cases.reals(2, from: 0.3, to: 1.8),
        logSds: try cases.reals(2, from: -1.2, to: -0.2))
    }

    var givens: [Given] { [Given("m", means), Given("s", logSds)] }

    var codes: [GaussianCode] {
      zip(means, logSds).map { GaussianCode(mean: $0, logSd: $1) }
    }
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [expectation, closed, alone, nothing, moved]

  static let expectation = Check(
    "expectation", "KL(q‖p(z)) = E_q[log q(z) − log p(z)]",
    because: "the definition; both logarithms are parabolas, so eight points are exact",
    claims: ["A-084"], as: .step
  ) { parts, problem in
    let rule = try FixedRule.gaussHermite(count: 8)
    let mean = problem.codes.reduce(0.0) { total, code in
      total
        + rule.sum { noise in
          let z = code.latent(noise)
          return code.logDensity(z) + 0.5 * (z * z + log(2 * Double.pi))
        }
    }
    return .equal(parts.divergence(problem.means, problem.logSds), mean, rounding: wide)
  }

  static let closed = Check(
    "closed", "E_q[log q(z) − log p(z)] = ½ Σ_i (m_i² + σ_i² − 1 − 2 s_i)",
    because: "E_q[z_i²] = m_i² + σ_i², and the entropy grows by s_i", as: .step
  ) { parts, problem in
    let terms = zip(problem.means, problem.logSds).map { m, s in
      m * m + exp(2 * s) - 1 - 2 * s
    }
    return .equal(
      parts.divergence(problem.means, problem.logSds), 0.5 * terms.reduce(0, +), rounding: wide)
  }

  static let alone = Check(
    "one-latent", "KL(q‖p(z)) = ½ (m_1² + σ_1² − 1 − 2 s_1) if there is one latent",
    because: "one term of the sum, whatever stands beside it", as: .specialCase,
    changing: { [Given("m", $0.means[0]), Given("s", $0.logSds[0])] }
  ) { parts, problem in
    let (m, s) = (problem.means[0], problem.logSds[0])
    return .equal(
      parts.divergence([m], [s]), 0.5 * (m * m + exp(2 * s) - 1 - 2 * s), rounding: wide)
  }

  static let nothing = Check(
    "at-the-prior", "1 + KL(q‖p(z)) = 1 if q(z) = p(z)",
    because: "a divergence from itself", as: .specialCase,
    changing: { _ in [Given("m", [0.0, 0.0]), Given("s", [0.0, 0.0])] }
  ) { parts, _ in .equal(1 + parts.divergence([0, 0], [0, 0]), 1.0, rounding: wide) }

  static let moved = Check(
    "by-the-means", "KL(q‖p(z)) − KL(q_0‖p(z)) = ½ Σ_i m_i²",
    because: "the two codes differ in their means, and what does not contain m_i cancels",
    as: .consequence
  ) { parts, problem in
    let zeros = problem.means.map { _ in 0.0 }
    return .equal(
      parts.divergence(problem.means, problem.logSds) - parts.divergence(zeros, problem.logSds),
      0.5 * problem.means.reduce(0) { $0 + $1 * $1 }, rounding: wide)
  }

  private static let wide = Rounding.of(size: 8, because: "squares of means of up to 1.8")
}
