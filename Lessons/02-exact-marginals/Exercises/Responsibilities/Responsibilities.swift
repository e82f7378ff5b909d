import GSL
import LessonKit

extension ResponsibilitiesExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MixtureProblem>(
    id: "responsibilities",
    title: "Whose datum is it?",
    task: """
      Write `responsibilities`: for each datum the posterior of its component, by Bayes' rule. \
      Both arguments are logarithms; `rows` has a row a datum and a column a component. A datum \
      that no component can make has no posterior: its row is all zeros, which says so.
      """,
    hints: [
      "Bayes: p(z|y) = p(z) p(y|z) / p(y). The denominator is last exercise's sum.",
      "Each row is normalised by itself: a datum's responsibilities sum to one over components.",
      "Subtract the log evidence before you exponentiate, so that tails survive.",
      "exp(log p(z) + log p(y|z) − log p(y)); zeros where log p(y) is −∞.",
    ],
    example: .threeRates,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(responsibilities: { logWeights, rows in
      // listing: 02 responsibilities
      rows.map { row in
        let logJoints = zip(logWeights, row).map { $0 + $1 }
        let logEvidence = logSumExp(logJoints)
        return logEvidence == -.infinity ? nil : logJoints.map { exp($0 - logEvidence) }
      }
      // end of listing
    }),
    mistakes: mistakes, handin: handin,
    afterChain: """
      The second line says that the posterior is a derivative. From it follow what a network \
      that sets the weights is told, and a test of the whole:
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-the-prior", "p(y|k) / Σ_k′ p(y|k′), as if the weights were flat",
      \.responsibilities,
      from: { right in { logWeights, rows in right(logWeights.map { _ in 0 }, rows) } }),
    Mistake(
      "normalises-over-the-data", "softmax along the wrong axis: columns sum to one",
      \.responsibilities
    ) { logWeights, rows in
      let columns = logWeights.indices.map { k in logSumExp(rows.map { logWeights[k] + $0[k] }) }
      guard columns.contains(where: { $0 > -.infinity }) else { return rows.map { _ in nil } }
      return rows.map { row in
        row.indices.map { exp(logWeights[$0] + row[$0] - columns[$0]) }
      }
    },
    Mistake(
      "leaves-out-the-evidence", "π_k p(y|k), which is a joint and no posterior",
      \.responsibilities
    ) { logWeights, rows in
      rows.map { row in
        row.contains { $0 > -.infinity } ? zip(logWeights, row).map { exp($0 + $1) } : nil
      }
    },
    Mistake(
      "divides-underflowed-numbers", "exponentiates first: 0/0 in the tails",
      source: "xqding/Importance_Weighted_Autoencoders #3", \.responsibilities
    ) { logWeights, rows in
      rows.map { row in
        let joints = zip(logWeights, row).map { exp($0 + $1) }
        return joints.map { $0 / joints.reduce(0, +) }
      }
    },
    Mistake(
      "decides-too-early", "one for the largest and zero for the others", \.responsibilities
    ) { logWeights, rows in
      rows.map { row in
        let joints = zip(logWeights, row).map { $0 + $1 }
        guard let largest = joints.max(), largest > -.infinity else { return nil }
        let winner = joints.firstIndex(of: largest)
        return joints.indices.map { $0 == winner ? 1 : 0 }
      }
    },
    Mistake(
      "flat-where-impossible", "1/K for an observation that cannot happen", \.responsibilities,
      from: { right in
        { logWeights, rows in
          let flat = logWeights.map { _ in 1 / Double(logWeights.count) }
          return right(logWeights, rows).map { $0 ?? flat }
        }
      }),
    Mistake(
      "counts-the-prior-twice", "π_k² p(y|k), normalised", \.responsibilities,
      from: { right in { logWeights, rows in right(logWeights.map { 2 * $0 }, rows) } }),
  ]
}
