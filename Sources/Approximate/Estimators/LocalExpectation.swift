import Models
public import Probability

/// The gradient by switching each bit of a sample on and off: an alternative to the score.
///
/// ```
/// ∂ELBO/∂logit_d = b_d (1 − b_d) E_{q(z₋d)}[f(z₋d, z_d = 1) − f(z₋d, z_d = 0)]
/// g_d = (1/S) Σ_s b_d (1 − b_d) [f(z_s; z_d ← 1) − f(z_s; z_d ← 0)]
/// ```
/// Unbiased, with 2D evaluations a sample instead of one. Discrete latents do have alternatives.
/// Reference: Titsias and Lázaro-Gredilla 2015; erratum E-057.
public struct LocalExpectation: GradientEstimator {
  /// The estimator; it has no settings.
  public init() {}

  /// An estimate of ∇ELBO from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try bound.draws(samples, &choices)
    return bound.q.probabilities.indices.map { d in
      let b = bound.q.probabilities[d]
      // A certain bit has no gradient, and the other value of it no log q.
      guard b > 0, b < 1 else { return 0 }
      let effects = draws.map { z in
        var (on, off) = (z, z)
        (on[d], off[d]) = (1, 0)
        return bound.signal(on) - bound.signal(off)
      }
      return b * (1 - b) * effects.reduce(0, +) / Double(samples)
    }
  }
}
