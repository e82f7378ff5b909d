public import Models
public import Probability

/// What an oracle says of documents under one latent-factor model, by visiting the 2^D states.
public struct LatentFactorAnswers: Sendable, Equatable {
  /// log p(x) of each document.
  public let logEvidence: [ExactValue]
  /// P(z_d = 1 | x) of each document; nil for an impossible one.
  public let posteriorMarginals: [[Double]?]
  /// The gradient of the sum of the log evidences, document by document as a posterior mean.
  public let gradient: DocumentGradient

  /// Visits every state once a document; an impossible document adds nothing to the gradient.
  public init(of model: LatentFactorModel, _ documents: [[Int]]) throws(ModelError) {
    var answers: [(posterior: ExactPosterior, gradient: DocumentGradient?)] = []
    for words in documents {
      let document = try model.observing(words)
      answers.append((ExactPosterior(of: document), DocumentGradient(expectedOver: document)))
    }
    logEvidence = answers.map(\.posterior.logEvidence)
    posteriorMarginals = answers.map { $0.posterior.marginals(latentCount: model.factorCount) }
    gradient = Self.sum(answers.compactMap(\.gradient), like: model)
  }

  private static func sum(
    _ gradients: [DocumentGradient], like model: LatentFactorModel
  ) -> DocumentGradient {
    func add(_ one: [Double], _ other: [Double]) -> [Double] { zip(one, other).map { $0 + $1 } }
    var total = DocumentGradient(
      weights: model.weights.map { $0.map { _ in 0 } }, bias: model.bias.map { _ in 0 },
      prior: model.prior.contains { $0 == 0 || $0 == 1 } ? nil : model.prior.map { _ in 0 })
    for gradient in gradients {
      total.weights = zip(total.weights, gradient.weights).map { add($0, $1) }
      total.bias = add(total.bias, gradient.bias)
      total.prior = total.prior.map { add($0, gradient.prior ?? []) }
    }
    return total
  }
}

extension DocumentGradient {
  init(weights: [[Double]], bias: [Double], prior: [Double]?) {
    self.weights = weights
    self.bias = bias
    self.prior = prior
  }
}
