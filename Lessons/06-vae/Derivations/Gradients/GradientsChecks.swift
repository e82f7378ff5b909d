import LessonKit
import Models
import Probability
import Verification

/// Derivation `gradients`: the score function and the closed-form divergence, beside the path.
enum GradientsDerivation {
  /// What is judged: estimates from given noises.
  struct Parts: Sendable {
    /// The mean over draws of f(z) times the score.
    var score:
      @Sendable (_ model: LinearGaussian, _ code: GaussianCode, _ noises: [Double]) throws ->
        [Double]
    /// The likelihood along the path, the divergence in closed form.
    var analytic:
      @Sendable (_ model: LinearGaussian, _ code: GaussianCode, _ noises: [Double]) throws ->
        [Double]
  }

  typealias Check = LessonKit.Check<Parts, LineProblem>

  static let checks: [Check] = [scoreMean, scoreSpread, scoreOfTwo, analyticMean, analyticSpread]

  private static let wide = Rounding.of(
    size: 200, because: "squares of signals of up to 8 times draws of up to 5 cancel")

  static let scoreMean = Check(
    "score", "∇ELBO = (E[f(z) ε]/σ, E[f(z) (ε² − 1)])",
    because:
      "∂log q(z)/∂m = ε/σ and ∂log q(z)/∂s = ε² − 1: the score asks for no slope of the model",
    as: .specialCase
  ) { parts, problem in
    .equal(
      try problem.mean { (try? parts.score(problem.model, problem.code, [$0])) ?? [] },
      problem.gradient, rounding: wide)
  }

  static let scoreSpread = Check(
    "score-variance", "Var[f(z) ε]/σ² = E[f(z)² ε²]/σ² − E[g(z)]²",
    because: "f is not small where its slope is: the size of f is in it", as: .specialCase
  ) { parts, problem in
    let squares = try problem.mean { noise in
      let z = problem.code.latent(noise)
      let signal = problem.model.logJoint(z) - problem.code.logDensity(z)
      return [signal * signal * noise * noise]
    }
    let variance = problem.deviation * problem.deviation
    return .equal(
      try problem.variances {
        [((try? parts.score(problem.model, problem.code, [$0])) ?? [.nan])[0]]
      },
      [squares[0] / variance - problem.slopeAtMean * problem.slopeAtMean], rounding: wide)
  }

  static let scoreOfTwo = Check(
    "score-of-two", "½ f(z) ε + ½ f(m) 0 = ½ f(z) ε,  S = 2 and the second ε = 0",
    because: "a mean of draws; a draw without noise has no score by m", as: .specialCase
  ) { parts, problem in
    let (model, code, noise) = (problem.model, problem.code, problem.noises[0])
    let z = code.latent(noise)
    let signal = model.logJoint(z) - code.logDensity(z)
    return .equal(
      try parts.score(model, code, [noise, 0])[0] * code.deviation, 0.5 * signal * noise,
      rounding: wide)
  }

  static let analyticMean = Check(
    "closed-form", "∇ELBO = (E[h(z)] − m, E[h(z) ε] σ − σ² + 1)",
    because: "only log p(x|z) is drawn; −KL(q‖p(z)) has the slopes −m and 1 − σ²",
    as: .specialCase
  ) { parts, problem in
    .equal(
      try problem.mean { (try? parts.analytic(problem.model, problem.code, [$0])) ?? [] },
      problem.gradient, rounding: wide)
  }

  static let analyticSpread = Check(
    "closed-form-variance", "Var[h(z)] = (Λ − 1)² σ²",
    because: "the prior's part of the slope is no longer drawn", as: .specialCase
  ) { parts, problem in
    let slope = (problem.precision - 1) * problem.deviation
    return .equal(
      try problem.variances {
        [((try? parts.analytic(problem.model, problem.code, [$0])) ?? [.nan])[0]]
      }, [slope * slope], rounding: wide)
  }
}
