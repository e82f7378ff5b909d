import GSL
public import Models
public import Probability

/// The exact answer for one observation under a mixture: which component made it.
public struct MixturePosterior: Posterior {
  /// log p(x); −∞ for an impossible observation.
  public let logEvidence: ExactValue
  /// p(z = k | x); nil for an impossible observation.
  public let responsibilities: [Double]?
  /// The logarithm of the sum that was compared with its terms: without what they have in common.
  let relativeLogEvidence: Double

  /// Visits each component once.
  ///
  /// ```
  /// log p(x) = log Σ_k weights_k p(x | k)      p(z = k | x) = weights_k p(x | k) / p(x)
  /// ```
  public init<M: Mixture>(of mixture: M, _ datum: M.Datum) {
    let (relative, common) = mixture.logLikelihoods(datum)
    let posterior = ExactPosterior(
      logJoints: zip(mixture.weights, relative).map { log($0) + $1 })
    let total = common + posterior.logEvidence.value
    // A logarithm of a weight, K terms of one sign, and what is common.
    let own = Roundings(ofItsSize: 4, ofOne: Double(mixture.componentCount) + 8)
    let bound = (mixture.roundingsOfLogLikelihood(datum) + own).bound(for: total)
    logEvidence = ExactValue(total, roundingBound: total.isFinite ? bound : 0)
    responsibilities = posterior.probabilities
    relativeLogEvidence = posterior.logEvidence.value
  }
}
