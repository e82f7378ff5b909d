import GSL
import LessonKit
import Models
import Verification
import _Differentiation

/// Derivation `weighted`: the bound of K draws, its gradient, and the one of less noise.
enum WeightedDerivation {
  /// What one set of draws says.
  struct Sample: Sendable {
    var value: Double
    var gradient: [Double]
    var doubly: [Double]
  }

  /// What is judged.
  struct Parts: Sendable {
    /// L̂ and both gradients for given noises.
    var sample:
      @Sendable (_ model: LinearGaussian, _ code: GaussianCode, _ noises: [Double]) -> Sample
  }

  typealias Check = LessonKit.Check<Parts, LineProblem>

  static let checks: [Check] = [value, slope, squares, home, quiet]

  private static let wide = Rounding.of(size: 60, because: "squares of draws of up to 8 cancel")

  static let value = Check(
    "value", "e^(L̂) = ½ e^(f(m + σ ε_1)) + ½ e^(f(m + σ ε_2)),  K = 2",
    because: "the logarithm of the mean weight", as: .specialCase
  ) { parts, problem in
    let signals = problem.noises.map(problem.signal)
    return .equal(
      exp(parts.sample(problem.model, problem.code, problem.noises).value),
      0.5 * exp(signals[0]) + 0.5 * exp(signals[1]), rounding: wide)
  }

  static let slope = Check(
    "slope", "∇L̂ = Σ_k w̄_k ∇f(m + σ ε_k),  K = 2",
    because: "a logarithm of a sum is differentiated: each term with its share", as: .consequence
  ) { parts, problem in
    .equal(
      problem.differentiatedBound(),
      parts.sample(problem.model, problem.code, problem.noises).gradient, rounding: wide)
  }

  static let squares = Check(
    "squares", "ĝ = Σ_k w̄_k² (g(m + σ ε_k) + ε_k/σ) (1, σ ε_k),  K = 2",
    because: "the score of the weights is written along the path once more: w̄_k² is what is left",
    as: .specialCase
  ) { parts, problem in
    let (model, code) = (problem.model, problem.code)
    let signals = problem.noises.map(problem.signal)
    let shares = [sigmoid(signals[0] - signals[1]), sigmoid(signals[1] - signals[0])]
    let terms = zip(problem.noises, shares).map { noise, share in
      let slope = model.jointSlope(code.latent(noise)) + noise / code.deviation
      return [share * share * slope, share * share * slope * code.deviation * noise]
    }
    return .equal(
      parts.sample(model, code, problem.noises).doubly,
      [0, 1].map { terms[0][$0] + terms[1][$0] }, rounding: wide)
  }

  /// q at the posterior.
  private static func atHome(_ problem: LineProblem) -> [Given] {
    let code = problem.atThePosterior.code
    return [Given("m", code.mean), Given("s", code.logSd)]
  }

  static let home = Check(
    "value-at-home", "L̂ = log p(x) if q(z) = p(z|x)",
    because: "all weights are p(x)", as: .specialCase,
    changing: atHome
  ) { parts, problem in
    let there = problem.atThePosterior
    return .equal(
      parts.sample(there.model, there.code, there.noises).value, problem.logEvidence,
      rounding: wide)
  }

  static let quiet = Check(
    "silent-at-home", "1 + ĝ = 1 if q(z) = p(z|x)",
    because: "no path has a slope there; the other gradient is still noisy", as: .consequence,
    changing: atHome
  ) { parts, problem in
    let there = problem.atThePosterior
    return .equal(
      parts.sample(there.model, there.code, there.noises).doubly.map { 1 + $0 }, [1.0, 1.0],
      rounding: wide)
  }
}

extension LineProblem {
  /// f(m + σ ε).
  fileprivate func signal(_ noise: Double) -> Double {
    let z = code.latent(noise)
    return model.logJoint(z) - code.logDensity(z)
  }

  /// ∇ of log (½ e^f + ½ e^f) over both noises, by automatic differentiation.
  fileprivate func differentiatedBound() -> [Double] {
    let (a, v, x) = (model.slope, model.noise, model.observed)
    let (one, other) = (noises[0], noises[1])
    let (m, s) = _Differentiation.gradient(at: code.mean, code.logSd) { m, s in
      let first = m + exp(s) * one
      let second = m + exp(s) * other
      // Up to a constant, f = log p(x, z) + ε²/2 + s.
      let f = -0.5 * ((x - a * first) * (x - a * first) / v + first * first - one * one) + s
      let g = -0.5 * ((x - a * second) * (x - a * second) / v + second * second - other * other) + s
      return log(exp(f) + exp(g))
    }
    return [m, s]
  }
}
