import GSL
import Models
public import Probability

// The bound as likelihood minus divergence: the divergence may be differentiated in closed form or
// estimated from samples.
//
//   ELBO = E_q[log p(x | z)] − KL(q‖p(z))
//   KL(q‖p(z)) = Σ_d b_d log(b_d/α_d) + (1 − b_d) log((1 − b_d)/(1 − α_d))

/// The score function for the likelihood, the closed form for the divergence.
///
/// ```
/// g = (1/S) Σ_s log p(x | z_s) (z_s − b) − ∇KL(q‖p(z))
/// ∂KL/∂logit_d = b_d (1 − b_d) [logit(b_d) − logit(α_d)]
/// ```
/// Less is sampled, yet the variance need not fall: what is taken out may have cancelled something.
/// A prior of independent bits is assumed.
public struct AnalyticDivergence: GradientEstimator {
  /// α_d = p(z_d = 1).
  public let prior: [Double]

  /// The estimator for a prior of independent bits.
  public init(prior: [Double]) { self.prior = prior }

  /// ∇KL(q‖p(z)) with respect to the logits of q; zero where b_d is exactly 0 or 1.
  public func divergenceGradient(_ q: BernoulliFactors) -> [Double] {
    zip(q.probabilities, prior).map { b, prior in
      b == 0 || b == 1
        ? 0 : b * (1 - b) * (log(b / (1 - b)) - log(prior / (1 - prior)))
    }
  }

  /// An estimate of ∇ELBO from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try bound.draws(samples, &choices)
    let likelihoods = draws.map { bound.model.logLikelihood($0) }
    let sampled = bound.averagedScore(of: draws) { s, _ in likelihoods[s] }
    return zip(sampled, divergenceGradient(bound.q)).map { $0 - $1 }
  }
}

/// The score function for both the likelihood and the divergence.
///
/// ```
/// g = (1/S) Σ_s log p(x | z_s) (z_s − b) − (1/S) Σ_s log(q(z'_s)/p(z'_s)) (z'_s − b)
/// ```
/// With z' = z this is the plain estimator, outcome by outcome. With draws of its own for the
/// divergence the mean is the same and the two variances add.
public struct SampledDivergence: GradientEstimator {
  /// Whether both halves use the same samples.
  public let sharesSamples: Bool

  /// The estimator with shared samples, or with fresh ones for the divergence.
  public init(sharesSamples: Bool = true) { self.sharesSamples = sharesSamples }

  /// An estimate of ∇ELBO from S samples, or from 2S.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try bound.draws(samples, &choices)
    let likelihoods = draws.map { bound.model.logLikelihood($0) }
    let others = sharesSamples ? draws : try bound.draws(samples, &choices)
    let ratios = others.map { bound.q.logProbability($0) - bound.model.logPrior($0) }
    let reward = bound.averagedScore(of: draws) { s, _ in likelihoods[s] }
    let divergence = bound.averagedScore(of: others) { s, _ in ratios[s] }
    return zip(reward, divergence).map { $0 - $1 }
  }
}
