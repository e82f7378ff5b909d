import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification
import _Differentiation

/// The signature of exercise `latent-factor-document`: D switches decide which words are used.
protocol LatentFactorForm: Sendable {
  /// log p(x | z) = Σ_i log softmax(bias + Σ_d z_d weights_d)[x_i].
  func logLikelihood(_ document: LatentFactorDocument, _ latents: [Double]) -> Double
  /// log p(x) = log Σ_z p(z) p(x | z).
  func logEvidence(_ document: LatentFactorDocument) -> Double
  /// p(z | x) for the 2^D states, bit d of the state's number being z_d, lowest first.
  func posterior(_ document: LatentFactorDocument) -> [Double]
  /// ∂ log p(x) / ∂bias_v, a number a word.
  func biasGradient(_ document: LatentFactorDocument) -> [Double]
}

extension Sheet where Subject == any LatentFactorForm, Model == LatentFactorDocument {
  /// Write the exact answers of the document model.
  static let latentFactorDocument = Sheet(
    id: "latent-factor-document",
    title: "D switches, one document",
    task: """
      A document is an ordered sequence of words; D binary factors set the scores of all words. \
      Write log p(x|z), the log evidence, the posterior over the 2^D states, and the gradient of \
      the log evidence with respect to the bias.
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
    lines: [
      wordsAddUp, evidenceIsASum, documentsSumToOne, posteriorIsGibbs, posteriorSumsToOne,
      aCertainState, emptyWeights, biasShift, gradientIsAPosteriorMean,
    ])

  static var wordsAddUp: Line<any LatentFactorForm, LatentFactorDocument> {
    Line(
      "words-add-up", "log p(x|z) = Σ_i log softmax(b + Σ_d z_d w_d)[x_i]",
      because: "given z the words are drawn one by one from one table", claims: ["A-245", "A-246"]
    ) { form, document in
      let states = 0..<(1 << document.latentCount)
      let found = states.map {
        form.logLikelihood(document, latents($0, count: document.latentCount))
      }
      let direct = states.map { logProduct(document, $0) }
      return .equal(found, direct, terms: 256, magnitude: 40)
    }
  }

  static var evidenceIsASum: Line<any LatentFactorForm, LatentFactorDocument> {
    Line(
      "evidence-is-a-sum", "log p(x) = log Σ_z Π_d Bern(z_d; α_d) Π_i Cat(x_i; f(z))",
      because: "2^D terms: weights without structure leave none of them out",
      claims: ["A-245", "A-247"]
    ) { form, document in
      .equal(form.logEvidence(document), log(directEvidence(document)), terms: 512, magnitude: 20)
    }
  }

  /// All documents of length two.
  static var documentsSumToOne: Line<any LatentFactorForm, LatentFactorDocument> {
    Line(
      "documents-sum-to-one", "Σ_x p(x) = 1, over all V² documents of two words",
      because: "sequences, not bags: the order in which words come is part of x",
      claims: ["A-247"]
    ) { form, document in
      let count = document.model.wordCount
      var total = 0.0
      for first in 0..<count {
        for second in 0..<count {
          total += exp(form.logEvidence(try document.model.observing([first, second])))
        }
      }
      return .equal(total, 1, terms: 1024)
    }
  }

  static var posteriorIsGibbs: Line<any LatentFactorForm, LatentFactorDocument> {
    Line(
      "posterior-is-gibbs", "p(z|x) = e^{−E(z)} / Σ_z′ e^{−E(z′)},  E(z) = −log p(x, z)",
      because: "any positive table over {0, 1}^D is Gibbs; its energy is the log joint",
      claims: ["A-250"]
    ) { form, document in
      let evidence = directEvidence(document)
      let direct = (0..<(1 << document.latentCount)).map { directJoint(document, $0) / evidence }
      return .equal(form.posterior(document), direct, terms: 512)
    }
  }

  static var posteriorSumsToOne: Line<any LatentFactorForm, LatentFactorDocument> {
    Line(
      "posterior-sums-to-one", "Σ_z p(z|x) = 1", because: "some combination of switches it was"
    ) { form, document in
      .equal(form.posterior(document).reduce(0, +), 1)
    }
  }

  static var aCertainState: Line<any LatentFactorForm, LatentFactorDocument> {
    Line(
      "certain-state", "α = (1, 0 …):  log p(x) = log p(x | z = (1, 0 …))",
      because: "a prior that is certain leaves one term of the sum"
    ) { form, document in
      let model = document.model
      let certain = try LatentFactorModel(
        prior: model.prior.indices.map { $0 == 0 ? 1 : 0 }, weights: model.weights,
        bias: model.bias
      ).observing([document.words[0]])
      return .equal(form.logEvidence(certain), logProduct(certain, 1), terms: 128, magnitude: 10)
    }
  }

  static var emptyWeights: Line<any LatentFactorForm, LatentFactorDocument> {
    Line(
      "no-weights", "w = 0:  p(z|x) = p(z)",
      because: "words that do not listen to the switches say nothing of them"
    ) { form, document in
      let model = document.model
      let deaf = try LatentFactorModel(
        prior: model.prior, weights: model.weights.map { $0.map { _ in 0 } }, bias: model.bias
      ).observing(document.words)
      let states = 0..<(1 << document.latentCount)
      return .equal(
        form.posterior(deaf),
        states.map { exp(model.logPrior(latents($0, count: document.latentCount))) }, terms: 256)
    }
  }

  static var biasShift: Line<any LatentFactorForm, LatentFactorDocument> {
    Line(
      "score-shift", "b + 800 for b:  log p(x|z) stays",
      because: "softmax does not see a constant, unless it overflows on the way"
    ) { form, document in
      let model = document.model
      let raised = try LatentFactorModel(
        prior: model.prior, weights: model.weights, bias: model.bias.map { $0 + 800 }
      ).observing(document.words)
      let z = latents(0, count: document.latentCount)
      return .equal(
        form.logLikelihood(raised, z), logProduct(document, 0), terms: 64, magnitude: 3200)
    }
  }

  static var gradientIsAPosteriorMean: Line<any LatentFactorForm, LatentFactorDocument> {
    Line(
      "gradient-is-a-posterior-mean",
      "∂ log p(x)/∂b = E_p(z|x)[n_v − n softmax(b + Σ_d z_d w_d)_v]",
      because: "∇ log Σ = Σ ∇ / Σ = E_p(z|x)[∇ log p(x, z)]; here against automatic derivatives"
    ) { form, document in
      .equal(form.biasGradient(document), differentiated(document), terms: 2048, magnitude: 4)
    }
  }
}

// MARK: Routes that use products in place of sums of logs

/// Σ_i log of softmax as a quotient.
private func logProduct(_ document: LatentFactorDocument, _ state: Int) -> Double {
  let scores = document.model.scores(latents(state, count: document.latentCount))
  let total = scores.reduce(0) { $0 + exp($1) }
  return log(document.words.reduce(1) { $0 * exp(scores[$1]) / total })
}

private func directJoint(_ document: LatentFactorDocument, _ state: Int) -> Double {
  let z = latents(state, count: document.latentCount)
  let prior = zip(z, document.model.prior).reduce(1) { $0 * ($1.0 == 1 ? $1.1 : 1 - $1.1) }
  return prior * exp(logProduct(document, state))
}

private func directEvidence(_ document: LatentFactorDocument) -> Double {
  (0..<(1 << document.latentCount)).reduce(0) { $0 + directJoint(document, $1) }
}

/// ∂ log Σ_z p(z) p(x|z) / ∂bias by reverse-mode differentiation of the sum.
private func differentiated(_ document: LatentFactorDocument) -> [Double] {
  let model = document.model
  var counts = [Double](repeating: 0, count: model.wordCount)
  for word in document.words { counts[word] += 1 }
  let (wordCounts, zero) = (Vector(counts), model.bias.map { _ in 0.0 })
  let offsets = (0..<(1 << document.latentCount)).map { state -> Vector in
    let scores = model.scores(latents(state, count: document.latentCount))
    return Vector(zip(scores, model.bias).map { $0 - $1 })
  }
  let logPriors = offsets.indices.map {
    model.logPrior(latents($0, count: document.latentCount))
  }
  return gradient(at: Vector(model.bias)) { bias in
    var logJoints = Vector([])
    for state in 0..<withoutDerivative(at: offsets.count) {
      logJoints.append(
        logPriors[state] + wordCounts.dot(logSoftmax(bias + offsets[state])))
    }
    return logSumExp(logJoints)
  }.filled(like: Vector(zero)).array
}
