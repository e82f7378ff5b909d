import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `hierarchy`: two layers, of which the lower can do alone.
enum HierarchyDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The bound of a code for both layers.
    var bound: @Sendable (_ problem: Problem, _ code: Code) -> Double
    /// The code that is the posterior.
    var best: @Sendable (_ problem: Problem) -> Code
    /// The best code whose two latents are independent.
    var independent: @Sendable (_ problem: Problem) -> Code
  }

  /// q(z_2) = N(m, e^(2s)) for the lower layer, q(z_1|z_2) = N(b + κ z_2, e^(2 s′)) for the top.
  struct Code: Sendable, Equatable {
    /// m and s.
    var lower: GaussianCode
    /// b and s′.
    var top: GaussianCode
    /// κ.
    var follows: Double
  }

  /// A top, a layer under it that is as wide whatever the top says, and one number seen.
  ///
  /// ```
  /// z_1 ~ N(0, 1),   z_2|z_1 ~ N(ρ z_1, 1 − ρ²),   x|z_2 ~ N(a z_2, v)
  /// ```
  struct Problem: Sendable, Shown {
    var rho: Double
    let a: Double
    let v: Double
    let x: Double
    let code: Code

    static let example = Problem(
      rho: 0.8, a: 1.2, v: 0.5, x: 1.4,
      code: Code(
        lower: GaussianCode(mean: 0.4, logSd: -0.4), top: GaussianCode(mean: 0.3, logSd: -0.2),
        follows: 0.5))

    static func random(_ cases: inout Cases) throws -> Problem {
      let means = try cases.reals(2, from: 0.2, to: 0.8)
      let logs = try cases.reals(2, from: -0.6, to: 0.2)
      return Problem(
        rho: try cases.real(from: 0.4, to: 0.9), a: try cases.real(from: 0.7, to: 1.6),
        v: try cases.real(from: 0.3, to: 1), x: try cases.real(from: 0.5, to: 1.8),
        code: Code(
          lower: GaussianCode(mean: means[0], logSd: logs[0]),
          top: GaussianCode(mean: means[1], logSd: logs[1]),
          follows: try cases.real(from: 0.2, to: 0.8)))
    }

    var givens: [Given] {
      [
        Given("ρ", rho), Given("a", a), Given("v", v), Given("x", x),
        Given("m, s", [code.lower.mean, code.lower.logSd]),
        Given("b, κ, s′", [code.top.mean, code.follows, code.top.logSd]),
      ]
    }
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    bound, follows, ignored, asleep, anyTop, above, independent,
  ]

  static let bound = Check(
    "bound-of-two", "ELBO = E_q[log p(x|z_2) + log p(z_2|z_1) + log p(z_1) − log q(z)]",
    because: "p(x, z) is a product of one factor a layer", as: .specialCase
  ) { parts, problem in
    .equal(
      parts.bound(problem, problem.code), try problem.meanSignal(problem.code), rounding: wide)
  }

  static let follows = Check(
    "follows", "max ELBO over q(z_1|z_2) = E_q[log p(x|z_2)] − KL(q(z_2)‖N(0, 1))",
    because: "q(z_1|z_2) = p(z_1|z_2) makes the top free, and z_2 is N(0, 1)",
    claims: ["A-184"], as: .consequence,
    changing: { [Given("b, κ, s′", [0, $0.rho, 0.5 * log(1 - $0.rho * $0.rho)])] }
  ) { parts, problem in
    .equal(
      parts.bound(problem, problem.following(problem.code.lower)),
      problem.boundWithoutATop(problem.code.lower), rounding: wide)
  }

  static let ignored = Check(
    "ignored-top", "ELBO = E_q[log p(x|z_2)] − KL(q(z_2)‖p(z_2)) − KL(q(z_1)‖p(z_1)),  ρ = 0",
    because: "x and z_2 have lost the top: of z_1 the bound says only to stay at the prior",
    claims: ["A-184"], as: .consequence, changing: { _ in [Given("ρ", 0), Given("κ", 0)] }
  ) { parts, problem in
    var (without, code) = (problem, problem.code)
    (without.rho, code.follows) = (0, 0)
    return .equal(
      parts.bound(without, code),
      problem.boundWithoutATop(code.lower) - code.top.divergenceFromPrior, rounding: wide)
  }

  static let asleep = Check(
    "stays-asleep", "(∂ELBO/∂ρ, ∂ELBO/∂κ, ∂ELBO/∂b) = b (m, −m, −1),  ρ = κ = 0",
    because: "b goes to 0, and then no slope wakes the top: ρ is worth something with κ only",
    claims: ["A-184"], as: .specialCase, changing: { _ in [Given("ρ", 0), Given("κ", 0)] }
  ) { parts, problem in
    let (b, m) = (problem.code.top.mean, problem.code.lower.mean)
    func bound(_ rho: Double, _ follows: Double, _ shift: Double) -> Double {
      var (moved, code) = (problem, problem.code)
      (moved.rho, code.follows) = (rho, follows)
      code.top = GaussianCode(mean: b + shift, logSd: code.top.logSd)
      return parts.bound(moved, code)
    }
    // What is odd in ρ is ρ b m/(1 − ρ²), which is (4/3) b m/2 at ½; by κ and b it is a parabola.
    let slopes = [
      0.75 * (bound(0.5, 0, 0) - bound(-0.5, 0, 0)), 0.5 * (bound(0, 1, 0) - bound(0, -1, 0)),
      0.5 * (bound(0, 0, 1) - bound(0, 0, -1)),
    ]
    return .equal(slopes, [b * m, -b * m, -b], rounding: wide)
  }

  static let anyTop = Check(
    "any-top", "max ELBO = log N(x; 0, a² + v)",
    because: "the data say nothing about the top: both are the same for every ρ",
    claims: ["A-184"], as: .consequence,
    changing: { [Given("ρ", [0, 0.5 * $0.rho, $0.rho])] }
  ) { parts, problem in
    let total = problem.a * problem.a + problem.v
    let logEvidence = -0.5 * (log(2 * Double.pi * total) + problem.x * problem.x / total)
    let tops = [0, 0.5 * problem.rho, problem.rho]
    let best = tops.map { rho in
      var other = problem
      other.rho = rho
      return parts.bound(other, parts.best(other))
    }
    return .equal(best, tops.map { _ in logEvidence }, rounding: wide)
  }

  static let above = Check(
    "top-of-the-posterior", "(E[z_1|x], Var[z_1|x]) = (ρ a x/(a² + v), 1 − ρ² a²/(a² + v))",
    because: "x and z_1 vary together by ρ a: for ρ = 0 the posterior of the top is the prior",
    as: .specialCase
  ) { parts, problem in
    let (code, total) = (parts.best(problem), problem.a * problem.a + problem.v)
    let (follows, shared) = (code.follows * code.lower.deviation, problem.rho * problem.a)
    return .equal(
      [
        code.top.mean + code.follows * code.lower.mean,
        follows * follows + code.top.deviation * code.top.deviation,
      ], [shared * problem.x / total, 1 - shared * shared / total])
  }

  static let independent = Check(
    "independent-layers",
    "log p(x) − max ELBO(q(z_1) q(z_2)) = ½ log((1/(1 − ρ²) + a²/v)/(1 + a²/v))",
    because:
      "½ log(J_11 J_22/|J|), which is zero for ρ = 0: independent codes want the top ignored",
    as: .consequence
  ) { parts, problem in
    .equal(
      problem.boundWithoutATop(problem.posteriorBelow)
        - parts.bound(problem, parts.independent(problem)), problem.layersLoss, rounding: wide)
  }

  private static let wide = Rounding.of(
    terms: 256, size: 200, because: "64 nodes of squares of up to 8 over a variance of .19")
}

// MARK: The exact side

extension HierarchyDerivation.Problem {
  /// 1 − ρ², the variance of z_2 if z_1 is known, and that of z_1 if z_2 is.
  var rest: Double { 1 - rho * rho }

  /// ½ log((1/(1 − ρ²) + a²/v)/(1 + a²/v)), what independent codes of the layers lose.
  var layersLoss: Double {
    let seen = a * a / v
    return 0.5 * log((1 / rest + seen) / (1 + seen))
  }

  /// p(z_2|x), in which ρ does not occur.
  var posteriorBelow: GaussianCode {
    let total = a * a + v
    return GaussianCode(mean: a * x / total, logSd: 0.5 * log(v / total))
  }

  /// A code of the lower layer with p(z_1|z_2) = N(ρ z_2, 1 − ρ²) above it.
  func following(_ lower: GaussianCode) -> HierarchyDerivation.Code {
    HierarchyDerivation.Code(
      lower: lower, top: GaussianCode(mean: 0, logSd: 0.5 * log(rest)), follows: rho)
  }

  /// The bound of the model z_2 ~ N(0, 1), x|z_2 ~ N(a z_2, v).
  func boundWithoutATop(_ lower: GaussianCode) -> Double {
    let (left, spread) = (x - a * lower.mean, a * lower.deviation)
    return -0.5 * (log(2 * Double.pi * v) + (left * left + spread * spread) / v)
      - lower.divergenceFromPrior
  }

  /// E_q[log p(x, z) − log q(z)] over the noises of both layers: squares, so that the rule is exact.
  func meanSignal(_ code: HierarchyDerivation.Code) throws -> Double {
    let rule = try FixedRule.gaussHermite(count: 8)
    return rule.sum { one in
      rule.sum { two in
        let lower = code.lower.latent(one)
        let top = code.top.latent(two) + code.follows * lower
        let (seen, step) = (x - a * lower, lower - rho * top)
        let logJoint =
          log(2 * Double.pi * v) + seen * seen / v + log(2 * Double.pi * rest) + step * step / rest
          + log(2 * Double.pi) + top * top
        return -0.5 * logJoint - code.lower.logDensity(lower)
          - code.top.logDensity(top - code.follows * lower)
      }
    }
  }
}
