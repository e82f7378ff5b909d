import Approximate
import GSL
import LessonKit
import Probability

extension OneForAllExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, SeveralData>(
    id: "one-for-all",
    title: "One q for all, or one each",
    task: """
      Write `shared`, the single q(z) that maximises E_x[E_q log p(x, z) + H(q)] over all data \
      at once, and `own`, the q of each datum that maximises its own bound. Given are \
      log p(x_i, z) for each datum i and state z, and the share w_i of datum i; E_x is the mean \
      with these shares.
      """,
    hints: [
      "For one datum the best q is the posterior: normalise the joint.",
      "With one q for all, the average over the data goes inside: E_q[E_x log p(x, z)] + H(q).",
      "That is the bound of a single datum whose log joint is E_x log p(x, z): normalise its exp.",
    ],
    example: try .lawn(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(shared: shared, own: own),
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      The best shared q averages logarithms: it is the posterior of one datum whose log joint is \
      the mean of all.
      """)

  /// The library's q for all data.
  @Sendable static func shared(_ data: SeveralData) -> [Double] {
    bestSharedPosterior(logJoints: data.logJoints, weights: data.weights)
  }

  /// The library's q of each datum: what one datum alone shares, it shares with nobody.
  @Sendable static func own(_ data: SeveralData) -> [[Double]] {
    data.logJoints.map { bestSharedPosterior(logJoints: [$0], weights: [1]) }
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake("averages-the-joints", "log E_x[p] in place of E_x[log p]", \.shared) { data in
      normalised(
        data.logJoints[0].indices.map { z in
          logSumExp(zip(data.weights, data.logJoints).map { log($0) + $1[z] })
        })
    },
    Mistake(
      "averages-the-posteriors", "E_x p(z|x), the best shared q in the other direction of KL",
      source: "E-076", \.shared
    ) { data in
      let each = own(data)
      return each[0].indices.map { z in
        zip(data.weights, each).reduce(0) { $0 + $1.0 * $1.1[z] }
      }
    },
    Mistake("forgets-how-often-data-come", "an unweighted mean over the data", \.shared) { data in
      let share = 1 / Double(data.weights.count)
      return bestSharedPosterior(
        logJoints: data.logJoints, weights: data.weights.map { _ in share })
    },
    Mistake(
      "multiplies-the-data",
      "N E_x for E_x: as if one latent had made all N data, p(z) N times over",
      source: "E-061", \.shared
    ) { data in
      let count = Double(data.weights.count)
      return bestSharedPosterior(
        logJoints: data.logJoints, weights: data.weights.map { $0 * count })
    },
    Mistake(
      "hands-the-shared-to-each", "takes the maximum outside the average over the data",
      source: "E-061", \.own
    ) { data in data.weights.map { _ in shared(data) } },
  ]
}
