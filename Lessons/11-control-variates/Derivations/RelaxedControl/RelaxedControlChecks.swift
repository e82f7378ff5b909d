import LessonKit
import Models
import Probability
import Verification

/// Derivation `relaxed-control`: a softened bit as a control variate, whose mean is put back by two slopes.
enum RelaxedControlDerivation {
  /// What is judged, as functions of what was drawn.
  struct Parts: Sendable {
    /// The estimate where ζ̃ is ζ.
    var tied: @Sendable (LatentProblem, _ bit: Int, _ z: Double) throws -> Double
    /// What of it is drawn given z: k(z, ζ̃).
    var given: @Sendable (LatentProblem, _ bit: Int, _ z: Double) throws -> Double
    /// What of it is not: η ∂h(y)/∂θ.
    var free: @Sendable (LatentProblem, _ bit: Int, _ z: Double) throws -> Double
    /// The estimate with a function of its own in the place of f.
    var relax: @Sendable (LatentProblem, _ bit: Int, _ z: Double) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, LatentProblem>

  static let checks: [Check] = [halves, productRule, inside, anyControl, noShare, threshold]

  private static func rounding(_ problem: LatentProblem) -> Rounding {
    .of(
      size: (problem.powers + problem.other).reduce(0) { $0 + abs($1) } / problem.temperature,
      because: "values and slopes of f and h, of both signs, are added")
  }

  static let halves = Check(
    "halves",
    "E[g] = E[k(z, ζ̃)] + η E[∂h(y)/∂θ],  k = (f(z) − η h(ỹ)) s − η ∂h(ỹ)/∂θ",
    because: "ζ̃ is drawn given z, so that it has the distribution of ζ: ỹ is y with another name",
    claims: ["A-289"], as: .step
  ) { parts, problem in
    let (given, free) = (
      try problem.mean { try parts.given(problem, $0, $1) },
      try problem.mean { try parts.free(problem, $0, $1) }
    )
    return .equal(
      try problem.mean { try parts.tied(problem, $0, $1) },
      QuadratureValue(
        given.value + free.value, errorBound: given.errorBound + free.errorBound),
      rounding: rounding(problem))
  }

  static let productRule = Check(
    "product-rule",
    "E[k(z, ζ̃)] + η E[∂h(y)/∂θ] = ∇E_q[f] − η ∂E[h(y)]/∂θ + η E[∂h(y)/∂θ]",
    because:
      "Σ_z q(z) E[h(ỹ)|z] is E[h(y)]: the score differentiates q(z), the slope what is behind it",
    claims: ["A-289"], as: .step
  ) { parts, problem in
    let (given, free) = (
      try problem.mean { try parts.given(problem, $0, $1) },
      try problem.mean { try parts.free(problem, $0, $1) }
    )
    let slope = try problem.relaxedSlope(problem.powers)
    let gradient = problem.gradient
    return .equal(
      given.value + free.value,
      QuadratureValue(
        gradient.value - problem.eta * slope.value + free.value,
        errorBound: given.errorBound + free.errorBound + slope.errorBound + gradient.roundingBound),
      rounding: rounding(problem))
  }

  static let inside = Check(
    "inside", "∇E_q[f] − η ∂E[h(y)]/∂θ + η E[∂h(y)/∂θ] = ∇E_q[f]",
    because: "y moves smoothly with the logit when Λ is held: the slope of a mean is a mean slope",
    claims: ["A-289"], as: .step
  ) { parts, problem in
    let free = try problem.mean { try parts.free(problem, $0, $1) }
    let slope = try problem.relaxedSlope(problem.powers)
    let gradient = problem.gradient
    return .equal(
      gradient.value - problem.eta * slope.value + free.value,
      QuadratureValue(
        gradient.value,
        errorBound: free.errorBound + slope.errorBound + gradient.roundingBound),
      rounding: rounding(problem))
  }

  static let anyControl = Check(
    "any-control", "E[g] = ∇E_q[f],  η = 1 and h any smooth function",
    because: "nothing above asked what h has to do with f", claims: ["A-290"], as: .consequence
  ) { parts, problem in
    let gradient = problem.gradient
    let found = try problem.mean { try parts.relax(problem, $0, $1) }
    return .equal(
      found.value,
      QuadratureValue(gradient.value, errorBound: found.errorBound + gradient.roundingBound),
      rounding: rounding(problem))
  }

  static let noShare = Check(
    "no-share", "E[g²] = E_q[f² s²],  η = 0",
    because: "without its control it is the score function, draw by draw", as: .specialCase,
    changing: { _ in [Given("η", 0.0)] }
  ) { parts, problem in
    let plain = problem.with(eta: 0)
    let found = try problem.mean { bit, z in
      let g = try parts.tied(plain, bit, z)
      return g * g
    }
    let (p, total) = (problem.probability, problem.powers.sum { ExactValue($0) })
    let exact = p * total * total * (1 - p) * (1 - p)
    return .equal(
      found.value,
      QuadratureValue(exact.value, errorBound: found.errorBound + exact.roundingBound),
      rounding: rounding(problem))
  }

  static let threshold = Check(
    "threshold", "k(z, 0) = (f(z) − η h(½)) (z − p)",
    because:
      "at the threshold ζ̃ does not move with the logit: it is held there, and no slope is left",
    as: .aside
  ) { parts, problem in
    let p = problem.probability
    let control =
      ExactValue(problem.eta) * ExactValue(LatentProblem.value(problem.powers, at: 0.5))
    let top = problem.powers.sum { ExactValue($0) }
    return .equal(
      [try parts.given(problem, 0, 0), try parts.given(problem, 1, 0)],
      [control * p, (top - control) * (1 - p)], rounding: rounding(problem))
  }
}
