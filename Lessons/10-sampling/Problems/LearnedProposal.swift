import GSL
import Probability

/// A proposal of free tables, trained on the bound of one particle.
///
/// ```
/// L_1 = E[log Ẑ], N = 1:     log p(x) − L_1 = KL(q(z_0 … z_(T−1)) ‖ p(z_0 … z_(T−1)|x))
/// ```
/// Each row of a table is one logit; the bound is summed over every path, its slopes are central
/// differences of that sum.
struct LearnedProposal {
  let problem: FilterProblem
  /// The log odds of state 1, row by row.
  var logits: [Double]

  /// The start: every row a coin.
  init(_ problem: FilterProblem) {
    self.problem = problem
    logits = [Double](repeating: 0, count: 1 + 2 * (problem.steps - 1))
  }

  /// The proposals.
  var tables: [[[Double]]] {
    let rows = logits.map { [sigmoid(-$0), sigmoid($0)] }
    return [[rows[0]]] + (1..<problem.steps).map { [rows[2 * $0 - 1], rows[2 * $0]] }
  }

  /// L_1.
  var bound: Double {
    var sum = 0.0
    problem.with(tables).forEachRun(1) { probability, evidence, _ in
      sum += probability * log(evidence)
    }
    return sum
  }

  /// One step up the slope.
  mutating func step(_ size: Double) {
    let slopes = logits.indices.map { row in
      var (up, down) = (self, self)
      up.logits[row] += 1e-4
      down.logits[row] -= 1e-4
      return (up.bound - down.bound) / 2e-4
    }
    for row in logits.indices { logits[row] += size * slopes[row] }
  }

  /// The proposals at the start and after each of some steps.
  static func course(_ problem: FilterProblem, steps: Int) -> [LearnedProposal] {
    var proposal = LearnedProposal(problem)
    var all = [proposal]
    for _ in 0..<steps {
      proposal.step(1)
      all.append(proposal)
    }
    return all
  }
}
