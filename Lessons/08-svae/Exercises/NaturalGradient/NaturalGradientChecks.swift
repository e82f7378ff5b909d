import Exact
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Exercise `natural-gradient`: the term through the local optimum.
enum NaturalGradientExercise {
  /// What is written, all of it in the coordinates of η.
  struct Parts: Sendable {
    /// The natural gradient with the local factors held fixed.
    var truncated: @Sendable (ClusterProblem) throws -> [Double]
    /// What the local optimum adds to it.
    var localTerm: @Sendable (ClusterProblem) throws -> [Double]
    /// Their sum.
    var whole: @Sendable (ClusterProblem) throws -> [Double]
    /// The gradient by (h_n, J_n), one pair after the other.
    var potentialGradient: @Sendable (ClusterProblem) throws -> [Double]

    /// The whole natural gradient.
    func natural(_ problem: ClusterProblem) throws -> [Double] {
      zip(try truncated(problem), try localTerm(problem)).map { $0 + $1 }
    }
  }

  typealias Check = LessonKit.Check<Parts, NaturalGradientProblem>

  static let checks: [Check] = [
    byExpectations, twoParts, fixedFactors, moving, ordinary, whole, potentials, blind,
    steepest,
  ]
}

// MARK: The chain

extension NaturalGradientExercise {
  static let byExpectations = Check(
    "by-expectations", "F⁻¹·∇_η ELBO = ∇_e ELBO",
    because: "e depends on η through F = ∂e/∂η, so F cancels", claims: ["A-136"], as: .step
  ) { parts, problem in
    .equal(
      try problem.natural(\.elbo), try parts.natural(problem.clusters), rounding: problem.rounding)
  }

  static let twoParts = Check(
    "two-parts", "∇_e ELBO = ∇_e S + ∇_e E_q[Δ]",
    because: "ELBO = S + E_q[Δ] + constant, from the section before", as: .step
  ) { parts, problem in
    let surrogate = try problem.natural(\.surrogate)
    let rest = try problem.natural { $0.elbo }
    return .equal(
      try parts.natural(problem.clusters),
      zip(surrogate, zip(rest, surrogate)).map { $0 + ($1.0 - $1.1) }, rounding: problem.rounding)
  }

  static let fixedFactors = Check(
    "fixed-factors", "∇_e S + ∇_e E_q[Δ] = η₀ + t̄ − η + ∇_e E_q[Δ]",
    because: "at its maximum S has no slope in q(x), q(z): they may be held fixed", as: .step
  ) { parts, problem in
    let (surrogate, elbo) = (try problem.natural(\.surrogate), try problem.natural(\.elbo))
    let rest = zip(elbo, surrogate).map { $0 - $1 }
    return .equal(
      zip(try parts.truncated(problem.clusters), rest).map { $0 + $1 }, elbo,
      rounding: problem.rounding)
  }

  static let moving = Check(
    "moving-optimum", "η₀ + t̄ − η + ∇_e E_q[Δ] = η₀ + t̄ − η + ∂t̄/∂ε,  ε = 0",
    because: "∂S/∂e = t̄ and ∂S/∂ε = E_q[Δ]: S has one mixed derivative", as: .step
  ) { parts, problem in
    let surrogate = try problem.natural(\.surrogate)
    return .equal(
      zip(surrogate, try parts.localTerm(problem.clusters)).map { $0 + $1 },
      zip(surrogate, problem.towardsDecoder.statistics).map { $0 + $1.slope },
      rounding: problem.rounding)
  }
}

// MARK: What follows

extension NaturalGradientExercise {
  static let ordinary = Check(
    "ordinary", "∇_η ELBO = F·(η₀ + t̄ − η + ∂t̄/∂ε)",
    because: "the same without the inverse: no F is needed to take a natural step",
    as: .specialCase
  ) { parts, problem in
    .equal(
      problem.ordinary(try parts.natural(problem.clusters)), problem.slopes(\.elbo),
      rounding: problem.rounding)
  }

  static let whole = Check(
    "whole", "F⁻¹·∇_η ELBO = η₀ + t̄ − η + ∂t̄/∂ε",
    because: "the step that the library takes, in one piece", as: .specialCase
  ) { parts, problem in
    .equal(
      try problem.natural(\.elbo), try parts.whole(problem.clusters), rounding: problem.rounding)
  }

  static let potentials = Check(
    "potentials", "∂ELBO/∂h_n = ∂E_q[x_n]/∂ε,  ∂ELBO/∂J_n = −½ ∂E_q[x_n²]/∂ε",
    because: "ELBO contains ψ_n through the local optimum only, which moves as S says",
    claims: ["A-136"], as: .consequence
  ) { parts, problem in
    let slopes = problem.alongPotentials.map(\.elbo.slope)
    return .equal(
      try parts.potentialGradient(problem.clusters), slopes, rounding: problem.rounding)
  }

  static let blind = Check(
    "blind", "∇_e ELBO = η₀ + t̄ − η,  ψ_n = ψ*_n",
    because: "Δ is zero: with the right potentials no test sees the term", as: .consequence,
    changing: { problem in
      [
        Given("h_n", problem.clusters.asked.map { $0.linear[0] }),
        Given("J_n", problem.clusters.asked.map { $0.precision[0, 0] }),
      ]
    }
  ) { parts, problem in
    let right = problem.clusters.with(problem.clusters.asked)
    let statistics = try right.program.values().statistics
    let prior = problem.clusters.mixture.parameters.naturalParameters
    return .equal(
      try parts.natural(right),
      problem.eta.indices.map { prior[$0] + statistics[$0].value - problem.eta[$0] },
      rounding: problem.rounding)
  }

  static let steepest = Check(
    "rate-along", "∂ELBO/∂s = g·F·g,  η = η + s g",
    because: "along the natural gradient g the ELBO rises at its squared length", as: .specialCase
  ) { parts, problem in
    let natural = try parts.natural(problem.clusters)
    let slopes = problem.slopes(\.elbo)
    let ordinary = problem.ordinary(natural)
    return .equal(
      zip(slopes, natural).reduce(0) { $0 + $1.0 * $1.1 },
      zip(ordinary, natural).reduce(0) { $0 + $1.0 * $1.1 },
      rounding: .of(
        terms: 1 << 18, size: 20 + natural.reduce(0) { $0 + $1 * $1 },
        because: "products of two gradients are added, some of them far larger than their sum"))
  }
}
