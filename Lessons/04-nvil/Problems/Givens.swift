import Exact
import GSL
import LessonKit
import Models
import Probability

// What the problems of this lesson print above their numbers, in the lesson's symbols. Words, topics
// and states are numbered; states of bits are listed with the first bit lowest: 00, 10, 01, 11.

extension LatentFactorDocument {
  /// The words, the likelihood network and the prior.
  var givens: [Given] {
    let rows = (0..<model.wordCount).map { word in model.weights.map { $0[word] } }
    return [
      Given("x", words), Given("W", rows), Given("u", model.bias), Given("α", model.prior),
    ]
  }
}

extension BernoulliFactors {
  /// λ, the log odds of each bit.
  var logOdds: [Double] { probabilities.map { log($0) - log(1 - $0) } }
}

extension DocumentProblem: Shown {
  /// The document under its model, and λ.
  var givens: [Given] { observed.givens + [Given("λ", logits)] }
}

extension ScoreFunctionProblem: Shown {
  /// The document or the table of log p(x, z), λ, and the constants.
  var givens: [Given] { boundGivens + [Given("c", baselines)] }

  /// The same without the constants.
  var boundGivens: [Given] {
    let table = factorised(q.probabilities).indices.map {
      model.logJoint(latents($0, count: q.count))
    }
    return (document?.givens ?? [Given("log p(x,z)", table), Given("α", prior)])
      + [Given("λ", q.logOdds)]
  }
}
