import Exact
import LessonKit
import Models
import Probability
import Verification

/// Derivation `known-states`: the alternation that takes the states of the chain as known.
enum KnownStatesDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The ELBO after q(x) was set for the most probable state of each step, q(s) as it starts.
    var known: @Sendable (SwitchProblem) throws -> Double
    /// The ELBO after q(x) was set by the mean over q(s).
    var averaged: @Sendable (SwitchProblem) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, SwitchProblem>

  static let checks: [Check] = [known, costs, sure]

  private static let rounding = Rounding.of(
    terms: 1 << 13, because: "messages on one side, matrices of all states on the other")

  /// The table with q(s), and with the most probable states in its place.
  private static func exact(
    _ problem: SwitchProblem
  ) throws -> (table: SwitchingTable, weights: [Double], states: SwitchingTable.States) {
    let table = try problem.table
    let sure = table.weights(independent: problem.start.map(surest))
    return (table, table.weights(independent: problem.start), try table.states(given: sure))
  }

  /// All on the largest.
  static func surest(_ row: [Double]) -> [Double] {
    let best = row.indices.max { row[$0] < row[$1] }
    return row.indices.map { $0 == best ? 1 : 0 }
  }
}

extension KnownStatesDerivation {
  static let known = Check(
    "known", "ELBO(q(x|ŝ), q(s)) = E_q[log p(y, x, s)] + H(q(x|ŝ)) + H(q(s))",
    because: "q(x|ŝ) is the posterior of x if s were ŝ; the bound still has q(s) in it", as: .step
  ) { parts, problem in
    let (table, weights, states) = try exact(problem)
    return .equal(try parts.known(problem), table.elbo(states, weights), rounding: rounding)
  }

  static let costs = Check(
    "what-it-costs", "ELBO(q(x|ŝ), q(s)) ≤ ELBO(q(x), q(s)), by KL(q(x|ŝ)‖q(x))",
    because:
      "q(x) ∝ exp E_q(s)[log p(y, x, s)] is the best, and the bound is −KL to it, plus a constant",
    as: .step
  ) { parts, problem in
    let (table, weights, states) = try exact(problem)
    let best = try table.states(given: weights)
    return .atMost(
      try parts.known(problem), try parts.averaged(problem),
      gap: try table.divergence(of: states, from: best), rounding: rounding)
  }

  static let sure = Check(
    "sure-states", "ELBO(q(x|ŝ), q(s)) = ELBO(q(x), q(s)),  where q(s) is sure of ŝ",
    because: "a mean over one path is that path: the condition of E-007", as: .specialCase,
    changing: { [Given("q(s_t)", $0.start.map(surest))] }
  ) { parts, problem in
    let sure = problem.starting(at: problem.start.map(surest))
    return .equal(try parts.known(sure), try parts.averaged(sure), rounding: rounding)
  }
}
