import GSL

/// q(z | x) = N(mean, e^(2 logSd)): what an encoder says of one observation.
///
/// A draw is written as a function of noise that knows nothing of the parameters:
/// ```
/// z = m + σ ε,   σ = e^s,   ε ~ N(0, 1)
/// ```
public struct GaussianCode: Sendable, Equatable {
  /// m.
  public let mean: Double
  /// s, the logarithm of the standard deviation.
  public let logSd: Double

  /// A code from its mean and the logarithm of its standard deviation.
  public init(mean: Double, logSd: Double) {
    self.mean = mean
    self.logSd = logSd
  }

  /// σ.
  public var deviation: Double { exp(logSd) }

  // listing: 06 reparameterisation
  /// z = m + σ ε.
  public func latent(_ noise: Double) -> Double { mean + deviation * noise }
  // end of listing

  /// log q(z).
  public func logDensity(_ z: Double) -> Double {
    let noise = (z - mean) / deviation
    return -0.5 * (noise * noise + log(2 * Double.pi)) - logSd
  }

  // listing: 06 divergence
  /// KL(q‖N(0, 1)) = ½ (m² + σ² − 1) − s.
  public var divergenceFromPrior: Double {
    0.5 * (mean * mean + expm1(2 * logSd)) - logSd
  }
  // end of listing
}
