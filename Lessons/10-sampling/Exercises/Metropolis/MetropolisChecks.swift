import GSL
import LessonKit
import Probability
import Verification

/// Exercise `metropolis`: accept or stay.
enum MetropolisExercise {
  /// What is written.
  struct Parts: Sendable {
    /// A_ij.
    var acceptance: @Sendable (MetropolisProblem, _ from: Int, _ to: Int) -> Double
    /// The next state.
    var next: @Sendable (MetropolisProblem, _ state: Int, inout Exhaustive) throws -> Int
  }

  typealias Check = LessonKit.Check<Parts, MetropolisProblem>

  static let checks: [Check] = [flow, back, stationary, balance, spectrum, scale]

  static let flow = Check(
    "flow", "π_i Q_ij A_ij = min(π_i Q_ij, π_j Q_ji)",
    because: "the larger of two flows is cut down to the smaller one", claims: ["A-051"], as: .step
  ) { parts, problem in
    let (pi, q) = (problem.law, problem.proposal)
    return .equal(
      MetropolisProblem.pairs.map { i, j in pi[i] * q[i][j] * parts.acceptance(problem, i, j) },
      MetropolisProblem.pairs.map { i, j in min(pi[i] * q[i][j], pi[j] * q[j][i]) })
  }

  static let back = Check(
    "back", "min(π_i Q_ij, π_j Q_ji) = π_j Q_ji A_ji",
    because: "a minimum does not mind the order: this is detailed balance", claims: ["A-051"],
    as: .step
  ) { parts, problem in
    let (pi, q) = (problem.law, problem.proposal)
    return .equal(
      MetropolisProblem.pairs.map { i, j in min(pi[i] * q[i][j], pi[j] * q[j][i]) },
      MetropolisProblem.pairs.map { i, j in pi[j] * q[j][i] * parts.acceptance(problem, j, i) })
  }

  static let stationary = Check(
    "stationary", "Σ_i π_i T_ij = π_j",
    because: "sum detailed balance over i: a row of T sums to one", claims: ["A-051", "A-253"],
    as: .step
  ) { parts, problem in
    .equal(try transitions(parts, problem).step(problem.law), problem.law)
  }

  static let balance = Check(
    "balance", "π_i T_ij = π_j T_ji",
    because: "two different states: the diagonal takes the rest and is its own mirror",
    claims: ["A-051"], as: .consequence
  ) { parts, problem in
    let (pi, t) = (problem.law, try transitions(parts, problem).rows)
    let own = problem.transitions
    return .equal(
      MetropolisProblem.pairs.map { i, j in pi[i] * t[i][j] },
      MetropolisProblem.pairs.map { i, j in pi[j] * own[j][i] })
  }

  static let spectrum = Check(
    "spectrum", "λ_2² + λ_3² = Σ_i Σ_j T_ij T_ji − 1",
    because: "the trace of T² is the sum of the squared eigenvalues, of which one is 1",
    claims: ["A-051"], as: .consequence
  ) { parts, problem in
    let own = problem.transitions
    let moduli = try transitions(parts, problem).eigenvalueModuli(
      stationary: problem.law.map { log($0) }, isReversible: true)
    let trace = (0..<3).reduce(0) { sum, i in
      sum + (0..<3).reduce(0) { $0 + own[i][$1] * own[$1][i] }
    }
    return .equal(
      moduli[1] * moduli[1] + moduli[2] * moduli[2], trace - 1,
      rounding: .of(terms: 256, size: 3, because: "eigenvalues of a matrix of three rows"))
  }

  static let scale = Check(
    "scale", "A_ij[3 g] = A_ij[g]",
    because: "only ratios of g are asked for: its normaliser is never needed", as: .specialCase
  ) { parts, problem in
    let larger = MetropolisProblem(
      target: problem.target.map { 3 * $0 }, proposal: problem.proposal)
    return .equal(
      MetropolisProblem.pairs.map { i, j in parts.acceptance(larger, i, j) },
      MetropolisProblem.pairs.map { i, j in parts.acceptance(problem, i, j) })
  }

  private static func transitions(
    _ parts: Parts, _ problem: MetropolisProblem
  ) throws -> TransitionMatrix {
    TransitionMatrix(
      rows: try (0..<3).map { state in
        var row = [0.0, 0, 0]
        try forEachOutcome {
          try parts.next(problem, state, &$0)
        } visit: { next, probability in
          row[next] += probability
        }
        return row
      })
  }
}
