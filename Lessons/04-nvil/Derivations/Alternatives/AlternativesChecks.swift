import LessonKit
import Probability
import Verification

/// Derivation `alternatives`: what else can estimate the gradient, and where the score cannot.
enum AlternativesDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// (∇q(z)/r(z)) f(z), z ~ r.
    var importance:
      @Sendable (AlternativesProblem, _ proposal: [Double], inout Exhaustive) throws -> [Double]
    /// f(z_d = 1) − f(z_d = 0) at one draw of the other bits.
    var local: @Sendable (AlternativesProblem, inout Exhaustive) throws -> [Double]
    /// f(z) ∂_b log q(z) at one draw.
    var score: @Sendable (AlternativesProblem, inout Exhaustive) throws -> [Double]
    /// The exact means of all estimators that have a name, with respect to the log odds of bits.
    var byName: @Sendable (AlternativesProblem) throws -> [[ExactValue]]
    /// E[f(z) ∂_λ log(1/λ)], z ~ U(0, λ).
    var uniformScore: @Sendable (AlternativesProblem) throws -> Double
    /// ∂_λ E[f(z)], z ~ U(0, λ).
    var uniformDerivative: @Sendable (AlternativesProblem) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, AlternativesProblem>

  static let checks: [Check] = [
    anyProposal, notThroughTheDraw, scoreIsOneOfThem, local, localVariance, byName,
    movingSupport, withTheEdge, oneDrawDirection, direction,
  ]
}

// MARK: Other draws

extension AlternativesDerivation {
  static let anyProposal = Check(
    "any-proposal", "E_r[(∇q(z)/r(z)) f(z)] = Σ_z ∇q(z) f(z)",
    because: "multiply and divide by r: the sum is an expectation under any r that misses nothing",
    claims: [.against("A-276")], as: .consequence
  ) { parts, problem in
    let found = try exactMoments { try parts.importance(problem, problem.proposal, &$0) }
    return .equal(found.means, problem.exactGradient)
  }

  static let notThroughTheDraw = Check(
    "not-through-the-draw", "Σ_z ∇q(z) f(z) ≠ E[∇_φ f(z^j)] = 0",
    because: "a drawn z does not move with φ until it jumps: its derivative is zero, and wrong",
    claims: [.inPlaceOf("A-276")], as: .specialCase
  ) { parts, problem in
    let found = try exactMoments { try parts.importance(problem, problem.proposal, &$0) }
    return .different(
      found.means, problem.values.map { _ in 0.0 }, by: problem.exactGradient, atLeast: 1e-9)
  }

  static let scoreIsOneOfThem = Check(
    "score-is-one-of-them", "Cov_q[(∇q/q) f] = Cov_q[f ∇log q]  (r = q)",
    because: "with r = q the weight is one, draw by draw: the score function",
    claims: [.against("A-276")],
    as: .specialCase
  ) { parts, problem in
    let found = try exactMoments {
      try parts.importance(problem, problem.law.probabilities, &$0)
    }
    let exact = problem.law.exactTerms(given(problem.values)).map(problem.law.exactVariance)
    return .equal(found.variances, exact)
  }
}

// MARK: Switched bits

extension AlternativesDerivation {
  static let local = Check(
    "local", "E_{z₋d}[f(z_d=1) − f(z_d=0)] = ∂E_q[f]/∂b_d",
    because: "with f held still, E_q[f] is linear in b_d: no score, no log, two values of f a bit",
    claims: [.against("A-287")],
    as: .step
  ) { parts, problem in
    let found = try exactMoments { try parts.local(problem, &$0) }
    return .equal(found.means, problem.exactBitGradient)
  }

  static let localVariance = Check(
    "local-variance", "Var[local] = Var_{z₋d}[f(z_d=1) − f(z_d=0)]",
    because: "bit d itself adds nothing: what is left is what the other bits do to its effect",
    claims: [.inPlaceOf("A-287")], as: .specialCase
  ) { parts, problem in
    let found = try exactMoments { try parts.local(problem, &$0) }
    return .equal(found.variances, problem.exactVarianceOfEffects)
  }
}

// MARK: By name

extension AlternativesDerivation {
  static let byName = Check(
    "by-name", "E[g] = b_d (1 − b_d) ∂E_q[f]/∂b_d,  every estimator that has a name",
    because: "they differ in what they remember and look at, and in variance: not in the mean",
    as: .consequence
  ) { parts, problem in
    let gradient = zip(problem.b, problem.exactBitGradient).map { b, slope in
      ExactValue(b) * (1 - ExactValue(b)) * slope
    }
    let found = try parts.byName(problem)
    return .equal(
      found, found.map { _ in gradient },
      rounding: .of(
        size: problem.largestValue, because: "f is multiplied by scores of both signs"))
  }
}

// MARK: Where the score cannot

extension AlternativesDerivation {
  static let movingSupport = Check(
    "moving-support", "E[f(z) ∂_ω log(1/ω)] ≠ ∂_ω E[f(z)],  z ~ U(0, ω)",
    because: "the interval grows with ω; the score sees the density fall and not the end move",
    claims: [.against("A-287")], as: .consequence,
    changing: { $0.uniformGivens }
  ) { parts, problem in
    .different(
      try parts.uniformScore(problem), problem.exactUniformDerivative, by: -problem.exactEdge,
      atLeast: 1e-9)
  }

  static let withTheEdge = Check(
    "with-the-edge", "f(ω)/ω + E[f(z) ∂_ω log(1/ω)] = ∂_ω E[f(z)]",
    because: "Leibniz's rule: the end that moves carries f(ω) times the density there",
    claims: [.inPlaceOf("A-287")], as: .specialCase,
    changing: { $0.uniformGivens }
  ) { parts, problem in
    .equal(
      try parts.uniformDerivative(problem), problem.exactUniformDerivative,
      rounding: .of(
        size: problem.exactEdge.value, because: "what the end brings in is larger than what is left"
      )
    )
  }
}

// MARK: Directions

extension AlternativesDerivation {
  static let oneDrawDirection = Check(
    "one-draw-direction", "E[|g₁ s₂ − g₂ s₁|] = 0,  g = f(z) s(z), s = ∇_b log q(z)",
    because: "of one draw it is true that f only scales, and its sign decides which way",
    claims: [.inPlaceOf("A-279")], as: .aside
  ) { parts, problem in
    let b = problem.b
    let crossed = try exactMean { choices in
      let g = try parts.score(problem, &choices)
      let s = nearestScore(to: g, b)
      return abs(g[0] * s[1] - g[1] * s[0])
    }
    return .equal(
      crossed, 0.0,
      rounding: .of(
        size: problem.largestCross, because: "two products of f with two scores cancel"))
  }

  static let direction = Check(
    "direction", "E[f(z₁, …) ∂log q] ≠ E[f(1 − z₁, …) ∂log q]",
    because: "turn the likelihood of bit 1 round and the mean gradient turns round with it",
    claims: [.against("A-279")], as: .aside
  ) { parts, problem in
    let found = try exactMoments { try parts.score(problem, &$0) }
    // f(1 − z₁, …): bit 1 is the lowest of a state's number.
    let turned = problem.exactSlope(
      of: problem.table.indices.map { problem.table[$0 ^ 1] }, bit: 0)
    return .different(
      found.means[0], turned, by: 2 * problem.exactBitGradient[0], atLeast: 1e-9)
  }

  /// The score that g = f s is made of, up to the sign of f.
  private static func nearestScore(to g: [Double], _ b: [Double]) -> [Double] {
    // s_d is 1/b_d or −1/(1 − b_d), so the signs of g tell z up to turning all of them round; of
    // the two candidates only one is parallel to g.
    let candidates = [1.0, -1].map { sign in
      zip(g, b).map { sign * $0 > 0 ? 1 / $1 : -1 / (1 - $1) }
    }
    return candidates.min {
      abs(g[0] * $0[1] - g[1] * $0[0]) < abs(g[0] * $1[1] - g[1] * $1[0])
    } ?? g
  }
}
