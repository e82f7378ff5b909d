import Approximate
import Exact
import LessonKit
import Probability
import Verification

/// What else can estimate the gradient, and where the score cannot.
enum AlternativeLines {
  typealias Step = Line<AlternativeRules, AlternativeProblem>

  static let all: [Step] = [
    anyProposal, notThroughTheDraw, scoreIsOneOfThem, local, localVariance, movingSupport,
    withTheEdge, oneDrawDirection, direction,
  ]

  static let anyProposal = Step(
    "any-proposal", "E_r[(∇q(z)/r(z)) f(z)] = Σ_z ∇q(z) f(z)",
    because: "multiply and divide by r: the sum is an expectation under any r that misses nothing",
    claims: ["A-276"]
  ) { rules, problem in
    let found = try exactMoments { try rules.importance(problem, problem.proposal, &$0) }
    return .equal(found.mean, exactGradient(problem), magnitude: 16)
  }

  static let notThroughTheDraw = Step(
    "not-through-the-draw", "Σ_z ∇q(z) f(z) ≠ E[∇_φ f(z^s)] = 0",
    because: "a drawn z does not move with φ until it jumps: its derivative is zero, and wrong",
    claims: ["A-276"]
  ) { rules, problem in
    let found = try exactMoments { try rules.importance(problem, problem.proposal, &$0) }
    return .different(
      found.mean, problem.values.map { _ in 0 }, by: exactGradient(problem), atLeast: 1e-9,
      magnitude: 16)
  }

  static let scoreIsOneOfThem = Step(
    "score-is-one-of-them", "Cov_q[(∇q/q) f] = Cov_q[f ∇log q]  (r = q)",
    because: "with r = q the weight is one, draw by draw: the score function", claims: ["A-276"]
  ) { rules, problem in
    let found = try exactMoments {
      try rules.importance(problem, problem.law.probabilities, &$0)
    }
    let terms = problem.values.indices.map { state in
      problem.law.score(state).map { problem.values[state] * $0 }
    }
    let mean = problem.law.mean(terms)
    let exact = mean.indices.map { i in
      problem.law.mean(terms.map { ($0[i] - mean[i]) * ($0[i] - mean[i]) })
    }
    return .equal(found.variances, exact, magnitude: 32)
  }

  static let local = Step(
    "local", "E_{z₋d}[f(z_d=1) − f(z_d=0)] = ∂E_q[f]/∂b_d",
    because: "E_q[f] is linear in b_d: no score, no log, two evaluations a bit", claims: ["A-287"]
  ) { rules, problem in
    let found = try exactMoments { try rules.local(problem, &$0) }
    return .equal(found.mean, problem.exactBitGradient, magnitude: 16)
  }

  static let localVariance = Step(
    "local-variance", "Var[local] = Var_{z₋d}[f(z_d=1) − f(z_d=0)]",
    because: "bit d itself adds nothing: what is left is what the other bits do to its effect",
    claims: ["A-287"]
  ) { rules, problem in
    let found = try exactMoments { try rules.local(problem, &$0) }
    let exact = problem.b.indices.map { d in
      let gradient = problem.exactBitGradient[d]
      return factorised(problem.b).indices.reduce(0) { total, state in
        let effect = problem.table[state | 1 << d] - problem.table[state & ~(1 << d)] - gradient
        return total + factorised(problem.b)[state] * effect * effect
      }
    }
    return .equal(found.variances, exact, magnitude: 32)
  }

  static let movingSupport = Step(
    "moving-support", "E[f(z) ∂_λ log(1/λ)] ≠ ∂_λ E[f(z)],  z ~ U(0, λ)",
    because: "the interval grows with λ; the score sees the density fall and not the end move",
    claims: ["A-287"]
  ) { rules, problem in
    let edge = (problem.slope * problem.end + problem.shift) / problem.end
    return .different(
      try rules.uniformScore(problem), problem.slope / 2, by: -edge, atLeast: 1e-9, magnitude: 8)
  }

  static let withTheEdge = Step(
    "with-the-edge", "f(λ)/λ + E[f(z) ∂_λ log(1/λ)] = ∂_λ E[f(z)]",
    because: "Leibniz's rule: the end that moves carries f(λ) times the density there",
    claims: ["A-287"]
  ) { rules, problem in
    .equal(try rules.uniformDerivative(problem), problem.slope / 2, magnitude: 8)
  }

  static let oneDrawDirection = Step(
    "one-draw-direction", "1 + E|g₁ s₂ − g₂ s₁| = 1,  g = f(z) s(z), s = ∇_b log q(z)",
    because: "of one draw it is true that f only scales, and its sign decides which way",
    claims: ["A-279"]
  ) { rules, problem in
    let b = problem.b
    let crossed = try exactMean { choices in
      let g = try rules.score(problem, &choices)
      let s = nearestScore(to: g, b)
      return abs(g[0] * s[1] - g[1] * s[0])
    }
    return .equal(1 + crossed.value, 1, magnitude: 32)
  }

  static let direction = Step(
    "direction", "E[f(z₁, …) ∂log q] ≠ E[f(1 − z₁, …) ∂log q]",
    because: "turn the likelihood of bit 1 round and the mean gradient turns round with it",
    claims: ["A-279"]
  ) { rules, problem in
    let found = try exactMoments { try rules.score(problem, &$0) }
    // f(1 − z₁, …): bit 1 is the lowest of a state's number.
    let turned = problem.slope(of: problem.table.indices.map { problem.table[$0 ^ 1] }, bit: 0)
    return .different(
      found.mean[0], turned, by: 2 * problem.exactBitGradient[0], atLeast: 1e-9, magnitude: 32)
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

  private static func exactGradient(_ problem: AlternativeProblem) -> [Double] {
    exactExpectationGradient(logits: problem.law.logits, of: problem.values)
  }
}

extension Page {
  /// What else can estimate the gradient.
  static let alternatives: Exercise<AlternativeRules, AlternativeProblem> = Exercise(
    Sheet(
      id: "alternatives", title: "What else can estimate the gradient", task: "", hints: [],
      example: .example, draw: AlternativeProblem.draw, lines: []),
    answer: .answer, derivation: AlternativeLines.all, mistakes: AlternativeRules.mistakes)
}
