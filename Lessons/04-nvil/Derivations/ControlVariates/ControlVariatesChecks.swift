import GSL
import LessonKit
import Probability
import Verification

/// Derivation `control-variates`: what a baseline may do to the mean and to the variance.
enum ControlVariatesDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// (f(z) − c) ∇log q(z) at one draw.
    var shifted: @Sendable (ControlVariatesProblem, Double, inout Exhaustive) throws -> [Double]
    /// The same with the running mean of two steps for c: the estimate of the second step.
    var running: @Sendable (ControlVariatesProblem, inout Exhaustive) throws -> [Double]
    /// The same with a running mean that has taken in the sample that it is subtracted from.
    var leaking: @Sendable (ControlVariatesProblem, inout Exhaustive) throws -> [Double]
    /// The rewards standardised by their mean and standard deviation under q.
    var standardised: @Sendable (ControlVariatesProblem) -> [Double]
    /// What a gradient of standardised rewards has to be multiplied by.
    var scale: @Sendable (ControlVariatesProblem) -> Double
    /// The standardised estimate of a second step, by running moments that took in the first.
    var byThePast: @Sendable (ControlVariatesProblem, inout Exhaustive) throws -> [Double]
    /// The constant of least variance for one component.
    var best: @Sendable (ControlVariatesProblem, Int) throws -> Double
    /// β in f − β (h − E h), for tables f and h.
    var coefficient: @Sendable (SoftmaxLaw, _ f: [Double], _ h: [Double]) -> Double
    /// Var of the first component of the score function for f(z) = Σ_d z_d, differentiated in b.
    var varianceOfBits: @Sendable ([Double]) throws -> ExactValue
  }

  typealias Check = LessonKit.Check<Parts, ControlVariatesProblem>

  static let checks: [Check] = [
    shift, parabola, vertex, ownSample, rescaled, manyBits, pastOnly, best, bestIsTheVertex,
    varianceOne, notUnchanged, byThePast, controlVariate, growsWithBits,
    printedVariance,
  ]
}

// MARK: The mean

extension ControlVariatesDerivation {
  static let shift = Check(
    "shift", "E[(f − c) ∇log q] = ∇E_q[f]  for every c",
    because: "c leaves the mean: c · E_q[∇log q] = 0", claims: ["A-282", "A-284"], as: .step
  ) { parts, problem in
    let found = try exactMoments { try parts.shifted(problem, problem.baseline, &$0) }
    return .equal(found.means, problem.exactGradient)
  }

  static let pastOnly = Check(
    "past-only", "E[(f(z_t) − m_t) ∇log q(z_t)] = ∇E_q[f],  m_t of z_1 … z_(t−1)",
    because: "given the past, m_t is a constant; two steps of the optimiser were run",
    claims: ["A-282", .inPlaceOf("A-281")], as: .specialCase
  ) { parts, problem in
    let found = try exactMoments { try parts.running(problem, &$0) }
    return .equal(found.means, problem.exactGradient)
  }

  static let ownSample = Check(
    "own-sample", "E[(f(z_t) − m_(t+1)) ∇log q(z_t)] ≠ E[(f(z_t) − m_t) ∇log q(z_t)]",
    because: "m_(t+1) = a m_t + (1−a) f(z_t) holds its own sample: only a · ∇E_q[f] is left",
    claims: [.against("A-282"), .against("A-281")], as: .specialCase
  ) { parts, problem in
    let leaking = try exactMoments { try parts.leaking(problem, &$0) }
    let found = try exactMoments { try parts.running(problem, &$0) }
    return .different(
      leaking.means, found.means,
      by: problem.exactGradient.map { (ExactValue(problem.decay) - 1) * $0 }, atLeast: 1e-9)
  }
}

// MARK: Standardised rewards

extension ControlVariatesDerivation {
  static let varianceOne = Check(
    "variance-one", "Var_q[(f − μ)/σ] = 1",
    because: "a variance scales with the square of the factor, so it is σ that divides",
    claims: [.inPlaceOf("A-281")], as: .specialCase
  ) { parts, problem in
    .equal(problem.law.exactVariance(given(parts.standardised(problem))), 1.0)
  }

  static let printedVariance = Check(
    "printed-variance", "Var_q[(f − μ)/σ²] ≠ Var_q[(f − μ)/σ]",
    because: "with σ² below, the variance is 1/σ²: it is 1 only by accident",
    claims: [.against("A-281")],
    as: .erratum
  ) { parts, problem in
    let printed = problem.rewards.map { ($0 - problem.mean) / problem.variance }
    return .different(
      problem.law.exactVariance(given(printed)),
      problem.law.exactVariance(given(parts.standardised(problem))),
      by: 1 / problem.exactVariance - 1, atLeast: 1e-9)
  }

  static let rescaled = Check(
    "rescaled", "σ · E_q[f̂ ∇log q] = ∇E_q[f],  f̂ = (f − μ)/σ",
    because: "the shift costs nothing, the division has to be undone",
    claims: [.inPlaceOf("A-281")],
    as: .specialCase
  ) { parts, problem in
    let gradient = problem.law.exactMeanScore(given(parts.standardised(problem)))
    let scale = ExactValue(parts.scale(problem))
    return .equal(gradient.map { scale * $0 }, problem.exactGradient)
  }

  static let notUnchanged = Check(
    "not-unchanged", "E_q[f̂ ∇log q] ≠ E_q[f ∇log q],  f̂ = (f − μ)/σ",
    because: "the direction is kept and the length divided by σ: a preconditioner, not unbiased",
    claims: [.against("A-281")], as: .specialCase
  ) { parts, problem in
    let gradient = problem.law.exactMeanScore(given(parts.standardised(problem)))
    let shrink = 1 / problem.exactVariance.squareRoot - 1
    return .different(
      gradient, problem.exactGradient, by: problem.exactGradient.map { shrink * $0 },
      atLeast: 1e-9)
  }
}

// MARK: Rewards standardised by the past

extension ControlVariatesDerivation {
  static let byThePast = Check(
    "standardised-by-the-past",
    "E[(f(z₂) − m₁)/σ₁ ∇log q(z₂)] = E[1/σ₁] ∇E_q[f]",
    because: "given z₁, σ₁² = a + (1−a) (f(z₁) − m₀)² is a constant, and so is m₁: the direction "
      + "stays",
    claims: [.inPlaceOf("A-281")], as: .specialCase
  ) { parts, problem in
    let found = try exactMoments { try parts.byThePast(problem, &$0) }
    let (start, decay) = (ExactValue(problem.baseline), ExactValue(problem.decay))
    let length = problem.law.exactMean(
      problem.exactRewards.map { reward in
        1 / (decay + (1 - decay) * (reward - start) * (reward - start)).squareRoot
      })
    return .equal(found.means, problem.exactGradient.map { length * $0 })
  }
}

// MARK: The best constant

extension ControlVariatesDerivation {
  static let parabola = Check(
    "parabola", "Var[(f − c) s] = E[f² s²] − 2 c E[f s²] + c² E[s²] − E[f s]²",
    because: "expand the square; the mean has no c in it", claims: ["A-283"], as: .step
  ) { parts, problem in
    let found = try exactMoments { try parts.shifted(problem, problem.baseline, &$0) }
    return .equal(found.covariances[0], problem.expandedVariance)
  }

  static let vertex = Check(
    "vertex",
    "E[f² s²] − 2 c E[f s²] + c² E[s²] − E[f s]² = Var[(f − c*) s] + (c − c*)² E[s²]",
    because: "complete the square: c* = E[f s²]/E[s²]; s = [z = 0] − q(0) here", claims: ["A-283"],
    as: .step
  ) { parts, problem in
    let best = try parts.best(problem, 0)
    let least = problem.law.exactVariance(
      problem.law.exactTerms(problem.exactRewards.map { $0 - ExactValue(best) })[0])
    let distance = ExactValue(problem.baseline) - ExactValue(best)
    let squares = problem.law.exactMean(problem.law.exactScores(0).map { $0 * $0 })
    return .equal(problem.expandedVariance, least + distance * distance * squares)
  }

  static let best = Check(
    "best", "Var[(f − c*) s] ≤ Var[(f − c) s],  gap (c − c*)² E[s²]",
    because: "the variance is a parabola in c with its foot at c* = E[f s²]/E[s²]",
    claims: ["A-283"], as: .specialCase
  ) { parts, problem in
    func variance(_ baseline: Double) throws -> ExactValue {
      let found = try exactMoments { try parts.shifted(problem, baseline, &$0) }
      return found.covariances[0]
    }
    let best = try parts.best(problem, 0)
    let squares = problem.law.exactMean(problem.law.exactScores(0).map { $0 * $0 })
    let distance = ExactValue(problem.baseline) - ExactValue(best)
    return .atMost(
      try variance(best), try variance(problem.baseline), gap: distance * distance * squares)
  }

  static let bestIsTheVertex = Check(
    "best-is-the-vertex",
    "c* = (V(−1) − V(1)) / (2 V(1) + 2 V(−1) − 4 V(0)),  V(c) = Var[(f − c) s]",
    because: "three exact variances determine a parabola: a second way to its foot",
    claims: ["A-283"], as: .specialCase
  ) { parts, problem in
    let last = problem.states.upperBound - 1
    let v = [-1.0, 0, 1].map { c in
      problem.law.exactVariance(
        problem.law.exactTerms(problem.exactRewards.map { $0 - ExactValue(c) })[last])
    }
    return .equal(
      try parts.best(problem, last), (v[0] - v[2]) / (2 * v[2] + 2 * v[0] - 4 * v[1]))
  }

  static let controlVariate = Check(
    "control-variate", "Var[f − β (κ − E[κ])] = (1 − ρ²) Var[f],  β = Cov(f,κ)/Var(κ)",
    because: "what κ explains of f in the sense of least squares is gone, the mean stays",
    claims: ["A-160"], as: .specialCase
  ) { parts, problem in
    let (law, rewards) = (problem.law, problem.exactRewards)
    let control = law.exactScores(0)
    let beta = ExactValue(
      parts.coefficient(law, problem.rewards, control.map(\.value)))
    let left = law.exactVariance(zip(rewards, control).map { $0 - beta * $1 })
    let covariance = law.exactCovariance(rewards, control)
    let explained = covariance * covariance / law.exactVariance(control)
    // (1 − ρ²) Var f with ρ² = Cov² / (Var h Var f)
    return .equal(left, problem.exactVariance - explained)
  }
}

// MARK: The number of bits

extension ControlVariatesDerivation {
  static let manyBits = Check(
    "many-bits", "Var[f ∂log q/∂b₁] = E[(∂log q/∂b₁)² ((z₁ + E[R])² + Var[R])] − 1,  f = z₁ + R",
    because: "R = z₂ + … + z_D is noise to bit 1; for D fair bits this is D² + D − 1",
    claims: ["A-126"], as: .aside,
    changing: { [Given("b", $0.bits)] }
  ) { parts, problem in
    .equal(
      try parts.varianceOfBits(problem.bits),
      ControlVariatesProblem.exactVarianceOfFirst(problem.bits))
  }

  static let growsWithBits = Check(
    "grows-with-bits", "Var with one bit more ≥ Var",
    because: "every bit adds to f what bit 1 can only take for noise",
    claims: ["A-126", .inPlaceOf("A-279")],
    as: .specialCase,
    changing: { [Given("b", $0.bits), Given("b of the bit more", 0.35)] }
  ) { parts, problem in
    let more = problem.bits + [0.35]
    return .atLeast(
      try parts.varianceOfBits(more), try parts.varianceOfBits(problem.bits),
      gap: ControlVariatesProblem.exactVarianceOfFirst(more)
        - ControlVariatesProblem.exactVarianceOfFirst(problem.bits))
  }
}
