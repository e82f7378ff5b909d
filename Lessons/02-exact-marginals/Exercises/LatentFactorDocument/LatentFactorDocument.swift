import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// The document model, and the ways to get it wrong.
  static let latentFactorDocument: Exercise<any LatentFactorForm, LatentFactorDocument> = Exercise(
    .latentFactorDocument,
    answer: Enumeration(),
    mistakes: [
      Mistake(
        "adds-a-coefficient", "+ log n!/Π_v n_v!, which belongs to bags of words",
        AddsACoefficient()),
      Mistake(
        "means-over-words", "the mean over words in place of the sum",
        source: "pytorch/examples #296, rlkit #119 (mixed reductions)", MeansOverWords()),
      Mistake(
        "softmax-over-factors", "normalises each word's score over the 2^D states",
        NormalisesOverStates()),
      Mistake(
        "forgets-the-prior-of-factors", "Σ_z p(x|z), states unweighed", ForgetsThePriorOfFactors()),
      Mistake(
        "words-marginally-independent", "Π_i Σ_z p(z) p(x_i|z): i.i.d. without 'given z'",
        source: "E-069", WordsMarginallyIndependent()),
      Mistake(
        "exponentiates-scores", "e^score / Σ e^score without a shift, which overflows",
        source: "xqding/Importance_Weighted_Autoencoders #3", ExponentiatesScores()),
      Mistake(
        "highest-bit-first", "states numbered the other way round", HighestBitFirst()),
      Mistake(
        "gradient-under-the-prior", "averages ∇ log p(x, z) under p(z) in place of p(z|x)",
        GradientUnderThePrior()),
      Mistake(
        "posterior-not-normalised", "p(x, z) under the name of p(z|x)",
        source: "pytorch #77053 (logits versus log-probabilities)", PosteriorNotNormalised()),
    ])
}

/// The library's enumeration; a mistake replaces one function and keeps what follows from it.
private protocol RightDocument: LatentFactorForm {
  func weight(_ document: LatentFactorDocument, _ latents: [Double]) -> Double
}

extension RightDocument {
  func logLikelihood(_ document: LatentFactorDocument, _ latents: [Double]) -> Double {
    document.logLikelihood(latents)
  }
  /// log p(z).
  func weight(_ document: LatentFactorDocument, _ latents: [Double]) -> Double {
    document.logPrior(latents)
  }
  func answer(_ document: LatentFactorDocument) -> ExactPosterior {
    ExactPosterior(
      logJoints: states(document).map { weight(document, $0) + logLikelihood(document, $0) })
  }
  func logEvidence(_ document: LatentFactorDocument) -> Double {
    answer(document).logEvidence.value
  }
  func posterior(_ document: LatentFactorDocument) -> [Double] {
    answer(document).probabilities ?? []
  }
  func biasGradient(_ document: LatentFactorDocument) -> [Double] {
    meanGradient(document, under: posterior(document))
  }
}

private func states(_ document: LatentFactorDocument) -> [[Double]] {
  (0..<(1 << document.latentCount)).map { latents($0, count: document.latentCount) }
}

/// Σ_z q(z) [n_v − n softmax(scores(z))_v].
private func meanGradient(
  _ document: LatentFactorDocument, under q: [Double]
) -> [Double] {
  var gradient = document.model.bias.map { _ in 0.0 }
  for (probability, z) in zip(q, states(document)) {
    for word in document.words { gradient[word] += probability }
    for (word, logProbability) in document.model.logWordProbabilities(z).enumerated() {
      gradient[word] -= probability * Double(document.words.count) * exp(logProbability)
    }
  }
  return gradient
}

private struct Enumeration: RightDocument {}

private struct AddsACoefficient: RightDocument {
  func logLikelihood(_ document: LatentFactorDocument, _ latents: [Double]) -> Double {
    var orders = 0.0
    for (place, word) in document.words.enumerated() {
      let sameSoFar = document.words[...place].filter { $0 == word }.count
      orders += log(Double(place + 1)) - log(Double(sameSoFar))
    }
    return document.logLikelihood(latents) + orders
  }
}

private struct MeansOverWords: RightDocument {
  func logLikelihood(_ document: LatentFactorDocument, _ latents: [Double]) -> Double {
    document.logLikelihood(latents) / Double(document.words.count)
  }
}

private struct NormalisesOverStates: RightDocument {
  func logLikelihood(_ document: LatentFactorDocument, _ latents: [Double]) -> Double {
    let all = states(document).map { document.model.scores($0) }
    return document.words.reduce(0) { total, word in
      total + document.model.scores(latents)[word] - logSumExp(all.map { $0[word] })
    }
  }
}

private struct ForgetsThePriorOfFactors: RightDocument {
  func weight(_ document: LatentFactorDocument, _ latents: [Double]) -> Double { 0 }
}

private struct WordsMarginallyIndependent: RightDocument {
  func logEvidence(_ document: LatentFactorDocument) -> Double {
    document.words.reduce(0) { total, word in
      total
        + logSumExp(
          states(document).map {
            document.logPrior($0) + document.model.logWordProbabilities($0)[word]
          })
    }
  }
}

private struct ExponentiatesScores: RightDocument {
  func logLikelihood(_ document: LatentFactorDocument, _ latents: [Double]) -> Double {
    let scores = document.model.scores(latents).map { exp($0) }
    let total = scores.reduce(0, +)
    return document.words.reduce(0) { $0 + log(scores[$1] / total) }
  }
}

private struct HighestBitFirst: RightDocument {
  func posterior(_ document: LatentFactorDocument) -> [Double] {
    let count = document.latentCount
    let right = answer(document).probabilities ?? []
    return right.indices.map { state in
      right[(0..<count).reduce(0) { $0 | (state >> $1 & 1) << (count - 1 - $1) }]
    }
  }
  func biasGradient(_ document: LatentFactorDocument) -> [Double] {
    meanGradient(document, under: answer(document).probabilities ?? [])
  }
}

private struct GradientUnderThePrior: RightDocument {
  func biasGradient(_ document: LatentFactorDocument) -> [Double] {
    meanGradient(document, under: states(document).map { exp(document.logPrior($0)) })
  }
}

private struct PosteriorNotNormalised: RightDocument {
  func posterior(_ document: LatentFactorDocument) -> [Double] {
    states(document).map { exp(document.logJoint($0)) }
  }
  func biasGradient(_ document: LatentFactorDocument) -> [Double] {
    meanGradient(document, under: answer(document).probabilities ?? [])
  }
}
