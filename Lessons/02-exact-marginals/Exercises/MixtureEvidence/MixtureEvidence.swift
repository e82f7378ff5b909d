import GSL
import LessonKit

extension MixtureEvidenceExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MixtureProblem>(
    id: "mixture-evidence",
    title: "A sum with K terms",
    task: """
      Write `log_evidence`, the logarithm of Σ_z p(z) p(y|z), and `log_likelihood`, that of a whole \
      data set. Both get logarithms. Weights may be zero, an observation may be impossible, and a \
      likelihood may be e^−2000.
      """,
    hints: [
      "log p(z) + log p(y|z) is log p(z, y). What is wanted is the log of a sum of those, exp'd.",
      "Each datum chooses a component of its own: a log, and a sum over z, for every datum.",
      "e^−2000 is 0 in floating point. Take the largest term out of the sum first.",
      "If the largest term is −∞ there is nothing to take out, and the answer is −∞.",
      "m + log Σ_z exp(a_z − m) with a_z = log p(z) + log p(y|z), m = max a_z; then Σ over data.",
    ],
    example: .twoRates,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      // listing: 02 mixture-evidence
      logEvidence: { logWeights, logLikelihoods in
        logSumExp(zip(logWeights, logLikelihoods).map { $0 + $1 })
      },
      // end of listing
      logLikelihood: { logEvidence, logWeights, rows in
        rows.reduce(0) { $0 + logEvidence(logWeights, $1) }
      }),
    mistakes: mistakes, handin: handin,
    afterChain: """
      Several counts are as easy as one, and the whole is a distribution again:
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "averages-the-logs", "Σ_z p(z) log p(y|z), the log inside the sum",
      source: "Pyro #3104 (order of log and sum)", \.logEvidence
    ) { logWeights, logLikelihoods in
      zip(logWeights, logLikelihoods).reduce(0) { $0 + exp($1.0) * $1.1 }
    },
    Mistake(
      "forgets-the-shift", "log Σ_z exp(a_z) without taking the largest a_z out",
      source: "xqding/Importance_Weighted_Autoencoders #3", \.logEvidence
    ) { logWeights, logLikelihoods in
      log(zip(logWeights, logLikelihoods).reduce(0) { $0 + exp($1.0 + $1.1) })
    },
    Mistake(
      "forgets-the-weights", "log Σ_z p(y|z): as with a missing log K, the sum is no average",
      source: "YosefLab/scVI-dev #8 (missing log K)", \.logEvidence
    ) { _, logLikelihoods in logSumExp(logLikelihoods) },
    Mistake(
      "weighs-all-alike", "log of the plain mean of p(y|z), whatever the weights", \.logEvidence
    ) { _, logLikelihoods in logSumExp(logLikelihoods) - log(Double(logLikelihoods.count)) },
    Mistake(
      "keeps-the-largest", "max_z log p(z, y): the best explanation in place of all of them",
      \.logEvidence
    ) { logWeights, logLikelihoods in
      zip(logWeights, logLikelihoods).map { $0 + $1 }.max() ?? -.infinity
    },
    Mistake(
      "shifts-by-minus-infinity", "−∞ − (−∞) where the observation is impossible", \.logEvidence
    ) { logWeights, logLikelihoods in
      let joints = zip(logWeights, logLikelihoods).map { $0 + $1 }
      let largest = joints.max() ?? -.infinity
      return largest + log(joints.reduce(0) { $0 + exp($1 - largest) })
    },
    Mistake(
      "means-over-data", "the mean over data under the name of the log-likelihood",
      source: "E-077", \.logLikelihood,
      from: { right in
        { logEvidence, logWeights, rows in
          right(logEvidence, logWeights, rows) / Double(rows.count)
        }
      }),
    Mistake(
      "one-component-for-all", "log Σ_z p(z) Π_s p(y_s|z): all data from the same component",
      \.logLikelihood
    ) { logEvidence, logWeights, rows in
      let columns = logWeights.indices.map { k in rows.reduce(0) { $0 + $1[k] } }
      return logEvidence(logWeights, columns)
    },
  ]
}
