import Approximate
import Exact
import LessonKit
import Models
import Probability
import Verification

/// What can be left out of a signal, and what that does.
enum NeighbourhoodLines {
  typealias Step = Line<NeighbourhoodRules, NeighbourhoodProblem>

  static let all: [Step] = [
    sameMean, lessVariance, outsideIsNothing, neighbourhood, blanketAlone, localMean, mayRise,
    modelStep,
  ]

  static let sameMean = Step(
    "same-mean", "E[E[f(X,Y) | X]] = E[f(X,Y)]",
    because: "the law of total expectation; it is f(X,Y) that is replaced, not its mean",
    claims: ["A-127"]
  ) { rules, problem in
    .equal(outer(rules.conditional(problem), problem), mean(problem.values, problem), magnitude: 8)
  }

  static let lessVariance = Step(
    "less-variance", "Var E[f|X] ≤ Var f,  gap E Var[f|X]",
    because: "the law of total variance: what Y still adds once X is known", claims: ["A-127"]
  ) { rules, problem in
    let centre = mean(problem.values, problem)
    let whole = mean(problem.values.map { $0.map { ($0 - centre) * ($0 - centre) } }, problem)
    let given = rules.conditional(problem)
    let spread = outer(given.map { ($0 - centre) * ($0 - centre) }, problem)
    return .atMost(spread, whole, gap: meanSpread(problem), magnitude: 64)
  }

  static let outsideIsNothing = Step(
    "outside-is-nothing", "1 + E_q[(terms without z₁) ∇log q₁(z₁)] = 1",
    because: "independent of z₁ under q, so a product of means, one of them a mean score",
    claims: ["A-156"]
  ) { rules, problem in .equal(1 + rules.outsideMean(problem), 1, magnitude: 8) }

  static let neighbourhood = Step(
    "neighbourhood", "E_{q(z₁) q(z₂)}[(terms with z₁) ∇log q₁] = ∂ELBO/∂φ₁",
    because: "the neighbourhood of Z₁ is its blanket and Z₁ itself", claims: ["A-155"]
  ) { rules, problem in
    .equal(rules.fullMean(problem), try exactGradient(problem)[0], magnitude: 8)
  }

  static let blanketAlone = Step(
    "blanket-alone", "E_{q(z₂)}[(terms with z₁) ∇log q₁] ≠ ∂ELBO/∂φ₁",
    because: "averaged over the blanket alone it is still a function of z₁, shown at 0 and 1",
    claims: ["A-155"]
  ) { rules, problem in
    let gradient = try exactGradient(problem)[0]
    let found = [0.0, 1].map { rules.neighbourhoodMean(problem, $0) }
    let b = problem.b
    let exact = [0.0, 1].map { first in
      (1 - b[1]) * problem.local([first, 0]) * (first - b[0])
        + b[1] * problem.local([first, 1]) * (first - b[0])
    }
    return .different(
      found, [gradient, gradient], by: exact.map { $0 - gradient }, atLeast: 1e-9, magnitude: 8)
  }

  static let localMean = Step(
    "local-mean", "E[f_d(z) (z_d − b_d)] = ∂ELBO/∂φ_d,  d = 1, 2",
    because: "each factor needs its neighbourhood alone: steps of one factor at a time are right",
    claims: ["A-155", "A-157", "A-158"]
  ) { rules, problem in
    let found = try exactMoments { try rules.local(problem, &$0) }
    return .equal(found.mean, try exactGradient(problem), magnitude: 64)
  }

  static let mayRise = Step(
    "may-rise", "Var[local] ≥ Var[full]  when the terms left out cancelled the rest",
    because: "A has +20 in it and what is dropped has −20: dropping is no Rao–Blackwell step",
    claims: ["A-157"]
  ) { rules, problem in
    let found = try exactMoments { try rules.local(problem, &$0) }
    let full = try exactMoments(
      of: ScoreFunction(None()), .elbo(of: try problem.model(), under: problem.q), samples: 1)
    // Equal means: the variances differ by E[s² (f_local² − f²)].
    let gap = problem.states.reduce(0) { total, state in
      let s = state.z[0] - problem.b[0]
      let local = problem.local(state.z) + problem.offset
      let whole = problem.local(state.z) + problem.outside(state.z)
      return total + state.q * s * s * (local - whole) * (local + whole)
    }
    return .atLeast(found.variances[0], full.variances[0], gap: gap, magnitude: 1024)
  }

  static let modelStep = Step(
    "model-step", "E[∇_A log p(x, z¹)] = ∇_A ELBO",
    because: "the M-step of the loop: the entry of A that was drawn gains, in the mean q(z₁, z₂)",
    claims: ["A-158"]
  ) { rules, problem in
    let found = try exactMoments { try rules.modelStep(problem, &$0) }
    // The ELBO is linear in A: a whole step of one entry gives its derivative exactly.
    let before = try elbo(problem, problem.pair)
    let slopes = try (0..<4).map { entry in
      var raised = problem.pair
      raised[entry] += 1
      return try elbo(problem, raised) - before
    }
    return .equal(found.mean, slopes, magnitude: 32)
  }
}

// MARK: The independent routes

extension NeighbourhoodLines {
  private static func exactGradient(_ problem: NeighbourhoodProblem) throws -> [Double] {
    exactELBOGradientBySwitching(factorised: problem.b, of: try problem.model())
  }

  private static func elbo(_ problem: NeighbourhoodProblem, _ pair: [Double]) throws -> Double {
    exactELBO(factorised: problem.b, of: try problem.model(pair)).value
  }

  /// Σ_xy p f.
  private static func mean(_ values: [[Double]], _ problem: NeighbourhoodProblem) -> Double {
    zip(values.joined(), problem.joint.joined()).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Σ_x p(x) g(x).
  private static func outer(_ values: [Double], _ problem: NeighbourhoodProblem) -> Double {
    zip(values, problem.joint).reduce(0) { $0 + $1.0 * $1.1.reduce(0, +) }
  }

  /// E Var[f | X], from pairs: Var = ½ Σ_yy' p(y|x) p(y'|x) (f − f')².
  private static func meanSpread(_ problem: NeighbourhoodProblem) -> Double {
    zip(problem.values, problem.joint).reduce(0) { total, row in
      let (f, p) = row
      return total + p[0] * p[1] / (p[0] + p[1]) * (f[0] - f[1]) * (f[0] - f[1])
    }
  }
}

extension Page {
  /// What can be left out of a signal.
  static let raoBlackwell: Exercise<NeighbourhoodRules, NeighbourhoodProblem> = Exercise(
    Sheet(
      id: "rao-blackwell", title: "What can be left out of a signal", task: "", hints: [],
      example: .example, draw: NeighbourhoodProblem.draw, lines: []),
    answer: .answer, derivation: NeighbourhoodLines.all, mistakes: NeighbourhoodRules.mistakes)
}
