import Approximate
import GSL
import LessonKit
import Models
import Probability

extension ExpectationMaximisationExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, BitsProblem>(
    id: "expectation-maximisation",
    title: "An E-step, an M-step, and what they gain",
    task: """
      Data are lists of bits from a mixture of products of Bernoullis. Write the E-step \
      (`responsibilities`) and the M-step (`maximised`). The M-step has to work for any \
      responsibilities, not only for those of the E-step: then each can be judged by itself, \
      and a sweep of both never lowers log p(x|θ).
      """,
    hints: [
      "The E-step is Bayes' rule, one datum at a time: weight times likelihood, normalised.",
      "Normalise over components, so that Σ_k r_nk = 1 for each datum n.",
      "The M-step counts: a datum with responsibility 0.3 is three tenths of a datum.",
      "N_k = Σ_n r_nk;  weights_k = N_k / N;  p_kd = Σ_n r_nk x_nd / N_k.",
    ],
    example: .sixPoints,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      responsibilities: { mixture, data in mixture.responsibilities(for: data) },
      maximised: { mixture, rows, data in try mixture.maximised(by: rows, over: data) },
      sweeps: { mixture, count, data in
        try mixture.sweeps(count, over: data).last?.after ?? mixture
      },
      freeEnergy: { mixture, rows, data in mixture.freeEnergy(under: rows, of: data).value }),
    // A wrong step makes wrong sweeps.
    mistakes: mistakes.map { $0.and(\.sweeps, madeOf: sweepsInSteps) },
    handin: handin,
    afterChain: """
      What an M-step gains is a sum of divergences too, whatever the weights q are: KL(π′‖π) is \
      that of the new π from the old one, and KL(p′_kd‖p_kd) that of a bit, as in section 5.
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "hard-assignments", "gives each datum to its most probable component (k-means)",
      \.responsibilities
    ) { mixture, data in
      mixture.responsibilities(for: data).map { row in
        let winner = row.indices.max { row[$0] < row[$1] }
        return row.indices.map { $0 == winner ? 1 : 0 }
      }
    },
    Mistake(
      "e-step-forgets-the-weights", "likelihoods normalised, without the weights",
      \.responsibilities
    ) { mixture, data in
      data.map { datum in
        let scores = mixture.weights.indices.map { mixture.logLikelihood($0, datum) }
        let normaliser = logSumExp(scores)
        return scores.map { exp($0 - normaliser) }
      }
    },
    Mistake(
      "responsibilities-not-normalised", "the joint p(x, z) in place of the posterior",
      \.responsibilities
    ) { mixture, data in joints(mixture, data) },
    Mistake(
      "normalised-over-the-data", "a softmax along the wrong axis: Σ_n r_nk = 1",
      \.responsibilities
    ) { mixture, data in
      let joints = joints(mixture, data)
      let totals = mixture.weights.indices.map { k in joints.reduce(0) { $0 + $1[k] } }
      return joints.map { row in row.indices.map { row[$0] / totals[$0] } }
    },
    Mistake("weights-not-normalised", "weights_k = N_k, not N_k / N", \.maximised) {
      mixture, rows, data in
      let best = try mixture.maximised(by: rows, over: data)
      return try BernoulliMixture(
        weights: best.weights.map { $0 * Double(data.count) }, probabilities: best.probabilities)
    },
    Mistake("means-divided-by-n", "p_kd = Σ_n r_nk x_nd / N, not / N_k", \.maximised) {
      mixture, rows, data in
      let best = try mixture.maximised(by: rows, over: data)
      return try BernoulliMixture(
        weights: best.weights,
        probabilities: zip(best.weights, best.probabilities).map { weight, row in
          row.map { $0 * weight }
        })
    },
    Mistake(
      "objective-at-the-old-parameters",
      "an M-step on E_q[log p(x, z|θ_old)], where θ does not occur: nothing moves",
      source: "E-036", \.maximised
    ) { mixture, _, _ in mixture },
    Mistake(
      "pseudo-counts", "(Σ_n r_nk x_nd + 1) / (N_k + 2): a prior mode under the name of EM",
      \.maximised
    ) { mixture, rows, data in
      let best = try mixture.maximised(by: rows, over: data)
      let total = Double(data.count)
      return try BernoulliMixture(
        weights: best.weights,
        probabilities: zip(best.weights, best.probabilities).map { weight, row in
          row.map { ($0 * weight * total + 1) / (weight * total + 2) }
        })
    },
    Mistake(
      "weights-kept", "updates the components and forgets the weights", \.maximised
    ) { mixture, rows, data in
      let best = try mixture.maximised(by: rows, over: data)
      return try BernoulliMixture(weights: mixture.weights, probabilities: best.probabilities)
    },
  ]

  /// p(x_n, z_n = k), a list a datum.
  private static func joints(_ mixture: BernoulliMixture, _ data: [[Double]]) -> [[Double]] {
    data.map { datum in
      mixture.weights.indices.map { mixture.weights[$0] * exp(mixture.logLikelihood($0, datum)) }
    }
  }

  /// Sweeps made of the two steps, whatever they are.
  @Sendable private static func sweepsInSteps(
    of parts: Parts
  ) -> @Sendable (BernoulliMixture, Int, [[Double]]) throws -> BernoulliMixture {
    { mixture, count, data in
      try (0..<count).reduce(mixture) { now, _ in
        try parts.maximised(now, parts.responsibilities(now, data), data)
      }
    }
  }
}
