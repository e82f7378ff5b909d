import GSL
public import Probability

/// The score function from draws of another law r that misses no outcome.
///
/// ```
/// ∇E_q[f] = E_r[(q(z)/r(z)) f(z) ∇log q(z)],     g = (1/S) Σ_s (q(z_s)/r(z_s)) f(z_s) ∇log q(z_s)
/// ```
/// The score function is the case r = q. An outcome that r misses is missing from the mean.
/// Self-normalised, Σ_s q(z_s)/r(z_s) stands in the place of S: scale-free, and biased by order 1/S.
public struct ImportanceSampled<Law: ScoredLaw>: GradientEstimator {
  /// r.
  public let proposal: Law
  /// Whether the weights are divided by their sum.
  public let isSelfNormalised: Bool

  /// The estimator that draws from a proposal.
  public init(from proposal: Law, selfNormalised: Bool = false) {
    self.proposal = proposal
    isSelfNormalised = selfNormalised
  }

  /// An estimate of ∇E_q[f] from S samples of r.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ mean: ExpectedValue<Law>, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try proposal.draws(samples, &choices)
    // listing: zoo importance-sampled
    let ratios = draws.map { z in
      exp(mean.law.logProbability(z) - proposal.logProbability(z))
    }
    let divisor = isSelfNormalised ? ratios.reduce(0, +) / Double(samples) : 1
    let weights = zip(draws, ratios).map { z, ratio in ratio / divisor * mean.signal(z) }
    // end of listing
    return mean.withKnownPart(mean.law.averagedScore(of: draws) { s, _ in weights[s] })
  }
}
