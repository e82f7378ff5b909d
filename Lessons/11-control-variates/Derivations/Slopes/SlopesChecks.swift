import LessonKit
import Models
import Probability
import Verification

/// Derivation `slopes`: slopes of f in the place of differences, and by how much each is biased.
enum SlopesDerivation {
  /// An estimate from the state that was drawn.
  typealias AtState = @Sendable (DiscreteProblem, _ state: Int) throws -> [Double]

  /// What is judged.
  struct Parts: Sendable {
    /// p_d (1 − p_d) ∂_d f(z).
    var straightThrough: AtState
    /// ∂_d f(z).
    var asItIs: AtState
    /// ReinMax at a temperature.
    var reinmax: @Sendable (DiscreteProblem, _ temperature: Double, _ state: Int) throws -> [Double]
    /// ω_d ∂_d f(z), with jumps to one side or to both.
    var smoothed: @Sendable (DiscreteProblem, _ sides: Int, _ state: Int) throws -> [Double]
    /// Gumbel-softmax: f′(y) y (1 − y)/τ.
    var softened: @Sendable (LatentProblem, _ bit: Int, _ z: Double) throws -> Double
    /// Straight-through Gumbel: f′(z) y (1 − y)/τ.
    var hardened: @Sendable (LatentProblem, _ bit: Int, _ z: Double) throws -> Double
    /// Mean and variance of Gumbel–Rao, with every latent number of z averaged.
    var averaged: @Sendable (LatentProblem) throws -> [QuadratureValue]
    /// Straight-through Gumbel for classes, at the problem's noise.
    var classes: @Sendable (SlopesProblem) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, SlopesProblem>

  static let checks: [Check] = [
    atTheDraw, trapezoid, oneEnd, twoNames, symmetric, linear, unscaled, cooled, softened,
    hardened, averaged, classes,
  ]

  private static func rounding(_ problem: SlopesProblem) -> Rounding {
    .of(size: problem.steepest / problem.temperature, because: "slopes of this size cancel")
  }
}

// MARK: Slopes at the bits

extension SlopesDerivation {
  static let atTheDraw = Check(
    "at-the-draw",
    "E[p_d (1 − p_d) ∂_d f(z)] = ∇E_q[f] + p_d (1 − p_d) ((2 p_d − 1) κ_d + (3 p_d − 1) μ_d)",
    because:
      "the slope at z_d = 0 is λ_d + …, at 1 it is 2 κ_d + 3 μ_d more; the difference is κ_d + μ_d more",
    as: .step
  ) { parts, problem in
    .equal(
      try problem.mean { try parts.straightThrough(problem.discrete, $0) },
      zip(zip(problem.gradient, problem.bits.variances), problem.excess).map {
        $0.0 + $0.1 * $1
      }, rounding: rounding(problem))
  }

  static let trapezoid = Check(
    "trapezoid", "E[g_d] = ∇E_q[f] + ½ p_d (1 − p_d) μ_d,  τ = 1",
    because: "the mean of the slopes at both ends: exact for a square, μ_d/2 too much for a cube",
    as: .consequence, changing: { _ in [Given("τ", 1.0)] }
  ) { parts, problem in
    .equal(
      try problem.mean { try parts.reinmax(problem.discrete, 1, $0) },
      zip(zip(problem.gradient, problem.bits.variances), problem.powers).map {
        $0.0 + $0.1 * ExactValue($1[2]) / 2
      }, rounding: rounding(problem))
  }

  static let twoNames = Check(
    "two-names", "g_d(z) = ½ (p_d (1 − z_d) + (1 − p_d) z_d) ∂_d f(z),  τ = 1",
    because:
      "2 m (1 − m) − ½ p (1 − p) is p/2 for z = 0 and (1 − p)/2 for z = 1: two papers, one random number",
    as: .consequence, changing: { _ in [Given("τ", 1.0)] }
  ) { parts, problem in
    let states = problem.bits.states.indices
    return .equal(
      try states.flatMap { try parts.reinmax(problem.discrete, 1, $0) },
      try states.flatMap { try parts.smoothed(problem.discrete, 2, $0) },
      rounding: rounding(problem))
  }

  static let oneEnd = Check(
    "one-end", "E[p_d (1 − z_d) ∂_d f(z)] = ∇E_q[f] − p_d (1 − p_d) (κ_d + μ_d)",
    because: "jumps up alone see the slope at 0 and nothing else", as: .specialCase
  ) { parts, problem in
    .equal(
      try problem.mean { try parts.smoothed(problem.discrete, 1, $0) },
      zip(zip(problem.gradient, problem.bits.variances), problem.powers).map {
        $0.0 - $0.1 * (ExactValue($1[1]) + ExactValue($1[2]))
      }, rounding: rounding(problem))
  }

  static let symmetric = Check(
    "symmetric", "E[p_d (1 − p_d) ∂_d f(z)] = ∇E_q[f],  θ = 0 and μ = 0",
    because: "2 p − 1 is zero: at a fair coin and for a square no bias can be seen",
    as: .specialCase,
    changing: { _ in [Given("θ", [0.0, 0]), Given("μ", [0.0, 0])] }
  ) { parts, problem in
    let fair = problem.fair
    return .equal(
      try fair.mean { try parts.straightThrough(fair.discrete, $0) }, fair.gradient,
      rounding: rounding(problem))
  }

  static let linear = Check(
    "linear-in-each",
    "p_d (1 − p_d) ∂_d f(z) = p_d (1 − p_d) (f(z_d = 1) − f(z_d = 0)),  κ = μ = 0",
    because: "for a function that is linear in each bit the slope is the difference, draw by draw",
    as: .specialCase, changing: { _ in [Given("κ", [0.0, 0]), Given("μ", [0.0, 0])] }
  ) { parts, problem in
    let flat = problem.linear
    let bits = flat.bits
    return .equal(
      try bits.states.indices.flatMap { try parts.straightThrough(flat.discrete, $0) },
      bits.states.flatMap { state in
        [0, 1].map { bits.variances[$0] * bits.effect(of: $0, on: flat.value, at: state.b) }
      }, rounding: rounding(problem))
  }

  static let unscaled = Check(
    "unscaled", "p_d (1 − p_d) E[∂_d f(z)] = E[p_d (1 − p_d) ∂_d f(z)]",
    because: "without p_d (1 − p_d) it is a slope by the probability: 4 times as long or more",
    as: .aside
  ) { parts, problem in
    let found = try problem.mean { try parts.asItIs(problem.discrete, $0) }
    return .equal(
      zip(problem.bits.variances, found).map { $0 * $1 },
      zip(zip(problem.gradient, problem.bits.variances), problem.excess).map { $0.0 + $0.1 * $1 },
      rounding: rounding(problem))
  }

  static let cooled = Check(
    "warmer",
    "E[g_d] = E[∂_d f(z) (2 m_d (1 − m_d) − ½ p_d (1 − p_d))],  m_d = ½ (σ(θ_d/τ) + z_d), τ = 1.4",
    because: "at another τ the weights are no longer p/2 and (1 − p)/2, and a square is biased too",
    as: .aside, changing: { _ in [Given("τ", 1.4)] }
  ) { parts, problem in
    .equal(
      try problem.mean { try parts.reinmax(problem.discrete, 1.4, $0) }, problem.cooledMean(1.4),
      rounding: rounding(problem))
  }
}

// MARK: Slopes between the bits

extension SlopesDerivation {
  static let softened = Check(
    "softened", "E[f′(y) ∂y/∂θ] = ∂E[f(y)]/∂θ,  D = 1",
    because: "y moves smoothly with its logit: the right gradient, of the mean of another variable",
    as: .consequence
  ) { parts, problem in
    let latent = problem.latent
    return .equal(
      try latent.mean { try parts.softened(latent, $0, $1) },
      try latent.relaxedSlope(latent.powers),
      rounding: rounding(problem))
  }

  static let hardened = Check(
    "hardened",
    "E[f′(z) ∂y/∂θ] = f′(1) (∂E[y z]/∂θ − ½ p (1 − p)) + f′(0) (∂E[y (1 − z)]/∂θ + ½ p (1 − p)),  D = 1",
    because:
      "f sees the bit and its slope sees y: the gradient of no function that anybody wrote down",
    as: .specialCase
  ) { parts, problem in
    let latent = problem.latent
    let (on, off) = (try latent.softness(of: 1), try latent.softness(of: 0))
    let (high, low) = (latent.slope(atBit: 1), latent.slope(atBit: 0))
    return .equal(
      try latent.mean { try parts.hardened(latent, $0, $1) },
      QuadratureValue(
        high * on.value + low * off.value,
        errorBound: abs(high) * on.errorBound + abs(low) * off.errorBound),
      rounding: rounding(problem))
  }

  static let averaged = Check(
    "all-latents",
    "E[ḡ] = E[f′(z) ∂y/∂θ],  Var[ḡ] = p (1 − p) (f′(1) E[∂y/∂θ|1] − f′(0) E[∂y/∂θ|0])²",
    because:
      "Gumbel–Rao averages over z given z: the mean stays as it was, and what is left is the spread of z",
    as: .aside
  ) { parts, problem in
    let latent = problem.latent
    let (on, off) = (try latent.softness(of: 1), try latent.softness(of: 0))
    let (high, low) = (latent.slope(atBit: 1), latent.slope(atBit: 0))
    let p = latent.probability.value
    let distance = high * on.value / p - low * off.value / (1 - p)
    let size = abs(high / p) + abs(low / (1 - p))
    let bound = max(on.errorBound, off.errorBound)
    return .equal(
      try parts.averaged(latent),
      [
        QuadratureValue(high * on.value + low * off.value, errorBound: size * bound),
        QuadratureValue(p * (1 - p) * distance * distance, errorBound: 2 * size * size * bound),
      ], rounding: rounding(problem))
  }

  static let classes = Check(
    "classes", "g_k = y_k Σ_j y_j (f′_k(z) − f′_j(z))/τ,  y = softmax((θ + G)/τ)",
    because:
      "one of three classes: a softmax in the place of a sigmoid, and the slopes at the winner",
    as: .aside
  ) { parts, problem in
    .equal(
      try parts.classes(problem), problem.pulledClasses,
      rounding: .of(
        size: 3 * (2 + problem.steepest) * (2 + problem.steepest) / problem.temperature,
        because: "squares of steps of this size cancel"))
  }
}
