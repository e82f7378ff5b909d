public import Probability

/// The prior of a structured autoencoder whose latents fall into clusters.
///
/// ```
/// π ~ Dirichlet      (μ_k, Σ_k) ~ NIW      z_n | π ~ Categorical(π)      x_n | z_n = k ~ N(μ_k, Σ_k)
/// ```
/// Reference: Johnson, Duvenaud, Wiltschko, Datta and Adams 2016, section 2.
public struct LatentMixture: Sendable, Equatable {
  /// p(π, μ, Σ).
  public let parameters: MixtureParameters

  /// A prior.
  public init(_ parameters: MixtureParameters) { self.parameters = parameters }

  /// K.
  public var componentCount: Int { parameters.componentCount }
  /// d.
  public var dimension: Int { parameters.dimension }
}
