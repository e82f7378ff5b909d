public import Probability

/// The score-function estimator, with nothing subtracted from the signal.
///
/// ```
/// ∇ELBO = E_q[f(z) ∇log q(z)] + E_q[∇f(z)]     and the last term is −E_q[∇log q] = 0
/// g = (1/S) Σ_s f(z_s) (z_s − b),   z_s ~ q
/// ```
/// Reference: Williams 1992; Ranganath, Gerrish and Blei 2014.
public struct PlainScoreFunction: GradientEstimator {
  /// The estimator; it has no settings.
  public init() {}

  /// An estimate of ∇ELBO from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try bound.draws(samples, &choices)
    let signals = draws.map(bound.signal)
    return bound.averagedScore(of: draws) { s, _ in signals[s] }
  }
}
