import Approximate
import GSL
import LessonKit
import Models
import Probability

extension SweepExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, SweepProblem>(
    id: "sweep",
    title: "A sweep that never goes down",
    task: """
      Write `sweep`: set each factor to its target in turn, the first latent first, and return \
      all factors after each update. Each update sees the updates before it. For comparison write \
      `all_at_once`, every factor set from the old values of the others, and `elbo`, the bound of a \
      product, by which the two are told apart.
      """,
    hints: [
      "The list has one entry a latent; the last entry is the q that the sweep ends with.",
      "Copy the factors once and change the copy: the next update must see what you changed.",
      "For j = 1, 2, …: q_j ← q̃_j of all factors as they are now, then note all factors.",
    ],
    example: try .example(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      sweep: { start, table in factorsAlong(start) { $0.sweep(table) } },
      allAtOnce: { factors, table in
        var field = MeanField(factors: factors)
        return field.updateInParallel(table).q.factors
      },
      elbo: { factors, table in MeanField(factors: factors).elbo(table).value }),
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      What each update gains can be measured by itself. Where sweeps end is another question: on \
      a table with two peaks there are two ends:
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "updates-in-parallel", "every factor from the old values of the others: it can fall",
      source: "E-025", \.sweep
    ) { start, table in
      var field = MeanField(factors: start)
      let together = field.updateInParallel(table).q.factors
      return start.indices.map { Array(together[...$0] + start[($0 + 1)...]) }
    },
    Mistake(
      "starts-afresh-each-time", "forgets where it was and starts from uniform factors", \.sweep
    ) { _, table in
      factorsAlong(MeanField(uniformOver: table).factors) { $0.sweep(table) }
    },
    Mistake("never-reaches-the-last-factor", "0 ..< n − 1", \.sweep) { start, table in
      let order = Array(start.indices.dropLast())
      let steps = factorsAlong(start) { $0.sweep(table, order: order) }
      return steps + [steps.last ?? start]
    },
    Mistake(
      "goes-half-way", "the mean of the old factor and its target, which also rises, but less",
      \.sweep
    ) { start, table in
      var field = MeanField(factors: start)
      return start.indices.map { latent in
        field.factors[latent] = zip(field.factors[latent], field.target(latent, table)).map {
          0.5 * ($0 + $1)
        }
        return field.factors
      }
    },
    Mistake(
      "takes-pairs-for-all",
      "log p(x, z) as a sum over pairs of latents, for which the means of the others suffice",
      \.sweep
    ) { start, table in
      var field = MeanField(factors: start)
      return start.indices.map { latent in
        field.factors[latent] = pairwiseTarget(latent, field.factors, table)
        return field.factors
      }
    },
    Mistake("goes-backwards", "the last factor first", \.sweep) { start, table in
      factorsAlong(start) { $0.sweep(table, order: start.indices.reversed()) }
    },
    Mistake(
      "drops-the-entropy", "E_q[log p(x, z)] alone under the name ELBO", \.elbo
    ) { factors, table in
      let field = MeanField(factors: factors)
      return (0..<table.stateCount).reduce(0) {
        $0 + field.probability(table.values(of: $1)) * table.logValues[$1]
      }
    },
    Mistake("in-turn-for-at-once", "a sweep under the name of all at once", \.allAtOnce) {
      start, table in
      factorsAlong(start) { $0.sweep(table) }.last ?? start
    },
  ]

  /// The target if log p(x, z) were a sum of functions of two latents each.
  ///
  /// ```
  /// log q̃_j(v) = log p(v, 0 … 0) + Σ_k Σ_u q_k(u) [log p(v, u at k, 0 …) − log p(v, 0 … 0)]
  /// ```
  private static func pairwiseTarget(
    _ latent: Int, _ factors: [[Double]], _ table: JointTable
  ) -> [Double] {
    let atZero = factors.map { factor in factor.indices.map { $0 == 0 ? 1.0 : 0 } }
    let rest = MeanField(factors: atZero).expectedLogJoint(latent, table)
    var logs = rest
    for other in factors.indices where other != latent {
      var moved = atZero
      moved[other] = factors[other]
      let mean = MeanField(factors: moved).expectedLogJoint(latent, table)
      for value in logs.indices { logs[value] += mean[value] - rest[value] }
    }
    let total = logSumExp(logs)
    return logs.map { exp($0 - total) }
  }

  /// The factors after each update of an ascent from some start.
  private static func factorsAlong(
    _ start: [[Double]], _ ascent: (inout MeanField) -> [MeanFieldUpdate]
  ) -> [[[Double]]] {
    var field = MeanField(factors: start)
    return ascent(&field).map(\.q.factors)
  }
}
