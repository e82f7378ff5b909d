import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `initial-state`: a deterministic network, and one number that it starts from.
enum InitialStateDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// log p(y, g).
    var logJoint: @Sendable (SpikeProblem, _ g: Double) throws -> Double
    /// The ELBO as one noise estimates it, with the divergence from N(0, 1) in closed form.
    var draw: @Sendable (SpikeProblem, _ noise: Double) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, SpikeProblem>

  static let checks: [Check] = [evidence, bound]

  /// ∫ f(u) du over ±11 with spacing 1/8: what is integrated is a Gaussian times a smooth function.
  private static func integral(_ f: (Double) throws -> Double) rethrows -> Double {
    var sum = CompensatedSum()
    for node in -88...88 { sum.add(try f(0.125 * Double(node))) }
    return 0.125 * sum.value
  }
}

extension InitialStateDerivation {
  static let evidence = Check(
    "one-integral", "∫ p(y, z) dz = p(y),  on another grid, unit by unit",
    because: "given z nothing is random but the counts: one integral, for any number of steps",
    claims: ["A-050"], as: .step
  ) { parts, problem in
    let evidence = problem.posterior.logEvidence
    let value = exp(evidence.value)
    return .equal(
      try integral { exp(try parts.logJoint(problem, $0)) },
      QuadratureValue(value, errorBound: value * (evidence.errorBound + 1e-14)))
  }

  static let bound = Check(
    "bound-of-counts", "E_ε[log p(y|m + √v ε)] − KL(q(z)‖p(z)) ≤ log p(y), by KL(q(z)‖p(z|y))",
    because: "the ELBO of an autoencoder whose code is one number for a whole sequence",
    claims: ["A-050"], as: .step
  ) { parts, problem in
    let posterior = problem.posterior
    let q = NormalLaw(mean: problem.mean, variance: problem.deviation * problem.deviation)
    let elbo = try integral { u in
      exp(-0.5 * u * u) / sqrt(2 * Double.pi) * (try parts.draw(problem, u))
    }
    let gap = integral { u in
      let g = q.mean + problem.deviation * u
      let weight = exp(-0.5 * u * u) / sqrt(2 * Double.pi)
      return weight * (q.logDensity(g) - posterior.logDensity(g, problem.counts, problem.generator))
    }
    return .atMost(
      elbo, posterior.logEvidence, gap: gap,
      rounding: .of(terms: 1 << 10, size: 10, because: "a few hundred terms are added on each side")
    )
  }
}
