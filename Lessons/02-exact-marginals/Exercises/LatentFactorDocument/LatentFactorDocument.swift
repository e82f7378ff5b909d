import Exact
import GSL
import LessonKit
import Probability
import Models

extension LatentFactorDocumentExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, LatentFactorDocument>(
    id: "latent-factor-document",
    title: "D switches, one document",
    task: """
      A document is an ordered sequence of words; D binary factors set the scores of all words. \
      Write log p(x|z), the log evidence, the posterior over the 2^D states, and the gradient of \
      the log evidence with respect to the bias. With few switches all of it can be summed, and the \
      approximations of later lessons be held against it.
      """,
    hints: [
      "Words are independent given z: log p(x|z) is a sum over the words, each a log-softmax.",
      "An ordered sequence has no multinomial coefficient: that counts the orders it could have had.",
      "The posterior is e^{log p(x, z)} / Σ e^{log p(x, z)}: a Gibbs distribution on 2^D states.",
      "The gradient of a log of a sum is the posterior mean of the gradient of the log of a term.",
      "∂ log p(x|z)/∂bias_v = n_v − n · softmax(scores(z))_v; average it under p(z|x).",
    ],
    example: .twoFactors,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      logLikelihood: { $0.logLikelihood($1) },
      logEvidence: { ExactPosterior(of: $0).logEvidence.value },
      posterior: { ExactPosterior(of: $0).probabilities ?? [] },
      biasGradient: { DocumentGradient(expectedOver: $0)?.bias ?? [] }),
    mistakes: mistakes, handin: handin,
    afterChain: """
      The four terms are the joint probabilities of the four settings of z. Divided by their \
      sum they are the posterior, under which a gradient is a mean:
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "adds-a-coefficient", "+ log n!/Π_v n_v!, which belongs to bags of words", \.logLikelihood
    ) { $0.logLikelihood($1) + logOrders($0.words) }
    .andWhatFollows(),
    Mistake(
      "means-over-words", "the mean over words in place of the sum",
      source: "pytorch/examples #296, rlkit #119 (mixed reductions)", \.logLikelihood
    ) { $0.logLikelihood($1) / Double($0.words.count) }
    .andWhatFollows(),
    Mistake(
      "softmax-over-factors", "normalises each word's score over the 2^D states", \.logLikelihood,
      normalisedOverStates
    )
    .andWhatFollows(),
    Mistake("forgets-the-prior-of-factors", "Σ_z p(x|z), states unweighed", \.logEvidence) {
      unweighed($0).logEvidence.value
    }
    .and(\.posterior, { unweighed($0).probabilities ?? [] })
    .and(\.biasGradient, { meanGradient($0, under: unweighed($0).probabilities ?? []) }),
    Mistake(
      "words-marginally-independent", "Π_i Σ_z p(z) p(x_i|z): i.i.d. without 'given z'",
      source: "E-069", \.logEvidence
    ) { document in
      document.words.reduce(0) { total, word in
        let joints = document.states.map {
          document.logPrior($0) + document.model.logWordProbabilities($0)[word]
        }
        return total + logSumExp(joints)
      }
    },
    Mistake(
      "exponentiates-scores", "e^score / Σ e^score without a shift, which overflows",
      source: "xqding/Importance_Weighted_Autoencoders #3", \.logLikelihood
    ) { document, latents in
      let weights = document.model.scores(latents).map { exp($0) }
      let total = weights.reduce(0, +)
      return document.words.reduce(0) { $0 + log(weights[$1] / total) }
    },
    Mistake("highest-bit-first", "states numbered the other way round", \.posterior) { document in
      let right = ExactPosterior(of: document).probabilities ?? []
      return document.states.map { right[BitStates.number(of: $0.reversed())] }
    },
    Mistake(
      "gradient-under-the-prior", "averages ∇ log p(x, z) under p(z) in place of p(z|x)",
      \.biasGradient
    ) { document in
      meanGradient(document, under: document.states.map { exp(document.logPrior($0)) })
    },
    Mistake(
      "posterior-not-normalised", "p(x, z) under the name of p(z|x)",
      source: "pytorch #77053 (logits versus log-probabilities)", \.posterior
    ) { document in
      document.states.map { exp(document.logJoint($0)) }
    },
  ]

  /// The posterior for log p(z) = 0.
  @Sendable private static func unweighed(_ document: LatentFactorDocument) -> ExactPosterior {
    ExactPosterior(logJoints: document.states.map { document.logLikelihood($0) })
  }

  /// log n!/Π_v n_v!: the number of orders in which the words could have come.
  private static func logOrders(_ words: [Int]) -> Double {
    words.indices.reduce(0) { total, place in
      let sameSoFar = words[...place].filter { $0 == words[place] }.count
      return total + log(Double(place + 1)) - log(Double(sameSoFar))
    }
  }

  @Sendable private static func normalisedOverStates(
    _ document: LatentFactorDocument, _ latents: [Double]
  ) -> Double {
    let all = document.states.map { document.model.scores($0) }
    return document.words.reduce(0) { total, word in
      total + document.model.scores(latents)[word] - logSumExp(all.map { $0[word] })
    }
  }

  /// Σ_z q(z) ∂ log p(x, z)/∂bias.
  fileprivate static func meanGradient(
    _ document: LatentFactorDocument, under q: [Double]
  ) -> [Double] {
    var mean = document.model.bias.map { _ in 0.0 }
    for (probability, z) in zip(q, document.states) {
      let gradient = DocumentGradient(ofLogJoint: document, z).bias
      mean = zip(mean, gradient).map { $0 + probability * $1 }
    }
    return mean
  }
}

extension Mistake<LatentFactorDocumentExercise.Parts> {
  /// The evidence, the posterior and its gradient, as they follow from a wrong likelihood.
  fileprivate func andWhatFollows() -> Mistake {
    and(\.logEvidence, madeOf: { parts in { parts.enumerated($0).logEvidence.value } })
      .and(\.posterior, madeOf: { parts in { parts.enumerated($0).probabilities ?? [] } })
      .and(
        \.biasGradient,
        madeOf: { parts in
          { LatentFactorDocumentExercise.meanGradient($0, under: parts.posterior($0)) }
        })
  }
}

extension LatentFactorDocumentExercise.Parts {
  /// The posterior by log p(z) + log p(x | z), state by state.
  fileprivate func enumerated(_ document: LatentFactorDocument) -> ExactPosterior {
    ExactPosterior(
      logJoints: document.states.map { document.logPrior($0) + logLikelihood(document, $0) })
  }
}
