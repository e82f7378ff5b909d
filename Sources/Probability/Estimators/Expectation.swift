public import Models
public import Probability

/// A model with binary latents and a factorised q: the bound whose gradient is estimated.
///
/// ```
/// ELBO(b) = E_q[f(z)],     f(z) = log p(x, z) − log q(z),     q(z) = Π_d Bernoulli(z_d; b_d)
/// ```
/// Gradients are with respect to the logits of b, so the score of component d is z_d − b_d.
public struct BernoulliBound: Sendable {
  /// log p(x, z), with x observed.
  public let model: any BinaryLatentModel
  /// q(z).
  public let q: BernoulliFactors

  /// The bound of a model under a factorised q.
  public init(_ model: any BinaryLatentModel, q: BernoulliFactors) {
    self.model = model
    self.q = q
  }

  /// f(z) = log p(x, z) − log q(z), the learning signal; −∞ where the model excludes z.
  public func signal(_ latents: [Double]) -> Double {
    model.logJoint(latents) - q.logProbability(latents)
  }

  /// S independent draws from q, sample by sample, bit by bit.
  public func draws<Choices: DiscreteChoices>(
    _ samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [[Double]] {
    guard samples > 0 else { throw .tooFewSamples(found: samples, needed: 1) }
    var draws: [[Double]] = []
    draws.reserveCapacity(samples)
    for _ in 0..<samples { draws.append(try q.sample(&choices)) }
    return draws
  }

  /// (1/S) Σ_s w_sd (z_sd − b_d): what every score-function estimator is, up to its weights.
  public func averagedScore(
    of draws: [[Double]], weight: (_ sample: Int, _ component: Int) -> Double
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: q.count)
    for (sample, latents) in draws.enumerated() {
      for d in sums.indices {
        sums[d] += weight(sample, d) * (latents[d] - q.probabilities[d])
      }
    }
    return sums.map { $0 / Double(draws.count) }
  }
}
