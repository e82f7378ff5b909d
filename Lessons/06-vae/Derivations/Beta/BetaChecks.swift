import GSL
import LessonKit
import Models
import Verification

/// Derivation `beta`: the divergence with a weight, on both sides of one; without it, an autoencoder.
enum BetaDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// E_q[log p(x|z)] − β KL(q‖p(z)).
    var objective:
      @Sendable (_ model: LinearGaussian, _ code: GaussianCode, _ beta: Double) -> Double
  }

  typealias Check = LessonKit.Check<Parts, LineProblem>

  static let checks: [Check] = [elbo, evidence, above, below, noise, autoencoder]

  private static let weights = [0.5, 4]

  static let elbo = Check(
    "from-the-elbo", "E_q[log p(x|z)] − β KL(q‖p(z)) = ELBO + (1 − β) KL(q‖p(z))",
    because: "one divergence belongs to the ELBO, and 1 − β are left", as: .step,
    changing: { _ in [Given("β", weights)] }
  ) { parts, problem in
    .equal(
      weights.map { parts.objective(problem.model, problem.code, $0) },
      weights.map { problem.elbo + (1 - $0) * problem.code.divergenceFromPrior }, rounding: wide)
  }

  static let evidence = Check(
    "from-the-evidence",
    "ELBO + (1 − β) KL(q‖p(z)) = log p(x) − KL(q‖p(z|x)) + (1 − β) KL(q‖p(z))",
    because: "the ELBO lies below log p(x) by KL(q‖p(z|x))", as: .step,
    changing: { _ in [Given("β", weights)] }
  ) { parts, problem in
    let code = problem.code
    return .equal(
      weights.map {
        parts.objective(problem.model, code, 1) + (1 - $0) * code.divergenceFromPrior
      },
      weights.map { problem.logEvidence - problem.gap + (1 - $0) * code.divergenceFromPrior },
      rounding: wide)
  }

  static let above = Check(
    "above-one", "log p(x) ≥ E_q[log p(x|z)] − 4 KL(q‖p(z))",
    because: "a β above 1 subtracts more: still a bound, and a looser one", as: .consequence
  ) { parts, problem in
    .atLeast(
      problem.logEvidence, parts.objective(problem.model, problem.code, 4),
      gap: problem.gap + 3 * problem.code.divergenceFromPrior, rounding: wide)
  }

  static let below = Check(
    "below-one", "E_q[log p(x|z)] − ½ KL(q‖p(z)) = log p(x) + ½ KL(q‖p(z)) if q(z) = p(z|x)",
    because: "a β below 1 passes log p(x): no bound", as: .consequence,
    changing: { problem in
      [
        Given("m", problem.atThePosterior.code.mean),
        Given("s", problem.atThePosterior.code.logSd),
      ]
    }
  ) { parts, problem in
    let there = problem.atThePosterior.code
    return .equal(
      parts.objective(problem.model, there, 0.5),
      problem.logEvidence + 0.5 * there.divergenceFromPrior, rounding: wide)
  }

  static let noise = Check(
    "as-noise",
    "E_q[log p(x|z)] − β KL(q‖p(z)) = β ELBO(β v) + ½ β log(2 π β v) − ½ log(2 π v)",
    because: "a parabola over β v, times β, is the parabola over v: β scales the noise",
    as: .consequence, changing: { _ in [Given("β", weights)] }
  ) { parts, problem in
    let v = problem.model.noise
    return .equal(
      weights.map { parts.objective(problem.model, problem.code, $0) },
      try weights.map { beta in
        let noisier = LineProblem(
          model: try LinearGaussian(
            slope: problem.model.slope, noise: beta * v, observed: problem.model.observed),
          code: problem.code, noises: problem.noises)
        return beta * noisier.elbo + 0.5 * beta * log(2 * Double.pi * beta * v)
          - 0.5 * log(2 * Double.pi * v)
      }, rounding: wide)
  }

  static let autoencoder = Check(
    "autoencoder", "E_q[log p(x|z)] = −½ log(2 π v) for a m = x and σ = 0",
    because: "without the divergence no a is better than another",
    as: .consequence,
    changing: { problem in
      let (a, x) = (problem.model.slope, problem.model.observed)
      return [Given("a", [a, 2 * a]), Given("m", [x / a, x / (2 * a)]), Given("σ", 0.0)]
    }
  ) { parts, problem in
    let (a, x, v) = (problem.model.slope, problem.model.observed, problem.model.noise)
    return .equal(
      try [a, 2 * a].map { slope in
        let model = try LinearGaussian(slope: slope, noise: v, observed: x)
        return parts.objective(model, GaussianCode(mean: x / slope, logSd: -40), 0)
      }, [a, 2 * a].map { _ in -0.5 * log(2 * Double.pi * v) }, rounding: wide)
  }

  private static let wide = Rounding.of(size: 60, because: "squares of up to 6 over a variance")
}
