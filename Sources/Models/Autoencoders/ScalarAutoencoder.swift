import GSL

/// How the observed numbers scatter around what the decoder says.
public enum ObservationNoise: Sendable, Equatable {
  /// x_d ~ N(output_d, variance).
  case gaussian(variance: Double)
  /// x_d is 1 with probability sigmoid(output_d), else 0.
  case bernoulli
}

/// The decoder of a variational autoencoder with one latent number, and one observation.
///
/// ```
/// z ~ N(0, 1),    x | z ~ N(d(z), v)   or   Bernoulli(σ(d(z)))
/// ```
/// Kingma and Welling 2014, "Auto-encoding variational Bayes"; Rezende, Mohamed and Wierstra 2014.
public struct ScalarAutoencoder: LatentLine, Equatable {
  /// d.
  public let decoder: ScalarDecoder
  /// p(x | d).
  public let noise: ObservationNoise
  /// x.
  public let observed: [Double]

  /// An observation under a decoder with as many outputs.
  public init(
    decoder: ScalarDecoder, noise: ObservationNoise, observed: [Double]
  ) throws(ModelError) {
    try Validate.count("x", observed.count, expected: decoder.outputCount)
    try Validate.finite("x", observed)
    switch noise {
    case .gaussian(let variance):
      guard variance > 0, variance.isFinite else {
        throw ModelError("likelihood.variance", "expected a positive number, found \(variance)")
      }
    case .bernoulli:
      for (index, x) in observed.enumerated() where x != 0 && x != 1 {
        throw ModelError("x[\(index)]", "expected 0 or 1, found \(x)")
      }
    }
    self.decoder = decoder
    self.noise = noise
    self.observed = observed
  }

  /// log p(x | z), summed over the outputs.
  public func logLikelihood(_ z: Double) -> Double {
    let outputs = decoder.outputs(z).values
    return observed.indices.reduce(0) { $0 + term(observed[$1], outputs[$1]) }
  }

  /// h(z) = Σ_d d′_d(z) ∂ log p(x_d | d_d) / ∂ d_d.
  public func likelihoodSlope(_ z: Double) -> Double {
    let (outputs, slopes) = decoder.outputs(z)
    return observed.indices.reduce(0) { $0 + slopes[$1] * slope(observed[$1], outputs[$1]) }
  }

  /// Every output hits its observation: log densities of no residual, or zero for bits.
  public var highestLogLikelihood: Double {
    switch noise {
    case .gaussian(let variance):
      -0.5 * Double(observed.count) * log(2 * Double.pi * variance)
    case .bernoulli: 0
    }
  }

  private func term(_ x: Double, _ output: Double) -> Double {
    switch noise {
    case .gaussian(let variance):
      -0.5 * (log(2 * Double.pi * variance) + (x - output) * (x - output) / variance)
    case .bernoulli: x == 1 ? logSigmoid(output) : logSigmoid(-output)
    }
  }

  private func slope(_ x: Double, _ output: Double) -> Double {
    switch noise {
    case .gaussian(let variance): (x - output) / variance
    case .bernoulli: x == 1 ? sigmoid(-output) : -sigmoid(output)
    }
  }
}
