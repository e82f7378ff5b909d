import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `switching`: the two halves of a sweep.
enum SwitchingExercise {
  /// What the mean over q(r) makes of the dynamics of a step.
  struct Averaged: Sendable {
    /// M and U of N(z_t; M z_(t−1), U).
    var mean, variance: Double
    /// D of the potential −½ D x² of the state before.
    var doubt: Double
  }

  /// Means, variances and covariances of neighbours.
  struct Moments: Sendable {
    /// E[z_t].
    var means: [Double]
    /// Var[z_t].
    var variances: [Double]
    /// Cov(z_t, z_(t−1)).
    var neighbours: [Double]
  }

  /// What is written.
  struct Parts: Sendable {
    /// The averaged dynamics, for a q(r_t).
    var averaged: @Sendable (SwitchProblem, _ weights: [Double]) throws -> Averaged
    /// The best q(z) for the q(r) of the start.
    var trajectories: @Sendable (SwitchProblem) throws -> Moments
    /// q(r_t = k) of the best q(r) for that q(z).
    var switches: @Sendable (SwitchProblem) throws -> [[Double]]
    /// The ELBO after each half.
    var bounds: @Sendable (SwitchProblem) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, SwitchProblem>

  static let checks: [Check] = [averaged, trajectories, first, switches, second, rise, below]

  static let rounding = Rounding.of(
    terms: 1 << 13, because: "messages on one side, matrices of all states on the other")

  /// q(r) as a table over paths, before and after its half, and q(z) between.
  static func exact(
    _ problem: SwitchProblem
  ) throws -> (
    table: SwitchingTable, before: [Double], states: SwitchingTable.States, after: [Double]
  ) {
    let table = try problem.table
    let before = table.weights(independent: problem.start)
    let states = try table.states(given: before)
    return (table, before, states, table.weights(given: states))
  }

  /// The moments of a law of all states.
  static func moments(_ states: SwitchingTable.States) -> Moments {
    let n = states.mean.count
    return Moments(
      means: states.mean, variances: (0..<n).map { states.covariance[$0 * n + $0] },
      neighbours: (1..<max(1, n)).map { states.covariance[$0 * n + $0 - 1] })
  }
}

// MARK: The first half

extension SwitchingExercise {
  /// Some z_(t−1) and z_t.
  private static let pairs = [(0.7, -0.4), (1.3, 1.1), (-0.9, 0.2)]

  static let averaged = Check(
    "averaged-dynamics", "Σ_k q_k (z_t − A_k z_(t−1))²/Q_k = (z_t − M z_(t−1))²/U + D z_(t−1)²",
    because: "complete the square in z_t; what is left depends on z_(t−1) alone", as: .step,
    changing: { problem in
      [Given("q_k", problem.start[1]), Given("(z_(t−1), z_t)", pairs.map { [$0, $1] })]
    }
  ) { parts, problem in
    let weights = problem.start[1]
    let step = try parts.averaged(problem, weights)
    return .equal(
      pairs.map { x, later in
        let away = later - step.mean * x
        return away * away / step.variance + step.doubt * x * x
      },
      pairs.map { x, later in
        zip(weights, problem.moves).reduce(0) { sum, term in
          let away = later - term.1.dynamics * x
          return sum + term.0 * away * away / term.1.noise
        }
      })
  }

  static let trajectories = Check(
    "best-trajectories",
    "q(z) ∝ exp E_q(r)[log p(y, z, r)],  by E[z_t], Var[z_t] and Cov(z_t, z_(t−1))",
    because: "the averaged steps make a Gaussian chain; each D is one more potential", as: .step
  ) { parts, problem in
    let exact = moments(try Self.exact(problem).states)
    let found = try parts.trajectories(problem)
    return .equal(
      found.means + found.variances + found.neighbours,
      exact.means + exact.variances + exact.neighbours, rounding: rounding)
  }

  static let first = Check(
    "after-trajectories", "ELBO = E_q[log p(y, z, r)] + H(q(z)) + H(q(r)),  after q(z)",
    because: "sums over all paths, with the matrix of all states", as: .consequence
  ) { parts, problem in
    let (table, before, states, _) = try exact(problem)
    return .equal(try parts.bounds(problem)[0], table.elbo(states, before), rounding: rounding)
  }
}

// MARK: The second half

extension SwitchingExercise {
  static let switches = Check(
    "best-switches", "q(r) ∝ p(r) exp E_q(z)[log p(y, z|r)],  by q(r_t = k)",
    because:
      "E_q(z)[log N(z_t; A_k z_(t−1), Q_k)] is a potential of r_t; forward–backward does the rest",
    as: .step
  ) { parts, problem in
    let (table, _, _, after) = try exact(problem)
    return .equal(
      try parts.switches(problem).flatMap { $0 }, table.marginals(of: after).flatMap { $0 },
      rounding: rounding)
  }

  static let second = Check(
    "after-switches", "ELBO = E_q[log p(y, z, r)] + H(q(z)) + H(q(r)),  after q(r)",
    because: "q(r) is a Markov chain now: its entropy is not that of its marginals",
    as: .consequence
  ) { parts, problem in
    let (table, _, states, after) = try exact(problem)
    return .equal(try parts.bounds(problem)[1], table.elbo(states, after), rounding: rounding)
  }

  static let rise = Check(
    "rise", "ELBO after q(r) − ELBO after q(z) = KL(q(r) before‖q(r) after)",
    because: "q(r) after is the best for q(z): what another q(r) lacks is its divergence",
    as: .consequence
  ) { parts, problem in
    let (_, before, _, after) = try exact(problem)
    let bounds = try parts.bounds(problem)
    var divergence = 0.0
    for (old, new) in zip(before, after) where old > 0 { divergence += old * log(old / new) }
    return .equal(
      bounds[1] - bounds[0], divergence,
      rounding: .of(
        terms: 1 << 13, size: abs(bounds[0]) + abs(bounds[1]),
        because: "two bounds are subtracted"))
  }

  static let below = Check(
    "below", "ELBO ≤ log p(y), by KL(q(z) q(r)‖p(z, r|y))",
    because: "the gap, path by path", as: .consequence
  ) { parts, problem in
    let (table, _, states, after) = try exact(problem)
    return .atMost(
      try parts.bounds(problem)[1], try table.posterior().logEvidence,
      gap: try table.divergence(states, after), rounding: rounding)
  }
}
