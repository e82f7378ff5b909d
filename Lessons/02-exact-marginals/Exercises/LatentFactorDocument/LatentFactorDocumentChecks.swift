import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `latent-factor-document`: D switches decide which words are used.
enum LatentFactorDocumentExercise {
  /// What is written.
  struct Parts: Sendable {
    /// log p(x | z) = Σ_i log softmax(bias + Σ_d z_d weights_d)[x_i].
    var logLikelihood: @Sendable (LatentFactorDocument, _ latents: [Double]) -> Double
    /// log p(x) = log Σ_z p(z) p(x | z).
    var logEvidence: @Sendable (LatentFactorDocument) -> Double
    /// p(z | x) for the 2^D states, bit d of the state's number being z_d, lowest first.
    var posterior: @Sendable (LatentFactorDocument) -> [Double]
    /// ∂ log p(x) / ∂bias_v, a number a word.
    var biasGradient: @Sendable (LatentFactorDocument) -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, LatentFactorDocument>

  static let checks: [Check] = [
    wordsAddUp, evidenceIsASum, documentsSumToOne, posteriorIsGibbs, posteriorSumsToOne,
    aCertainState, emptyWeights, scoreShift, gradientIsAPosteriorMean,
  ]
}

// MARK: Likelihood and evidence

extension LatentFactorDocumentExercise {
  static let wordsAddUp = Check(
    "words-add-up", "log p(x|z) = Σ_i log softmax(bias + Σ_d z_d W_d)[x_i]",
    because: "given z the words are drawn one by one; z_1 z_2 = 00, 10, 01, 11",
    claims: ["A-245", "A-246"], as: .step
  ) { parts, document in
    .equal(
      document.states.map { parts.logLikelihood(document, $0) },
      document.states.map { likelihood(document, $0).logarithm })
  }

  static let evidenceIsASum = Check(
    "evidence-is-a-sum",
    "log p(x) = log Σ_z Π_d Bern(z_d; p_d) Π_i Cat(x_i; f(z)),  f(z) = softmax(bias + Σ_d z_d W_d)",
    because: "2^D terms: weights without structure leave none of them out",
    claims: ["A-245", "A-247"],
    as: .step
  ) { parts, document in
    let evidence = document.states.sum { joint(document, $0) }
    return .equal(parts.logEvidence(document), evidence.logarithm)
  }

  /// All documents of length two.
  static let documentsSumToOne = Check(
    "documents-sum-to-one", "Σ_x p(x) = 1, over all V² documents of two words",
    because: "sequences, not bags: the order in which words come is part of x",
    claims: ["A-247"],
    as: .specialCase
  ) { parts, document in
    let words = 0..<document.model.wordCount
    var total = 0.0
    for first in words {
      for second in words {
        total += exp(parts.logEvidence(try document.model.observing([first, second])))
      }
    }
    return .equal(total, 1.0)
  }

  static let aCertainState = Check(
    "certain-state", "p = (1, 0 …):  log p(x) = log p(x | z = (1, 0 …))",
    because: "a prior that is certain leaves one term of the sum",
    as: .specialCase,
    changing: { problem in
      [
        Given("p", problem.model.prior.indices.map { $0 == 0 ? 1 : 0 }),
        Given("x", [problem.words[0]]),
      ]
    }
  ) { parts, document in
    let model = document.model
    let state = model.prior.indices.map { $0 == 0 ? 1.0 : 0 }
    let certain = try LatentFactorModel(prior: state, weights: model.weights, bias: model.bias)
      .observing([document.words[0]])
    return .equal(parts.logEvidence(certain), likelihood(certain, state).logarithm)
  }

  static let scoreShift = Check(
    "score-shift", "bias + 800 for bias:  log p(x|z) stays",
    because: "softmax does not see a constant, unless it overflows on the way",
    as: .specialCase,
    changing: { problem in [Given("bias", problem.model.bias.map { $0 + 800 })] }
  ) { parts, document in
    let model = document.model
    let raised = try LatentFactorModel(
      prior: model.prior, weights: model.weights, bias: model.bias.map { $0 + 800 }
    ).observing(document.words)
    let z = document.states[0]
    return .equal(
      parts.logLikelihood(raised, z), likelihood(document, z).logarithm,
      rounding: .of(
        size: 800 * Double(document.words.count),
        because: "scores of 800 are subtracted from each other, once a word"))
  }
}

// MARK: Posterior and gradient

extension LatentFactorDocumentExercise {
  static let posteriorIsGibbs = Check(
    "posterior-is-gibbs", "p(z|x) = e^{−E(z)} / Σ_z′ e^{−E(z′)},  E(z) = −log p(x, z)",
    because: "any positive table over {0, 1}^D is Gibbs; its energy is the log joint",
    claims: ["A-250"],
    as: .consequence
  ) { parts, document in
    let joints = document.states.map { joint(document, $0) }
    let evidence = joints.sum()
    return .equal(parts.posterior(document), joints.map { $0 / evidence })
  }

  static let posteriorSumsToOne = Check(
    "posterior-sums-to-one", "Σ_z p(z|x) = 1", because: "some combination of switches it was",
    as: .specialCase
  ) { parts, document in
    .equal(parts.posterior(document).reduce(0, +), 1.0)
  }

  static let emptyWeights = Check(
    "no-weights", "W = 0:  p(z|x) = p(z)",
    because: "words that do not listen to the switches say nothing of them",
    as: .specialCase,
    changing: { problem in [Given("W", problem.model.weights.map { $0.map { _ in 0 } })] }
  ) { parts, document in
    let model = document.model
    let deaf = try LatentFactorModel(
      prior: model.prior, weights: model.weights.map { $0.map { _ in 0 } }, bias: model.bias
    ).observing(document.words)
    return .equal(parts.posterior(deaf), deaf.states.map { prior(deaf, $0) })
  }

  static let gradientIsAPosteriorMean = Check(
    "gradient-is-a-posterior-mean",
    "∂ log p(x)/∂bias_v = E_{p(z|x)}[n_v − n softmax(bias + Σ_d z_d W_d)_v]",
    because: "∇ log Σ = Σ ∇ / Σ = E_p(z|x)[∇ log p(x, z)]; here against automatic derivatives",
    as: .consequence
  ) { parts, document in
    .equal(
      parts.biasGradient(document), DocumentGradient.differentiated(document).bias,
      rounding: .of(
        size: Double(document.words.count),
        because: "a count of words and an expected count are subtracted"))
  }
}

// MARK: Products in place of sums of logarithms

extension LatentFactorDocumentExercise {
  /// p(z) = Π_d Bern(z_d; α_d).
  private static func prior(_ document: LatentFactorDocument, _ latents: [Double]) -> ExactValue {
    zip(latents, document.model.prior).reduce(1) { product, factor in
      let on = ExactValue(factor.1)
      return product * (factor.0 == 1 ? on : 1 - on)
    }
  }

  /// p(x | z) = Π_i e^{s(x_i)} / Σ_v e^{s(v)} with the scores s = b + Σ_d z_d w_d.
  private static func likelihood(
    _ document: LatentFactorDocument, _ latents: [Double]
  ) -> ExactValue {
    let model = document.model
    let weights: [ExactValue] = model.bias.indices.map { word in
      let score = zip(latents, model.weights).sum { z, row in ExactValue(z) * ExactValue(row[word])
      }
      return (ExactValue(model.bias[word]) + score).exponential
    }
    let total = weights.sum()
    return document.words.reduce(1) { $0 * weights[$1] / total }
  }

  /// p(z) p(x | z).
  private static func joint(_ document: LatentFactorDocument, _ latents: [Double]) -> ExactValue {
    prior(document, latents) * likelihood(document, latents)
  }
}
