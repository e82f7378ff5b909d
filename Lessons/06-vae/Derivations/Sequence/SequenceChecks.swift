import GSL
import LessonKit
import Probability
import Verification

/// Derivation `sequence`: the bound of an autoencoder that writes in two steps, and its gradient.
enum SequenceDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// KL_1 and KL_2, the second averaged over the first step.
    var divergences: @Sendable (_ problem: Problem) -> [Double]
    /// The bound.
    var bound: @Sendable (_ problem: Problem) -> Double
    /// Its slopes by a_1, a_2, γ_1, γ_2, s_1, s_2.
    var gradient: @Sendable (_ problem: Problem) -> [Double]
    /// The same after one step up the gradient.
    var climbed: @Sendable (_ problem: Problem, _ rate: Double) -> Problem
  }

  /// A line of two latents, and a code whose second step reads what the first left of x.
  ///
  /// ```
  /// x|z ~ N(a_1 z_1 + a_2 z_2, v),   q(z_1) = N(γ_1 x, σ_1²),   q(z_2|z_1) = N(γ_2 (x − a_1 z_1), σ_2²)
  /// ```
  struct Problem: Sendable, Shown {
    var a: [Double]
    var gamma: [Double]
    var s: [Double]
    let v: Double
    let x: Double

    static let example = Problem(a: [0.5, 0.3], gamma: [0.1, 0.2], s: [-0.2, 0.1], v: 0.3, x: 2)

    static func random(_ cases: inout Cases) throws -> Problem {
      Problem(
        a: try cases.reals(2, from: 0.4, to: 1.4), gamma: try cases.reals(2, from: 0.1, to: 0.5),
        s: try cases.reals(2, from: -0.6, to: 0.2), v: try cases.real(from: 0.3, to: 1),
        x: try cases.real(from: 0.5, to: 2))
    }

    var givens: [Given] {
      [
        Given("a_1, a_2", a), Given("γ_1, γ_2", gamma), Given("s_1, s_2", s), Given("v", v),
        Given("x", x),
      ]
    }
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [whole, terms, best, weights, readings, widths, alone, climbs]
}

// MARK: The bound

extension SequenceDerivation {
  static let whole = Check(
    "whole", "KL(q(z)‖p(z)) = KL(q(z_1)‖p(z_1)) + E_q[KL(q(z_2|z_1)‖p(z_2))]",
    because: "log q(z)/p(z) is a sum over steps, and the second is averaged under the first",
    claims: ["A-049", "A-185"], as: .consequence
  ) { parts, problem in
    .equal(
      try problem.mean { problem.logCode($0) - problem.logPrior($0) },
      parts.divergences(problem).reduce(0, +), rounding: wide)
  }

  static let terms = Check(
    "terms-of-the-bound", "ELBO = E_q[log p(x, z) − log q(z)]",
    because: "what is left of x after both steps is all that log p(x|z) sees", as: .consequence
  ) { parts, problem in
    .equal(
      parts.bound(problem),
      try problem.mean {
        problem.logLikelihood($0) + problem.logPrior($0) - problem.logCode($0)
      }, rounding: wide)
  }

  static let best = Check(
    "best-steps", "ELBO = log p(x) if q(z_1) = p(z_1|x) and q(z_2|z_1) = p(z_2|x, z_1)",
    because: "p(z|x) is p(z_1|x) p(z_2|x, z_1), so the divergence from it is zero",
    as: .consequence,
    changing: { [Given("γ_1, γ_2", $0.home.gamma), Given("s_1, s_2", $0.home.s)] }
  ) { parts, problem in
    .equal(parts.bound(problem.home), problem.logEvidence, rounding: wide)
  }
}

// MARK: Its gradient

extension SequenceDerivation {
  static let weights = Check(
    "by-weights", "∂ELBO/∂a_k = ½ (ELBO(a_k + 1) − ELBO(a_k − 1))",
    because: "of a parabola a difference is the slope",
    as: .consequence
  ) { parts, problem in
    .equal(
      Array(parts.gradient(problem)[0..<2]), try problem.differences(\.a), rounding: wide)
  }

  static let readings = Check(
    "by-readings", "∂ELBO/∂γ_k = ½ (ELBO(γ_k + 1) − ELBO(γ_k − 1))",
    because: "it is a parabola in each γ_k too", as: .specialCase
  ) { parts, problem in
    .equal(
      Array(parts.gradient(problem)[2..<4]), try problem.differences(\.gamma), rounding: wide)
  }

  static let widths = Check(
    "by-widths", "∂ELBO/∂s_k = 1 + 4/3 (ELBO(s_k + δ) − ELBO(s_k − δ) − 2 δ),  δ = ½ log 2",
    because: "in s_k it is a multiple of e^(2 s_k), which δ doubles or halves, and s_k itself",
    as: .specialCase
  ) { parts, problem in
    let h = 0.5 * log(2.0)
    let slopes = try [0, 1].map { k in
      let (up, down) = (try problem.moved(\.s, k, h).bound, try problem.moved(\.s, k, -h).bound)
      return 1 + 4.0 / 3 * (up - down - 2 * h)
    }
    return .equal(Array(parts.gradient(problem)[4..<6]), slopes, rounding: wide)
  }

  static let alone = Check(
    "stays-ignored", "∂ELBO/∂θ = (∂ELBO/∂a_1, 0, ∂ELBO/∂γ_1, 0),  a_2 = γ_2 = 0",
    because: "writing needs what was read, and reading pays only if it is written",
    claims: ["A-184"], as: .specialCase,
    changing: { [Given("a_1, a_2", [$0.a[0], 0]), Given("γ_1, γ_2", [$0.gamma[0], 0])] }
  ) { parts, problem in
    var ignoring = problem
    (ignoring.a[1], ignoring.gamma[1]) = (0, 0)
    let (byWeight, byReading) = (
      try ignoring.differences(\.a)[0], try ignoring.differences(\.gamma)[0]
    )
    return .equal(
      Array(parts.gradient(ignoring)[0..<4]), [byWeight, 0, byReading, 0], rounding: wide)
  }

  static let climbs = Check(
    "climbs", "(θ′ − θ)/η = ∂ELBO/∂θ for θ = (a_1, a_2, γ_1, γ_2)",
    because: "a step goes along the slope, η times as far", as: .specialCase,
    changing: { _ in [Given("η", 0.5)] }
  ) { parts, problem in
    let there = parts.climbed(problem, 0.5)
    let moves = zip(there.a + there.gamma, problem.a + problem.gamma).map { 2 * ($0 - $1) }
    return .equal(
      moves, try problem.differences(\.a) + (try problem.differences(\.gamma)), rounding: wide)
  }

  private static let wide = Rounding.of(
    terms: 256, size: 200, because: "64 nodes of squares of up to 8 over a variance of .3")
}

// MARK: The exact side

extension SequenceDerivation.Problem {
  /// log p(x|z).
  func logLikelihood(_ z: [Double]) -> Double {
    let left = x - a[0] * z[0] - a[1] * z[1]
    return -0.5 * (log(2 * Double.pi * v) + left * left / v)
  }

  /// log p(z).
  func logPrior(_ z: [Double]) -> Double {
    -0.5 * (z[0] * z[0] + z[1] * z[1]) - log(2 * Double.pi)
  }

  /// log q(z) = log q(z_1) + log q(z_2|z_1).
  func logCode(_ z: [Double]) -> Double {
    let first = (z[0] - gamma[0] * x) / exp(s[0])
    let second = (z[1] - gamma[1] * (x - a[0] * z[0])) / exp(s[1])
    return -0.5 * (first * first + second * second) - log(2 * Double.pi) - s[0] - s[1]
  }

  /// E_q of a polynomial in z of degree 15 at most in each noise: exact.
  func mean(_ value: ([Double]) -> Double) throws -> Double {
    let rule = try FixedRule.gaussHermite(count: 8)
    return rule.sum { one in
      let first = gamma[0] * x + exp(s[0]) * one
      return rule.sum { two in
        value([first, gamma[1] * (x - a[0] * first) + exp(s[1]) * two])
      }
    }
  }

  /// ELBO = E_q[log p(x, z) − log q(z)], from the three densities.
  var bound: Double {
    get throws { try mean { logLikelihood($0) + logPrior($0) - logCode($0) } }
  }

  /// log N(x; 0, a_1² + a_2² + v).
  var logEvidence: Double {
    let total = a[0] * a[0] + a[1] * a[1] + v
    return -0.5 * (log(2 * Double.pi * total) + x * x / total)
  }

  /// The same line with the posterior as its code.
  var home: Self {
    var home = self
    let (after, total) = (a[1] * a[1] + v, a[0] * a[0] + a[1] * a[1] + v)
    home.gamma = [a[0] / total, a[1] / after]
    home.s = [0.5 * log(after / total), 0.5 * log(v / after)]
    return home
  }

  /// The same with one number moved.
  func moved(_ list: WritableKeyPath<Self, [Double]>, _ k: Int, _ by: Double) -> Self {
    var moved = self
    moved[keyPath: list][k] += by
    return moved
  }

  /// ½ (ELBO(θ_k + 1) − ELBO(θ_k − 1)) for both numbers of a list.
  func differences(_ list: WritableKeyPath<Self, [Double]>) throws -> [Double] {
    try [0, 1].map { k in
      0.5 * ((try moved(list, k, 1).bound) - (try moved(list, k, -1).bound))
    }
  }
}
