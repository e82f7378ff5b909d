import GSL

/// A model of one observation with one latent number, z ~ N(0, 1).
///
/// Everything that approximations with one latent need: the likelihood, its slope, and how high it
/// can rise, by which quadrature knows where to stop.
public protocol LatentLine: Sendable {
  /// log p(x | z).
  func logLikelihood(_ z: Double) -> Double
  /// h(z) = d/dz log p(x | z).
  func likelihoodSlope(_ z: Double) -> Double
  /// A number that log p(x | z) does not exceed for any z.
  var highestLogLikelihood: Double { get }
}

extension LatentLine {
  /// log p(z) of the prior N(0, 1).
  public func logPrior(_ z: Double) -> Double { -0.5 * (z * z + log(2 * Double.pi)) }

  /// log p(x, z).
  public func logJoint(_ z: Double) -> Double { logLikelihood(z) + logPrior(z) }

  /// g(z) = d/dz log p(x, z) = h(z) − z.
  public func jointSlope(_ z: Double) -> Double { likelihoodSlope(z) - z }

  /// f(z) = log p(x, z) − log q(z), whose mean under q is the ELBO.
  public func signal(_ z: Double, under q: GaussianCode) -> Double {
    logJoint(z) - q.logDensity(z)
  }
}

extension LinearGaussian: LatentLine {
  /// log N(x; slope · z, noise).
  public func logLikelihood(_ z: Double) -> Double {
    let residual = observed - slope * z
    return -0.5 * (log(2 * Double.pi * noise) + residual * residual / noise)
  }

  /// slope (x − slope · z) / noise.
  public func likelihoodSlope(_ z: Double) -> Double { slope * (observed - slope * z) / noise }

  /// The density of an observation without a residual.
  public var highestLogLikelihood: Double { -0.5 * log(2 * Double.pi * noise) }
}
