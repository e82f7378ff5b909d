import GSL
public import Models
public import Probability

/// The exact answer for one observation on a line through a Gaussian latent.
public struct LinearGaussianPosterior: Posterior {
  /// log p(x) = log N(x; 0, slope² + noise).
  public let logEvidence: ExactValue
  /// E[z | x] = slope x / (slope² + noise).
  public let mean: Double
  /// Var[z | x] = noise / (slope² + noise).
  public let variance: Double

  /// In closed form.
  public init(of model: LinearGaussian) {
    let total = model.slope * model.slope + model.noise
    let square = model.observed * model.observed / total
    let value = -0.5 * (log(2 * Double.pi * total) + square)
    // The logarithm and the square may cancel.
    let size = abs(log(2 * Double.pi * total)) + square
    logEvidence = ExactValue(value, roundingBound: 4 * Double.ulpOfOne * (size + 2))
    mean = model.slope * model.observed / total
    variance = model.noise / total
  }
}

extension LinearGaussian {
  /// log p(x).
  public var exactLogEvidence: ExactValue { exactPosterior.logEvidence }

  /// The posterior, a normal law.
  public var exactPosterior: LinearGaussianPosterior { LinearGaussianPosterior(of: self) }

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
