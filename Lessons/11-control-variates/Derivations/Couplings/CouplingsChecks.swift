import LessonKit
import Models
import Probability
import Verification

/// Derivation `couplings`: differences of f at two draws, and what is shared between them.
enum CouplingsDerivation {
  /// One run of an estimator.
  typealias Program = @Sendable (DiscreteProblem, inout CutUniforms) throws -> [Double]
  /// One run, with a choice of what is shared.
  typealias Choice = @Sendable (DiscreteProblem, Bool, inout CutUniforms) throws -> [Double]

  /// What is judged.
  struct Parts: Sendable {
    /// p_d (1 − p_d) (f(z[d ← 1]) − f(z′[d ← 0])), z′ = z or a draw of its own.
    var measureValued: Choice
    /// ω_d (f(z[d ← 1]) − f(z[d ← 0])), with jumps from 1 to 0 or without.
    var triple: Choice
    /// f(1[u < p]) (1 − 2 u).
    var augmented: Program
    /// (f(z) − f(z̃)) (u − ½).
    var merged: Program
    /// The mean of that given z and z̃.
    var disarm: Program
    /// (f at θ_d + ε − f at θ_d − ε)/2ε, on one noise or on two.
    var difference: @Sendable (CouplingsProblem, Bool, inout CutUniforms) throws -> [Double]
    /// The same with all logits moved at once.
    var diagonal: @Sendable (CouplingsProblem, inout CutUniforms) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, CouplingsProblem>

  static let checks: [Check] = [
    jump, drawnJump, uniform, mirror, averaged, shared, apart, scatter, lessScatter, bothSides,
    fair, quotient, oneNoise, diagonal,
  ]
}

// MARK: Jumps

extension CouplingsDerivation {
  static let jump = Check(
    "jump", "∇E_q[f] = p_d (1 − p_d) E[f(z_d = 1) − f(z_d = 0)]",
    because:
      "∂q/∂p_d is one probability less another: f where bit d is on, less f where it is off; p_d (1 − p_d) = ∂p_d/∂θ_d",
    claims: ["A-294"], as: .step
  ) { parts, problem in
    let found = try exactMomentsWithUniforms {
      try parts.measureValued(problem.discrete, true, &$0)
    }
    return .equal(found.means, problem.gradient)
  }

  static let drawnJump = Check(
    "drawn-jump",
    "p_d (1 − p_d) E[f(z_d = 1) − f(z_d = 0)] = E[ω_d (f(z_d = 1) − f(z_d = 0))],  ω_d = p_d (1 − z_d)",
    because:
      "E[ω_d] = p_d (1 − p_d), and ω_d does not know the other bits: a bit that is off may jump",
    as: .step
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.triple(problem.discrete, false, &$0) }
    return .equal(
      problem.bits.gradient(problem.value), found.means)
  }

  static let shared = Check(
    "shared", "Var[g_d] = Var[g̃_d] − 2 p_d² (1 − p_d)² Cov_q[f(z_d = 1), f(z_d = 0)]",
    because:
      "g takes both values of f at one draw of the other bits, g̃ at two: sharing helps where they rise together",
    as: .consequence
  ) { parts, problem in
    let one = try exactMomentsWithUniforms { try parts.measureValued(problem.discrete, true, &$0) }
    let two = try exactMomentsWithUniforms { try parts.measureValued(problem.discrete, false, &$0) }
    let apart = [two.covariances[0], two.covariances[3]]
    return .equal(
      [one.covariances[0], one.covariances[3]],
      zip(apart, problem.sharedPart).map { $0 - $1 })
  }

  static let apart = Check(
    "apart", "E[g̃] = ∇E_q[f]", because: "a difference of means needs no common draw",
    as: .specialCase
  ) { parts, problem in
    let found = try exactMomentsWithUniforms {
      try parts.measureValued(problem.discrete, false, &$0)
    }
    return .equal(found.means, problem.gradient)
  }

  static let bothSides = Check(
    "both-sides", "E[g] = ∇E_q[f],  ω_d = ½ (p_d (1 − z_d) + (1 − p_d) z_d)",
    because: "half of the jumps up and half of the jumps down", as: .specialCase
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.triple(problem.discrete, true, &$0) }
    return .equal(found.means, problem.gradient)
  }
}

// MARK: Mirrored draws

extension CouplingsDerivation {
  static let uniform = Check(
    "uniform", "∇E_q[f] = E[f(z̃) (1 − 2 u_d)],  z̃ = 1[u < p]",
    because:
      "given z̃, the mean of 1 − 2 u_d is 1 − p_d for a bit that is on and −p_d for one that is off: the score",
    as: .step
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.augmented(problem.discrete, &$0) }
    return .equal(problem.gradient, found.means)
  }

  static let mirror = Check(
    "mirror", "E[f(z̃) (1 − 2 u_d)] = E[(f(z) − f(z̃)) (u_d − ½)],  z = 1[u > 1 − p]",
    because: "1 − u is as uniform as u: the mean of both, which is ARM", as: .step
  ) { parts, problem in
    let one = try exactMomentsWithUniforms { try parts.augmented(problem.discrete, &$0) }
    let found = try exactMomentsWithUniforms { try parts.merged(problem.discrete, &$0) }
    return .equal(one.means, found.means)
  }

  static let averaged = Check(
    "averaged",
    "E[(f(z) − f(z̃)) (u_d − ½)] = ½ E[(f(z) − f(z̃)) (z_d − z̃_d) σ(|θ_d|)]",
    because:
      "given z and z̃, u_d − ½ is zero on average where they agree, and ±½ σ(|θ_d|) where not: DisARM",
    as: .step
  ) { parts, problem in
    let merged = try exactMomentsWithUniforms { try parts.merged(problem.discrete, &$0) }
    let found = try exactMomentsWithUniforms { try parts.disarm(problem.discrete, &$0) }
    return .equal(merged.means, found.means)
  }

  static let scatter = Check(
    "scatter", "Var[f(z̃) (1 − 2 u_d)] ≥ Var_q[f s_d]",
    because:
      "E[f² ℓ_d²]/3 more: u_d is scattered over a cell of length ℓ_d, and f does not know where",
    as: .consequence
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.augmented(problem.discrete, &$0) }
    return .atLeast(
      [found.covariances[0], found.covariances[3]], problem.plainVariances,
      gap: problem.scatterBehindBits)
  }

  static let lessScatter = Check(
    "less-scatter", "½² Var[(f(z) − f(z̃)) (z_d − z̃_d) σ(|θ_d|)] ≤ Var[(f(z) − f(z̃)) (u_d − ½)]",
    because: "E[(f(z) − f(z̃))² ℓ_d²]/12 less: Rao and Blackwell once more", as: .consequence
  ) { parts, problem in
    let merged = try exactMomentsWithUniforms { try parts.merged(problem.discrete, &$0) }
    let found = try exactMomentsWithUniforms { try parts.disarm(problem.discrete, &$0) }
    return .atMost(
      [found.covariances[0], found.covariances[3]], [merged.covariances[0], merged.covariances[3]],
      gap: problem.scatterInCells)
  }

  static let fair = Check(
    "fair", "Cov[½ (f(z) − f(z̃)) (z_d − z̃_d) σ(|θ_d|)] = 0,  θ = 0,  D = 1",
    because: "one of the pair is 1 and the other 0, whatever u is: a symmetric point flatters",
    as: .specialCase, changing: { _ in [Given("θ", [0.0])] }
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.disarm(problem.fair, &$0) }
    let effect = ExactValue(problem.values[1]) - ExactValue(problem.values[0])
    return .equal(found.means + found.covariances, [effect / 4, 0])
  }
}

// MARK: Differences

extension CouplingsDerivation {
  static let quotient = Check(
    "quotient", "E[g_d] = (E_{θ_d + ε}[f] − E_{θ_d − ε}[f])/(2 ε)",
    because:
      "each half has the mean that its logits say: what is estimated is a quotient, off by ε²",
    as: .specialCase
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.difference(problem, true, &$0) }
    return .equal(found.means, problem.quotients)
  }

  static let oneNoise = Check(
    "one-noise", "Var[g_d] = E[(f(z_d = 1) − f(z_d = 0))²] P(z_d jumps)/(4 ε²) − E[g_d]²",
    because:
      "on one noise only a u_d between both p_d is seen: 1/ε, not 1/ε²",
    as: .consequence
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.difference(problem, true, &$0) }
    return .equal([found.covariances[0], found.covariances[3]], problem.varianceOnOneNoise)
  }

  static let diagonal = Check(
    "diagonal", "E[g_d] = E_δ[(E_{θ + ε δ}[f] − E_{θ − ε δ}[f])/(2 ε δ_d)]",
    because:
      "two runs for all logits; what the others add has the sign of δ_e δ_d, and cancels up to ε²",
    as: .aside
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.diagonal(problem, &$0) }
    return .equal(found.means, problem.quotientsAlongDiagonals)
  }
}
