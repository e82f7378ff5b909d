import Approximate
import GSL
import LessonKit
import Models
import Probability

extension CoordinateUpdateExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, UpdateProblem>(
    id: "coordinate-update",
    title: "One factor at a time",
    task: """
      Write `target`: the distribution of one latent that maximises the ELBO while the other \
      factors stay as they are. On the way write `expected`, the mean of log p(x, z) over the other \
      factors for each value of this latent, and `elbo`, the bound that the target raises. The \
      model is a table of log p(x, z), one number a state of all latents, the last latent fastest.
      """,
    hints: [
      "Average log p(x, z), not p(x, z), under the product of the other factors.",
      "One number for each value of the latent; then exponentiate and normalise.",
      "For each state z: weight = Π_{i≠j} q_i(z_i); add weight · log p(x, z) to the sum of z_j.",
    ],
    example: try .wetGrass(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      target: { latent, factors, table in MeanField(factors: factors).target(latent, table) },
      expected: { latent, factors, table in
        MeanField(factors: factors).expectedLogJoint(latent, table)
      },
      elbo: { factors, table in MeanField(factors: factors).elbo(table).value }),
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      So q̃_j is the best factor while the others stand still, and going there never lowers the \
      bound:
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "averages-the-probability", "log E[p] in place of E[log p]: the log goes in last", \.target
    ) { latent, factors, table in
      normalised(gather(latent, table) { others($0, latent, factors) * exp($1) }.map { log($0) })
    },
    Mistake("forgets-to-normalise", "exp E[log p] as it comes", \.target) {
      latent, factors, table in
      MeanField(factors: factors).expectedLogJoint(latent, table).map { exp($0) }
    },
    Mistake(
      "averages-over-itself-too", "weighs each state by the whole q, its own factor included",
      source: "E-044", \.target
    ) { latent, factors, table in
      normalised(
        gather(latent, table) { values, logJoint in
          factors[latent][values[latent]] * others(values, latent, factors) * logJoint
        })
    },
    Mistake(
      "conditions-on-the-likeliest-state", "takes the others' modes as known",
      source: "E-007", \.target
    ) { latent, factors, table in
      let modes = factors.map { factor in factor.indices.max { factor[$0] < factor[$1] } ?? 0 }
      return normalised(
        gather(latent, table) { values, logJoint in
          values.indices.allSatisfy { $0 == latent || values[$0] == modes[$0] } ? logJoint : 0
        })
    },
    Mistake(
      "minimises-the-bound", "exp(−E[log p]), where the word 'minimised' leads",
      source: "E-025", \.target
    ) { latent, factors, table in
      normalised(MeanField(factors: factors).expectedLogJoint(latent, table).map { -$0 })
    },
    Mistake(
      "returns-the-exact-marginal",
      "the oracle's p(z_j|x), which is the target for products only",
      source: "CoursIA #4610", \.target
    ) { latent, _, table in
      normalised(gather(latent, table) { _, logJoint in exp(logJoint) }.map { log($0) })
    },
    Mistake(
      "forgets-the-last-neighbour",
      "averages over all but the last latent, which it fixes at 0",
      source: "pymdp #98", \.target
    ) { latent, factors, table in
      var factors = factors
      let last = factors.count - 1
      if last != latent {
        factors[last] = factors[last].indices.map { $0 == 0 ? 1 : 0 }
      }
      return MeanField(factors: factors).target(latent, table)
    },
    Mistake(
      "weighs-the-others-alike", "a plain mean of log p, whatever the other factors believe",
      \.expected
    ) { latent, factors, table in
      let uniform = MeanField(uniformOver: table)
      return uniform.expectedLogJoint(latent, table)
    },
    Mistake("forgets-an-entropy", "the entropy of the last factor is left out", \.elbo) {
      factors, table in
      MeanField(factors: factors).elbo(table).value - entropy(of: factors[factors.count - 1])
    },
  ]

  /// What some mistakes sum: a term of each state, for each value of the latent.
  private static func gather(
    _ latent: Int, _ table: JointTable, _ term: ([Int], Double) -> Double
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: table.sizes[latent])
    for state in 0..<table.stateCount {
      let values = table.values(of: state)
      sums[values[latent]] += term(values, table.logValues[state])
    }
    return sums
  }

  /// Π_{i≠j} q_i(z_i).
  private static func others(_ values: [Int], _ latent: Int, _ factors: [[Double]]) -> Double {
    values.indices.reduce(1) { $1 == latent ? $0 : $0 * factors[$1][values[$1]] }
  }
}

/// exp of some logarithms, divided by their sum.
func normalised(_ logs: [Double]) -> [Double] {
  let total = logSumExp(logs)
  return logs.map { exp($0 - total) }
}
