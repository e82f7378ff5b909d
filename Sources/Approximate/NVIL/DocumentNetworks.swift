import GSL
public import Models
public import Networks
public import _Differentiation

// The two networks of neural variational inference for documents.
//
//   likelihood   z ↦ softmax(W z + b)                   the law of a word, given the factors
//   inference    x ↦ sigmoid(M h + c),  h = mean word embedding        P(z_d = 1 | x) under q
//
// Reference: Mnih and Gregor 2014; W. Aziz, "Deep discrete latent variable models".

/// From a document to the log odds of its factors.
public struct InferenceNetwork: Parameters, Hashable {
  /// A row for every word; a document is the mean of its rows.
  public var embedding: Embedding
  /// M and c.
  public var output: Linear

  /// The network from its parts.
  public init(embedding: Embedding, output: Linear) {
    self.embedding = embedding
    self.output = output
  }

  /// M h + c, the log odds of z_d = 1; they do not depend on the order of the words.
  @differentiable(reverse,wrt: self)
  public func logits(_ words: [Int]) -> Vector { output(embedding(words)) }

  /// Shows the embedding, then M and c.
  public mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    embedding.visit(&tour, beside: direction.embedding)
    output.visit(&tour, beside: direction.output)
  }
}

/// From factors to the law of a word.
public struct LikelihoodNetwork: Parameters, Hashable {
  /// W, a row for every word, and b.
  public var scores: Linear

  /// The network from its matrix and shift.
  public init(scores: Linear) { self.scores = scores }

  /// log p(x | z) = Σ_words count · log softmax(W z + b).
  @differentiable(reverse,wrt: self)
  public func logLikelihood(counts: Vector, latents: Vector) -> Double {
    counts.dot(logSoftmax(scores(latents)))
  }

  /// Shows W, then b.
  public mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    scores.visit(&tour, beside: direction.scores)
  }
}

/// Both networks, and the prior that they share.
public struct DocumentNetworks: Parameters, Hashable {
  /// θ: the model's side.
  public var likelihood: LikelihoodNetwork
  /// λ: the side of q.
  public var inference: InferenceNetwork
  /// α_d = p(z_d = 1), not learned.
  @noDerivative public let prior: [Double]

  /// Both networks with a prior.
  public init(likelihood: LikelihoodNetwork, inference: InferenceNetwork, prior: [Double]) {
    self.likelihood = likelihood
    self.inference = inference
    self.prior = prior
  }

  /// Small random weights: V words, H features, a factor for each entry of the prior.
  public init(words: Int, features: Int, prior: [Double], drawing standardNormal: () -> Double) {
    func small(_ rows: Int, _ columns: Int) -> Matrix {
      var entries: [Double] = []
      for _ in 0..<rows * columns { entries.append(0.3 * standardNormal()) }
      return Matrix(rows: rows, columns: columns, entries)
    }
    likelihood = LikelihoodNetwork(
      scores: Linear(weights: small(words, prior.count), bias: Vector(zeros: words)))
    inference = InferenceNetwork(
      embedding: Embedding(table: small(words, features)),
      output: Linear(weights: small(prior.count, features), bias: Vector(prior.map(logOdds))))
    self.prior = prior
  }

  /// Shows the likelihood network, then the inference network.
  public mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    likelihood.visit(&tour, beside: direction.likelihood)
    inference.visit(&tour, beside: direction.inference)
  }

  /// The model that the likelihood network is, as every oracle understands it.
  public func model() throws(ModelError) -> LatentFactorModel {
    let scores = likelihood.scores
    return try LatentFactorModel(
      prior: prior,
      weights: prior.indices.map { d in scores.weights.column(d).array },
      bias: scores.bias.array)
  }

  /// b_d = q(z_d = 1 | x).
  public func probabilities(_ words: [Int]) -> [Double] {
    sigmoid(inference.logits(words)).array
  }
}

/// A document as a list of words and as counts of every word.
public struct Document: Sendable, Hashable {
  /// The words in order.
  public let words: [Int]
  /// How often every word of the vocabulary occurs.
  public let counts: Vector

  /// A document over V words, each of them below V.
  public init(_ words: [Int], vocabulary: Int) {
    self.words = words
    var counts = [Double](repeating: 0, count: vocabulary)
    for word in words { counts[word] += 1 }
    self.counts = Vector(counts)
  }
}

private func logOdds(_ probability: Double) -> Double { log(probability) - log(1 - probability) }
