import Exact
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Exercise `chain-inference`: the same with a chain of states in place of clusters.
enum ChainInferenceExercise {
  /// Means, variances and covariances of neighbours.
  struct Moments: Sendable {
    /// E[x_t].
    var means: [Double]
    /// Var[x_t].
    var variances: [Double]
    /// Cov(x_t, x_(t−1)).
    var neighbours: [Double]
  }

  /// What is written.
  struct Parts: Sendable {
    /// q(x_0 … x_(T−1)).
    var moments: @Sendable (ChainProblem) throws -> Moments
    /// t̄.
    var statistics: @Sendable (ChainProblem) throws -> [Double]
    /// ∂t̄/∂ε.
    var localTerm: @Sendable (ChainProblem) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, ChainProblem>

  static let checks: [Check] = [means, covariances, statistics, localTerm, whole]

  private static let rounding = Rounding.of(
    terms: 1 << 14,
    because: "messages are passed along the chain and back; each state is inverted twice")
}

extension ChainInferenceExercise {
  static let means = Check(
    "smoothed-means", "E_q[x_t] = ∂log Z/∂h_t",
    because: "q(x) is an exponential family in which h_t multiplies x_t", claims: ["A-138"],
    as: .step
  ) { parts, problem in
    let program = try problem.program
    return .equal(
      try parts.moments(problem).means,
      try problem.potentials.indices.map {
        try program.values(along: .linear($0)).surrogate.slope
      }, rounding: rounding)
  }

  static let covariances = Check(
    "neighbours", "Cov_q[x_t, x_s] = ∂E_q[x_t]/∂h_s,  the variances, then the neighbours",
    because: "second derivatives of log Z are covariances; neighbours are correlated",
    claims: ["A-138"], as: .step
  ) { parts, problem in
    let program = try problem.program
    let moments = try parts.moments(problem)
    let moved = try problem.potentials.indices.map { try program.values(along: .linear($0)).means }
    return .equal(
      moments.variances + moments.neighbours,
      moments.variances.indices.map { moved[$0][$0].slope }
        + moments.neighbours.indices.map { moved[$0][$0 + 1].slope }, rounding: rounding)
  }

  static let statistics = Check(
    "statistics", "t̄ = (Σ_t E_q[x_t x_s], Σ_t E_q[x_s²], Σ_t E_q[x_t²], Σ_t 1),  s = t − 1",
    because: "log N(x_t; a x_s, Q) is linear in them", as: .step
  ) { parts, problem in
    .equal(
      try parts.statistics(problem), try problem.program.values().statistics.map(\.value),
      rounding: rounding)
  }

  static let localTerm = Check(
    "covariance-with-the-tilt", "∂t̄/∂ε = Cov_q[t, Σ_n Δ_n(x_n)]",
    because: "q(x) is one exponential family, so its rates are covariances", as: .step
  ) { parts, problem in
    .equal(
      try parts.localTerm(problem),
      try problem.program.values(along: .towardsDecoder).statistics.map(\.slope),
      rounding: .of(
        terms: 1 << 16, size: try scale(problem),
        because: "the tilt may be large and its covariances cancel"))
  }

  static let whole = Check(
    "chain-natural-gradient", "∇_η ELBO = F·(η₀ + t̄ − η + ∂t̄/∂ε)",
    because: "nothing in the derivation asked what the local factors are", claims: ["A-136"],
    as: .consequence
  ) { parts, problem in
    let program = try problem.program
    let eta = problem.globals.naturalParameters
    let natural = zip(
      zip(problem.dynamics.parameters.naturalParameters, eta),
      zip(try parts.statistics(problem), try parts.localTerm(problem))
    ).map { $0.0 + $1.0 - $0.1 + $1.1 }
    let values = try eta.indices.map { try program.values(along: .natural($0)) }
    return .equal(
      values.map { value in
        zip(value.expectations, natural).reduce(0) { $0 + $1.0.slope * $1.1 }
      }, values.map(\.elbo.slope),
      rounding: .of(
        terms: 1 << 16, size: try scale(problem) * 10,
        because: "F multiplies gradients that partly cancel"))
  }

  /// The size of a covariance of a square with the tilt.
  private static func scale(_ problem: ChainProblem) throws -> Double {
    let values = try problem.program.values()
    let squares = values.squares.reduce(1) { max($0, $1.value) }
    let tilts = zip(problem.asked, problem.potentials).reduce(1.0) {
      $0 + abs($1.0.linear[0] - $1.1.linear[0]) + abs($1.0.precision[0, 0] - $1.1.precision[0, 0])
    }
    return squares * squares * tilts
  }
}
