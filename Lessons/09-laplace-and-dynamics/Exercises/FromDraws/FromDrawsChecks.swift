import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `from-draws`: q(r) from draws of z.
enum FromDrawsExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The potentials that draws of z imply, a row for each t from 1 on, a number for each k.
    var potentials: @Sendable (DrawProblem, _ draws: [[Double]]) throws -> [[Double]]
    /// q̂(r_t = k), a row a step.
    var switches: @Sendable (DrawProblem, _ draws: [[Double]]) throws -> [[Double]]
  }

  typealias Check = LessonKit.Check<Parts, DrawProblem>

  static let checks: [Check] = [unbiased, averaged, oneDraw, biased]
}

extension FromDrawsExercise {
  static let unbiased = Check(
    "unbiased-potentials", "E[ℓ̂_t(k)] = E_q(z)[log N(z_t; A_k z_(t−1), Q_k)],  S = 2",
    because: "a mean of draws has the mean of one draw, and logarithms are what is averaged",
    claims: ["A-018"], as: .step
  ) { parts, problem in
    .equal(
      try problem.mean(draws: 2) { try parts.potentials(problem, $0).flatMap { $0 } },
      problem.expectedLogs.flatMap { $0 })
  }

  static let averaged = Check(
    "passes-messages", "q̂(r) ∝ p(r) exp Σ_t ℓ̂_t(r_t),  by q̂(r_t = k)",
    because: "forward–backward, as for any other potentials; here path by path",
    claims: ["A-018"], as: .step, changing: { _ in [Given("S", 2)] }
  ) { parts, problem in
    let draws = Array(problem.trajectories.prefix(2))
    let all = draws.map(problem.logMoves)
    let mean = zip(all[0], all[1]).map { zip($0, $1).map { 0.5 * ($0 + $1) } }
    return .equal(
      try parts.switches(problem, draws).flatMap { $0 },
      try problem.marginals(mean).flatMap { $0 })
  }

  static let oneDraw = Check(
    "one-draw", "E[q̂(r_t = k)] = E_q(z)[p(r_t = k|z)],  S = 1",
    because: "one draw is taken for the truth: this is the step of a Gibbs sampler",
    as: .consequence
  ) { parts, problem in
    .equal(
      try problem.mean(draws: 1) { try parts.switches(problem, $0).flatMap { $0 } },
      try problem.mean(draws: 1) {
        try problem.marginals(problem.logMoves($0[0])).flatMap { $0 }
      })
  }

  static let biased = Check(
    "biased", "E[q̂(r₁ = 1)] ≠ q(r₁ = 1),  S = 1, the two trajectories of the example",
    because:
      "½ σ(−½) + ½ σ(3/2) is not σ(½): the mean is taken before the exponential, or after",
    as: .consequence
  ) { parts, _ in
    let problem = try DrawProblem.twoPoints()
    let mean = try problem.mean(draws: 1) { [try parts.switches(problem, $0)[1][1]] }
    func sigmoid(_ a: Double) -> Double { 1 / (1 + exp(-a)) }
    let whole = sigmoid(0.5)
    return .different(
      mean[0], whole, by: 0.5 * sigmoid(-0.5) + 0.5 * sigmoid(1.5) - whole, atLeast: 0.02)
  }
}
