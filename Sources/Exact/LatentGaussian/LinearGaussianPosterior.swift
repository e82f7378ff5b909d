import GSL
public import Models
public import Probability

extension LinearGaussian {
  /// log p(x) = log N(x; 0, slope² + noise).
  public var exactLogEvidence: ExactValue {
    let variance = slope * slope + noise
    let value = -0.5 * (log(2 * Double.pi * variance) + observed * observed / variance)
    return ExactValue(value, roundingBound: 8 * Double.ulpOfOne * (abs(value) + 2))
  }

  /// The posterior N(slope x / (slope² + noise), noise / (slope² + noise)).
  public var exactPosterior: (mean: Double, variance: Double) {
    let total = slope * slope + noise
    return (slope * observed / total, noise / total)
  }

  /// KL(q‖p(z|x)) for q = N(mean, variance), in closed form.
  ///
  /// ```
  /// ½ [v/s + (m − μ)²/s − 1 − log(v/s)]     with posterior N(μ, s)
  /// ```
  public func exactGap(mean: Double, variance: Double) -> ExactValue {
    let posterior = exactPosterior
    let ratio = variance / posterior.variance
    let shift = mean - posterior.mean
    let square = shift * shift / posterior.variance
    let value = 0.5 * (ratio + square - 1 - log(ratio))
    return ExactValue(value, roundingBound: 8 * Double.ulpOfOne * (ratio + square + 1))
  }
}
