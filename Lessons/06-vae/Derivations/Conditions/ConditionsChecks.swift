import GSL
import LessonKit
import Probability
import Verification

/// Derivation `conditions`: sentences that are true under a condition, and where they are not.
enum ConditionsDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The variance of μ + σ ε.
    var spread: @Sendable (_ sigma: Double) -> Double
    /// d/dμ of E[f] for f = 1 above zero, by the distribution that jumps.
    var jump: @Sendable (_ mean: Double, _ sigma: Double) -> Double
    /// p(x|x̂) from p(z) and p(x|z) of the states with that x̂.
    var given: @Sendable (_ prior: [Double], _ likelihood: [Double]) -> Double
    /// log p(x|x̂) for Gaussian noise of variance v, without its constant.
    var fit: @Sendable (_ residual: Double, _ variance: Double) -> Double
    /// The mean of log p(x|z) under q = N(m, w) with unit noise, up to −½ log 2π.
    var expected: @Sendable (_ residual: Double, _ variance: Double) -> Double
    /// The share of the prior of two latents in the square of half-width r.
    var mass: @Sendable (_ halfWidth: Double) -> Double
    /// The variance of k cos(k z), z ~ N(0, 1).
    var sine: @Sendable (_ k: Double) -> Double
    /// The variance of log p(x,z) at the posterior, with the entropy in closed form.
    var energy: @Sendable (_ latents: Int) -> Double
    /// For p(z|x) = N(0, 1) and a draw of q = N(m, w): the variances of log p(x,z), with the entropy
    /// in closed form, and of f(z) = log p(x,z) − log q(z).
    var twoSpreads: @Sendable (_ mean: Double, _ variance: Double) throws -> [Double]
  }

  /// Numbers for all of them.
  struct Problem: Sendable, Shown {
    let mean: Double
    let sigma: Double
    let prior: [Double]
    let likelihood: [Double]
    let residuals: [Double]
    let variance: Double
    let k: Double

    static let example = Problem(
      mean: 0.4, sigma: 1.3, prior: [0.2, 0.3], likelihood: [0.1, 0.6], residuals: [0.4, 1.6],
      variance: 0.3, k: 3)

    static func random(_ cases: inout Cases) throws -> Problem {
      Problem(
        mean: try cases.real(from: 0.2, to: 1), sigma: try cases.real(from: 1.2, to: 2),
        prior: try cases.reals(2, from: 0.2, to: 0.4),
        likelihood: [try cases.real(from: 0.1, to: 0.3), try cases.real(from: 0.5, to: 0.9)],
        residuals: [try cases.real(from: 0.2, to: 0.6), try cases.real(from: 1.2, to: 2)],
        variance: try cases.real(from: 0.2, to: 0.8), k: try cases.real(from: 2, to: 4))
    }

    var givens: [Given] {
      [
        Given("m", mean), Given("σ", sigma), Given("p(z)", prior), Given("p(x|z)", likelihood),
        Given("r", residuals).folded, Given("v", variance).folded, Given("k", k).folded,
      ]
    }
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    spread, jump, constant, mixed, squares, pixels, twoAverages, square, slow, rapid, energy,
    narrow,
  ]

  static let spread = Check(
    "spread", "σ ≠ Var[m + σ ε]", because: "noise scaled by σ has the variance σ²",
    claims: [.against("A-034")], as: .specialCase
  ) { parts, problem in
    .different(
      problem.sigma, parts.spread(problem.sigma),
      by: problem.sigma - problem.sigma * problem.sigma, atLeast: 0.1)
  }

  static let jump = Check(
    "jump", "∂P(z > 0)/∂m ≠ 0", because: "the slope of a step is zero, and its mean is not",
    claims: [.against("A-036")], as: .consequence
  ) { parts, problem in
    let ratio = problem.mean / problem.sigma
    let density = exp(-0.5 * ratio * ratio) / (problem.sigma * sqrt(2 * Double.pi))
    return .different(
      parts.jump(problem.mean, problem.sigma), 0.0, by: density, atLeast: 0.01)
  }

  static let constant = Check(
    "constant", "p(x|x̂) = p(x|z) if p(x|z) is the same for all z with that x̂",
    because: "a mean of equal numbers", claims: ["A-085"], as: .consequence,
    changing: { [Given("p(x|z)", [$0.likelihood[0], $0.likelihood[0]])] }
  ) { parts, problem in
    let same = [problem.likelihood[0], problem.likelihood[0]]
    return .equal(parts.given(problem.prior, same), same[0])
  }

  static let mixed = Check(
    "mixed", "p(x|x̂) ≠ p(x|z) otherwise", because: "x̂ says less than z",
    claims: [.against("A-085")],
    as: .consequence
  ) { parts, problem in
    let (p, l) = (problem.prior, problem.likelihood)
    let mean = (p[0] * l[0] + p[1] * l[1]) / (p[0] + p[1])
    return .different(parts.given(p, l), l[0], by: mean - l[0], atLeast: 0.01)
  }

  static let squares = Check(
    "squares", "log p(x|x̂) = −r²/(2 v) up to a constant", because: "one variance for all x̂",
    claims: ["A-086"], as: .specialCase
  ) { parts, problem in
    .equal(
      problem.residuals.map { parts.fit($0, problem.variance) },
      problem.residuals.map { -$0 * $0 / (2 * problem.variance) })
  }

  static let pixels = Check(
    "pixels", "log p(x|A) − log p(x|B) ≠ −r_A²/2 + r_B²/2 for pixels",
    because: "A = (.999, .45) has the larger error and the larger likelihood",
    claims: [.against("A-086")],
    as: .specialCase
  ) { parts, _ in
    let truth = log(0.999) + log(0.45) - log(0.6) - log(0.63)
    func error(_ p: [Double]) -> Double { p.reduce(0) { $0 + parts.fit(1 - $1, 1) } }
    let squares = error([0.999, 0.45]) - error([0.6, 0.63])
    let known = -0.5 * (0.302501 - 0.2969)
    return .different(
      truth, squares, by: truth - known, atLeast: 0.1,
      rounding: .of(size: 4, because: "logarithms"))
  }

  static let twoAverages = Check(
    "two-averages", "½ E_q[log p(x_1|z)] + ½ E_q[log p(x_2|z)] ≠ E_q[log p(x_1|z)]",
    because: "on the right one x is fixed and z varies", claims: [.against("A-087")],
    as: .specialCase
  ) { parts, problem in
    let (r, w) = (problem.residuals, problem.variance)
    let both = r.map { parts.expected($0, w) }
    let exact = r.map { -0.5 * ($0 * $0 + w) }
    return .different(
      0.5 * both[0] + 0.5 * both[1], both[0], by: 0.5 * (exact[1] - exact[0]), atLeast: 0.05)
  }

  static let square = Check(
    "square", "P(|z_1| ≤ σ, |z_2| ≤ σ) = P(|z_1| ≤ σ)²", because: "the latents are independent",
    claims: ["A-088"], as: .specialCase
  ) { parts, problem in
    let inside = try SpecialFunctions.erf(problem.sigma / sqrt(2.0)).value
    return .equal(parts.mass(problem.sigma), inside * inside)
  }

  static let slow = Check(
    "slow", "Var[k cos k z] = k² (½ (1 + e^(−2 k²)) − e^(−k²)) for k = .5",
    because: "half the size of the score's variance, and less", claims: ["A-132"],
    as: .specialCase, changing: { _ in [Given("k", 0.5)] }
  ) { parts, _ in
    .equal(
      parts.sine(0.5), 0.25 * (0.5 * (1 + exp(-0.5)) - exp(-0.25)),
      rounding: .of(size: 1, because: "two terms cancel"))
  }

  static let rapid = Check(
    "rapid", "Var[k cos k z] ≠ Var[z sin k z] for k > 2",
    because: "the slope is k times a cosine, the score is not", claims: [.against("A-132")],
    as: .specialCase
  ) { parts, problem in
    let (path, score) = sineVariances(problem.k)
    return .different(
      parts.sine(problem.k), score, by: path - score, atLeast: 0.5,
      rounding: .of(size: 20, because: "k²"))
  }

  static let energy = Check(
    "analytic-entropy", "Var[log p(x, z) + H(q)] ≠ Var[f(z)] at the posterior",
    because: "f is a constant there, and log p(x, z) is not", claims: [.against("A-181")],
    as: .specialCase
  ) { parts, _ in
    .different(parts.energy(2), 0.0, by: 1.0, atLeast: 0.1)
  }

  /// Var[−z²/2] = m² w + ½ w² and Var[f] = m² w + ½ (1 − w)²: the latter is larger below w = ½.
  static let narrow = Check(
    "entropy-of-a-narrow-code",
    "q = N(m, ¼), p(z|x) = N(0, 1):  Var[log p(x, z) + H(q)] ≤ Var[f(z)]",
    because: "log q of a narrow code moves more than log p does: without it there is ¼ less",
    claims: ["A-181"], as: .specialCase
  ) { parts, problem in
    let spreads = try parts.twoSpreads(problem.mean, 0.25)
    return .atMost(
      spreads[0], spreads[1], gap: 0.25,
      rounding: .of(terms: 4096, size: 1, because: "moments of noise, summed on a grid"))
  }
}
