public import Models
public import Probability

/// What an oracle says of documents under one latent-factor model, by visiting the 2^D states.
public struct LatentFactorAnswers: Sendable, Equatable {
  /// log p(x) of each document.
  public let logEvidence: [ExactValue]
  /// P(z_d = 1 | x) of each document; nil for an impossible one.
  public let posteriorMarginals: [[Double]?]

  /// Visits every state once a document.
  public init(of model: LatentFactorModel, _ documents: [[Int]]) throws(ModelError) {
    var posteriors: [ExactPosterior] = []
    for document in documents {
      posteriors.append(ExactPosterior(of: try model.observing(document)))
    }
    logEvidence = posteriors.map(\.logEvidence)
    posteriorMarginals = posteriors.map { $0.marginals(latentCount: model.factorCount) }
  }
}
