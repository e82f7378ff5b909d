import GSL
public import Models
public import Probability

/// An estimate of ∇ELBO by (m, s) from one noise, for a model with one latent number.
///
/// A value of this protocol is one line of algebra; what draws the noise, a sampler or a quadrature
/// rule, is none of its business.
public protocol NoiseGradient: Sendable {
  /// The two components for a draw z = m + σ ε.
  func terms(_ model: some LatentLine, _ code: GaussianCode, noise: Double) -> [Double]
}

extension NoiseGradient {
  /// (1/S) Σ_s of the estimate at independent noises.
  public func estimate<Choices: RandomChoices>(
    _ model: some LatentLine, _ code: GaussianCode, samples: Int = 1, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    guard samples > 0 else { throw .tooFewSamples(found: samples, needed: 1) }
    var total = [0.0, 0.0]
    for _ in 0..<samples {
      let terms = terms(model, code, noise: try choices.standardNormal())
      total = zip(total, terms).map { $0 + $1 / Double(samples) }
    }
    return total
  }
}

/// f(z) ∇log q(z): all that it asks of the model is a number.
///
/// ```
/// f(z) ε/σ,    f(z) (ε² − 1)          f = log p(x, z) − log q(z)
/// ```
/// Reference: Williams 1992; lesson 04.
public struct ScoreGradient: NoiseGradient {
  /// The estimator; it has no settings.
  public init() {}

  /// Signal times score.
  public func terms(_ model: some LatentLine, _ code: GaussianCode, noise: Double) -> [Double] {
    let signal = model.signal(code.latent(noise), under: code)
    return [signal * noise / code.deviation, signal * (noise * noise - 1)]
  }
}

/// The total derivative of f(m + σ ε) by (m, s).
///
/// ```
/// g(z),    g(z) σ ε + 1            the direct term and the path through log q cancel but for the 1
/// ```
/// Reference: Kingma and Welling 2014; Rezende, Mohamed and Wierstra 2014.
public struct PathwiseGradient: NoiseGradient {
  /// The estimator; it has no settings.
  public init() {}

  /// The slope of the joint along the path of the draw.
  public func terms(_ model: some LatentLine, _ code: GaussianCode, noise: Double) -> [Double] {
    // listing: 06 path
    let slope = model.jointSlope(code.latent(noise))
    return [slope, slope * code.deviation * noise + 1]
    // end of listing
  }
}

/// The divergence from the prior in closed form, the likelihood along the path.
///
/// ```
/// h(z) − m,    h(z) σ ε − σ² + 1
/// ```
/// Reference: Kingma and Welling 2014, equation 10.
public struct AnalyticDivergenceGradient: NoiseGradient {
  /// The estimator; it has no settings.
  public init() {}

  /// The slope of the likelihood along the path, and the derivative of −KL.
  public func terms(_ model: some LatentLine, _ code: GaussianCode, noise: Double) -> [Double] {
    let slope = model.likelihoodSlope(code.latent(noise))
    return [
      slope - code.mean,
      slope * code.deviation * noise - code.deviation * code.deviation + 1,
    ]
  }
}

/// The path alone: the direct term of log q, whose mean is zero, is left out.
///
/// ```
/// (g(z) + ε/σ) (1, σ ε)
/// ```
/// Zero for every noise where q is the posterior.
/// Reference: Roeder, Wu and Duvenaud 2017, "Sticking the landing".
public struct PathOnlyGradient: NoiseGradient {
  /// The estimator; it has no settings.
  public init() {}

  /// d f/dz along the path of the draw.
  public func terms(_ model: some LatentLine, _ code: GaussianCode, noise: Double) -> [Double] {
    // listing: 06 landing
    let slope = model.jointSlope(code.latent(noise)) + noise / code.deviation
    return [slope, slope * code.deviation * noise]
    // end of listing
  }
}
