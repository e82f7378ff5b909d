import Approximate
import Models
import Networks
import Probability

/// The documents of the lesson, and the model that they were drawn from.
enum Corpus {
  static let vocabulary = ["ball", "goal", "vote", "law", "rain", "wind", "cell", "gene"]
  static let prior = [0.4, 0.4, 0.4, 0.4]

  /// Four topics of two words each, none quite like another.
  static func trueModel() throws -> LatentFactorModel {
    var weights = (0..<4).map { _ in [Double](repeating: -0.5, count: 8) }
    let strengths = [(2.2, 1.6), (1.8, 2.4), (2.6, 1.4), (1.9, 2.1)]
    for (topic, pair) in strengths.enumerated() {
      weights[topic][2 * topic] = pair.0
      weights[topic][2 * topic + 1] = pair.1
    }
    return try LatentFactorModel(
      prior: prior, weights: weights, bias: [0.3, 0, 0.1, -0.2, 0, 0.2, -0.1, 0.1])
  }

  /// Six documents of ten words, always the same ones.
  static func documents() throws -> [Document] {
    let model = try trueModel()
    var sampler = try Sampler(seed: 20140621)
    var documents: [Document] = []
    for _ in 0..<6 {
      let z = try sampler.bits(model.prior)
      let scores = SoftmaxLaw(logits: model.scores(z))
      var words: [Int] = []
      for _ in 0..<10 { words.append(try scores.sample(&sampler)) }
      documents.append(Document(words, vocabulary: vocabulary.count))
    }
    return documents
  }
}
