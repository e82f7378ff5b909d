import Exact
import GSL
import LessonKit
import Probability
import Verification

/// What a baseline may do to the mean and to the variance.
enum BaselineLines {
  typealias Step = Line<BaselineRules, BaselineProblem>

  static let all: [Step] = [
    shift, pastOnly, ownSample, varianceOne, printedVariance, rescaled, notUnchanged, best,
    bestIsTheVertex, controlVariate, manyBits, growsWithBits,
  ]

  static let shift = Step(
    "shift", "E[(f − c) ∇log q] = ∇E_q[f]  for every c",
    because: "c leaves the mean: c · E_q[∇log q] = 0", claims: ["A-282", "A-284"]
  ) { rules, problem in
    let found = try exactMoments { try rules.shifted(problem, problem.baseline, &$0) }
    return .equal(found.mean, exactGradient(problem), magnitude: 32)
  }

  static let pastOnly = Step(
    "past-only", "E[(f(z_t) − m_t) ∇log q(z_t)] = ∇E_q[f],  m_t of z_1 … z_(t−1)",
    because: "given the past, m_t is a constant; two steps of the optimiser were run",
    claims: ["A-282", "A-281"]
  ) { rules, problem in
    let found = try exactMoments { try rules.running(problem, &$0) }
    return .equal(found.mean, exactGradient(problem), magnitude: 32)
  }

  static let ownSample = Step(
    "own-sample", "E[(f(z_t) − m_t) ∇log q(z_t)] ≠ E[(f(z_t) − m_(t+1)) ∇log q(z_t)]",
    because: "m_(t+1) = a m_t + (1−a) f(z_t) holds its own sample: only a · ∇E_q[f] is left",
    claims: ["A-282", "A-281"]
  ) { rules, problem in
    let found = try exactMoments { try rules.running(problem, &$0) }
    let gradient = exactGradient(problem)
    return .different(
      found.mean, gradient.map { problem.decay * $0 },
      by: gradient.map { (1 - problem.decay) * $0 }, atLeast: 1e-9, magnitude: 32)
  }

  // MARK: Standardised rewards

  static let varianceOne = Step(
    "variance-one", "Var_q[(f − μ)/σ] = 1",
    because: "a variance scales with the square of the factor, so it is σ that divides",
    claims: ["A-281"]
  ) { rules, problem in
    .equal(variance(rules.standardised(problem), problem.law), 1, terms: 128)
  }

  static let printedVariance = Step(
    "printed-variance", "Var_q[(f − μ)/σ] ≠ Var_q[(f − μ)/σ²]",
    because: "with σ² below, the variance is 1/σ²: it is 1 only by accident", claims: ["A-281"]
  ) { rules, problem in
    let printed = variance(
      problem.rewards.map { ($0 - problem.mean) / problem.variance }, problem.law)
    return .different(
      variance(rules.standardised(problem), problem.law), printed,
      by: 1 - 1 / problem.variance, atLeast: 1e-9, terms: 128, magnitude: 4)
  }

  static let rescaled = Step(
    "rescaled", "σ · E_q[r̂ ∇log q] = ∇E_q[f],  r̂ = (f − μ)/σ",
    because: "the shift costs nothing, the division has to be undone", claims: ["A-281"]
  ) { rules, problem in
    let gradient = standardisedGradient(rules, problem)
    return .equal(
      gradient.map { rules.scale(problem) * $0 }, exactGradient(problem), terms: 128,
      magnitude: 32)
  }

  static let notUnchanged = Step(
    "not-unchanged", "E_q[r̂ ∇log q] ≠ E_q[f ∇log q]",
    because: "the direction is kept and the length divided by σ: a preconditioner, not unbiased",
    claims: ["A-281"]
  ) { rules, problem in
    let shrink = 1 / sqrt(problem.variance) - 1
    return .different(
      standardisedGradient(rules, problem), exactGradient(problem),
      by: exactGradient(problem).map { shrink * $0 }, atLeast: 1e-9, terms: 128, magnitude: 32)
  }

  // MARK: The best constant

  static let best = Step(
    "best", "Var[(f − c*) g] ≤ Var[(f − c) g],  gap (c − c*)² E[g²]",
    because: "the variance is a parabola in c with its foot at c* = E[f g²]/E[g²]",
    claims: ["A-283"]
  ) { rules, problem in
    let best = try rules.best(problem, 0)
    let squares = problem.law.mean(
      problem.states.map { problem.law.score($0)[0] * problem.law.score($0)[0] })
    let gap = (problem.baseline - best) * (problem.baseline - best) * squares
    return .atMost(
      try varianceAt(best, rules, problem), try varianceAt(problem.baseline, rules, problem),
      gap: gap, terms: 128, magnitude: 256)
  }

  static let bestIsTheVertex = Step(
    "best-is-the-vertex", "c* = (V(−1) − V(1)) / (2 V(1) + 2 V(−1) − 4 V(0))",
    because: "three exact variances determine a parabola: a second way to its foot",
    claims: ["A-283"]
  ) { rules, problem in
    let last = problem.states.upperBound - 1
    let v = try [-1.0, 0, 1].map { c in
      try exactMoments { try BaselineRules.answer.shifted(problem, c, &$0) }.variances[last]
    }
    return .equal(
      try rules.best(problem, last), (v[0] - v[2]) / (2 * v[2] + 2 * v[0] - 4 * v[1]), terms: 4096,
      magnitude: 256)
  }

  static let controlVariate = Step(
    "control-variate", "Var[f − β (h − E h)] = (1 − ρ²) Var[f],  β = Cov(f,h)/Var(h)",
    because: "what h explains of f in the sense of least squares is gone, the mean stays",
    claims: ["A-160"]
  ) { rules, problem in
    let control = problem.states.map { problem.law.score($0)[0] }
    let beta = rules.coefficient(problem.law, problem.rewards, control)
    let left = problem.states.map { problem.rewards[$0] - beta * control[$0] }
    let covariance = problem.law.mean(
      problem.states.map { (problem.rewards[$0] - problem.mean) * control[$0] })
    let ofControl = variance(control, problem.law)
    let rho2 = covariance * covariance / (ofControl * problem.variance)
    return .equal(
      variance(left, problem.law), (1 - rho2) * problem.variance, terms: 128, magnitude: 32)
  }

  // MARK: The number of bits

  static let manyBits = Step(
    "many-bits", "Var[f ∂_b₁ log q] = E[g² ((z₁ + E R)² + Var R)] − 1,  f = z₁ + R",
    because: "R = z₂ + … + z_D is noise to bit 1; for fair bits this is D² + D − 1",
    claims: ["A-126"]
  ) { rules, problem in
    .equal(
      try rules.varianceOfBits(problem.bits), varianceByFormula(problem.bits), terms: 256,
      magnitude: 128)
  }

  static let growsWithBits = Step(
    "grows-with-bits", "Var with one bit more ≥ Var",
    because: "every bit adds to f what bit 1 can only take for noise", claims: ["A-126", "A-279"]
  ) { rules, problem in
    let more = problem.bits + [0.35]
    return .atLeast(
      try rules.varianceOfBits(more), try rules.varianceOfBits(problem.bits),
      gap: varianceByFormula(more) - varianceByFormula(problem.bits), terms: 256, magnitude: 256)
  }
}

// MARK: The independent routes

extension BaselineLines {
  private static func exactGradient(_ problem: BaselineProblem) -> [Double] {
    exactExpectationGradient(logits: problem.law.logits, of: problem.rewards)
  }

  private static func standardisedGradient(
    _ rules: BaselineRules, _ problem: BaselineProblem
  ) -> [Double] {
    let rewards = rules.standardised(problem)
    return problem.law.mean(
      problem.states.map { state in problem.law.score(state).map { rewards[state] * $0 } })
  }

  private static func variance(_ values: [Double], _ law: SoftmaxLaw) -> Double {
    let centre = law.mean(values)
    return law.mean(values.map { ($0 - centre) * ($0 - centre) })
  }

  private static func varianceAt(
    _ baseline: Double, _ rules: BaselineRules, _ problem: BaselineProblem
  ) throws -> Double {
    try exactMoments { try rules.shifted(problem, baseline, &$0) }.variances[0]
  }

  /// E[g² (z₁ + R)²] − 1 with E[z₁ + R given z₁] and Var R written out.
  private static func varianceByFormula(_ bits: [Double]) -> Double {
    let b = bits[0]
    let rest = bits.dropFirst()
    let (mean, spread) = (rest.reduce(0, +), rest.reduce(0) { $0 + $1 * (1 - $1) })
    // g = 1/b at z₁ = 1, which has probability b, and −1/(1 − b) at z₁ = 0.
    return ((1 + mean) * (1 + mean) + spread) / b + (mean * mean + spread) / (1 - b) - 1
  }
}

extension Page {
  /// What a baseline may do.
  static let controlVariates: Exercise<BaselineRules, BaselineProblem> = Exercise(
    Sheet(
      id: "control-variates", title: "What a baseline may do", task: "", hints: [],
      example: .example, draw: BaselineProblem.draw, lines: []),
    answer: .answer, derivation: BaselineLines.all, mistakes: BaselineRules.mistakes)
}
