import Approximate
import GSL
import LessonKit
import Models
import Probability

extension FromDrawsExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, DrawProblem>(
    id: "from-draws",
    title: "q(r) from draws of z",
    task: """
      Write `potentials` and `switches`: S draws of z₀ … z_(T−1) are given; average the log densities that \
      they give each state of the chain, then pass messages.
      """,
    hints: [
      "Each draw says log N(z_t; A_k z_(t−1), Q_k) of state k at step t.",
      "Divide by S. Adding up would say that everything was seen S times.",
      "r₀ gets no potential; its prior is π.",
    ],
    example: try .twoPoints(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      So far nothing is wrong: the potentials are right on average. But q̂(r) is no mean of potentials:
      """)

  static let answer = Parts(
    potentials: { problem, draws in
      try StructuredMeanField(of: problem.system.sequence).potentials(fromDraws: lifted(draws))
    },
    switches: { problem, draws in
      try StructuredMeanField(of: problem.system.sequence)
        .switches(fromDraws: lifted(draws)).marginals
    })

  /// Trajectories of numbers as trajectories of vectors of one number.
  private static func lifted(_ draws: [[Double]]) -> [[[Double]]] { draws.map { $0.map { [$0] } } }
}

// MARK: The ways to get it wrong

extension FromDrawsExercise {
  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "averages-densities", "takes the log of the mean density, which is that of a mixture",
      \.potentials,
      { problem, draws in
        combined(draws.map(problem.logMoves)) { logSumExp($0) - log(Double($0.count)) }
      }),
    Mistake(
      "adds-up", "adds the draws' logarithms and does not divide by S",
      source: "draws taken for data: E-step statistics of a batch", \.potentials,
      { problem, draws in combined(draws.map(problem.logMoves)) { $0.reduce(0, +) } }),
    Mistake(
      "mean-trajectory", "evaluates the log density at the mean of the draws", \.potentials,
      { problem, draws in
        let mean = draws[0].indices.map { t in
          draws.reduce(0) { $0 + $1[t] } / Double(draws.count)
        }
        return problem.logMoves(mean)
      }),
    Mistake(
      "averages-the-answers", "passes messages for each draw and averages what comes out",
      source: "Gibbs samples that are averaged", \.switches,
      { problem, draws in
        let all = try draws.map { try passed(problem, problem.logMoves($0)) }
        return combined(all) { $0.reduce(0, +) / Double($0.count) }
      }),
    Mistake(
      "step-by-step", "normalises each step alone, without the chain's prior", \.switches,
      { problem, draws in
        let mean = combined(draws.map(problem.logMoves)) { $0.reduce(0, +) / Double($0.count) }
        return [problem.system.sequence.system.initialState]
          + mean.map { row in row.map { exp($0 - logSumExp(row)) } }
      }),
    Mistake(
      "picks-the-best", "keeps the most probable state of each step only", \.switches,
      from: { right in
        { problem, draws in
          try right(problem, draws).map { row in
            let best = row.indices.max { row[$0] < row[$1] }
            return row.indices.map { $0 == best ? 1 : 0 }
          }
        }
      }),
  ]

  /// Entry by entry, something of the same numbers in several tables.
  private static func combined(
    _ tables: [[[Double]]], _ combine: ([Double]) -> Double
  ) -> [[Double]] {
    (tables.first ?? []).indices.map { t in
      tables[0][t].indices.map { k in combine(tables.map { $0[t][k] }) }
    }
  }

  private static func passed(
    _ problem: DrawProblem, _ potentials: [[Double]]
  ) throws -> [[Double]] {
    let system = problem.system.sequence.system
    let law = try SwitchingExercise.markov(system.initialState, system.transition, potentials)
    return (0...potentials.count).map(law.stateMarginals)
  }
}
