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
  /// How far rounding can have moved the evidence and each responsibility; 0 where no measure is needed.
  ///
  /// ```
  /// |Δ log p(x)| ≤ Σ_k r_k |Δ_k|      |Δ r_k| ≤ r_k (|Δ_k| + Σ_j r_j |Δ_j|)
  /// ```
  let measuredError: Double

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
    let errors = mixture.errors(of: relative.map { $0 + common }, datum) ?? []
    measuredError = MixturePosterior.error(of: posterior.probabilities ?? [], errors)
  }

  /// The sum of both, with a log likelihood that is off by more than one no longer known at all.
  private static func error(of shares: [Double], _ errors: [Double]) -> Double {
    let moved = zip(shares, errors).map { share, error in
      // What is improbable must be so by more than its error.
      error <= 1 ? share * error : share * exp(min(error, 700)) * error
    }
    return 2 * moved.reduce(0, +)
  }
}
