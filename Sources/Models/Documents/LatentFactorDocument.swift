import GSL
public import Probability

/// The latent-factor document model: binary factors decide which words a document uses.
///
/// ```
/// z_d ~ Bernoulli(prior_d),   x_i | z ~ Categorical(softmax(bias + Σ_d z_d weights_d))
/// ```
/// The words are an ordered sequence, so there is no multinomial coefficient.
/// Reference: W. Aziz, "Deep discrete latent variable models"; Mnih and Gregor 2014.
public struct LatentFactorModel: Sendable, Equatable {
  /// P(z_d = 1).
  public let prior: [Double]
  /// What factor d adds to the score of each word.
  public let weights: [[Double]]
  /// The score of each word without factors.
  public let bias: [Double]

  /// A model with D factors over V words.
  public init(prior: [Double], weights: [[Double]], bias: [Double]) throws(ModelError) {
    try Validate.probabilities("prior", prior)
    try Validate.notEmpty("bias", bias.count)
    try Validate.finite("bias", bias)
    try Validate.count("weights", weights.count, expected: prior.count)
    for (factor, row) in weights.enumerated() {
      try Validate.count("weights[\(factor)]", row.count, expected: bias.count)
      try Validate.finite("weights[\(factor)]", row)
    }
    self.init(checkedPrior: prior, weights: weights, bias: bias)
  }

  fileprivate init(checkedPrior: [Double], weights: [[Double]], bias: [Double]) {
    prior = checkedPrior
    self.weights = weights
    self.bias = bias
  }

  /// D, the number of factors.
  public var factorCount: Int { prior.count }
  /// V, the number of words.
  public var wordCount: Int { bias.count }

  /// bias + Σ_d z_d weights_d, the scores of the words.
  public func scores(_ latents: [Double]) -> [Double] {
    var scores = bias
    for (factor, row) in weights.enumerated() where latents[factor] != 0 {
      for word in row.indices { scores[word] += latents[factor] * row[word] }
    }
    return scores
  }

  /// log p(word | z) for every word.
  public func logWordProbabilities(_ latents: [Double]) -> [Double] {
    let scores = scores(latents)
    let normaliser = logSumExp(scores)
    return scores.map { $0 - normaliser }
  }

  /// log p(z) = Σ_d z_d log prior_d + (1 − z_d) log(1 − prior_d).
  public func logPrior(_ latents: [Double]) -> Double {
    zip(latents, prior).reduce(0) { total, pair in
      total + log(pair.0 == 1 ? pair.1 : 1 - pair.1)
    }
  }

  /// The document as the observation of a model of its own.
  public func observing(_ document: [Int]) throws(ModelError) -> LatentFactorDocument {
    for (place, word) in document.enumerated() {
      try Validate.index("observations[\(place)]", word, below: wordCount)
    }
    return LatentFactorDocument(model: self, words: document)
  }
}

/// A latent-factor model with one document observed.
public struct LatentFactorDocument: BinaryLatentModel, Equatable {
  /// The model.
  public let model: LatentFactorModel
  /// The words, each a number below V.
  public let words: [Int]

  init(model: LatentFactorModel, words: [Int]) {
    self.model = model
    self.words = words
  }

  /// D, the number of factors.
  public var latentCount: Int { model.factorCount }

  /// log p(z).
  public func logPrior(_ latents: [Double]) -> Double { model.logPrior(latents) }

  /// log p(x | z) = Σ_i log softmax(bias + Σ_d z_d weights_d)[x_i].
  public func logLikelihood(_ latents: [Double]) -> Double {
    let logProbabilities = model.logWordProbabilities(latents)
    return words.reduce(0) { $0 + logProbabilities[$1] }
  }

  /// A word's log probability is a difference of scores, each a sum of D weights.
  public var roundingsOfLogJoint: Roundings {
    let (factors, length) = (Double(model.factorCount), Double(words.count))
    let scores = model.bias.indices.map { word in
      model.weights.reduce(abs(model.bias[word])) { $0 + abs($1[word]) }
    }
    // Of the score and of the normaliser each half an ε a term.
    let eachWord = (factors + 2) * (scores.max() ?? 0) + Double(model.wordCount) + 4
    return Roundings(ofItsSize: factors + length, ofOne: length * eachWord + 2 * factors)
  }

  /// log p(z_d) + log p(x | z): every word depends on every factor, the other priors do not.
  public func logJointTerms(containing d: Int, _ latents: [Double]) -> Double {
    log(latents[d] == 1 ? model.prior[d] : 1 - model.prior[d]) + logLikelihood(latents)
  }

  /// Two factors, three words, the document (0, 2, 2): log p(x) = −3.633559693552.
  public static let twoFactors = LatentFactorDocument(
    model: LatentFactorModel(
      checkedPrior: [0.3, 0.3], weights: [[1, -0.3, 0.2], [-0.5, 0.8, 0.4]], bias: [0.1, 0, -0.2]),
    words: [0, 2, 2])

  /// A random model and document: two or three factors, three or four words, up to four in a row.
  public static func random<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> LatentFactorDocument {
    let factors = try choices.integer(2...3)
    let words = try choices.integer(3...4)
    let prior = try choices.probabilities(factors)
    var weights: [[Double]] = []
    for _ in 0..<factors { weights.append(try choices.reals(words, from: -2, to: 2)) }
    let bias = try choices.reals(words, from: -1, to: 1)
    var document: [Int] = []
    for _ in 0..<(try choices.integer(1...4)) { document.append(try choices.choose(below: words)) }
    return LatentFactorDocument(
      model: LatentFactorModel(checkedPrior: prior, weights: weights, bias: bias), words: document)
  }
}
