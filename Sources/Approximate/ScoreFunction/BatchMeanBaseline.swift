public import Probability

/// The score function with the mean signal of the same batch subtracted: biased.
///
/// ```
/// g = (1/S) Σ_s (f(z_s) − (1/S) Σ_r f(z_r)) (z_s − b)        E[g] = (1 − 1/S) ∇ELBO
/// ```
/// The mean contains the sample itself. At S = 1 nothing is left; `LeaveOneOut` is S/(S−1) times
/// this one and unbiased.
public struct BatchMeanBaseline: GradientEstimator {
  /// The estimator; it has no settings.
  public init() {}

  /// A biased estimate of ∇ELBO from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try bound.draws(samples, &choices)
    let signals = draws.map(bound.signal)
    let mean = signals.reduce(0, +) / Double(samples)
    return bound.averagedScore(of: draws) { s, _ in signals[s] - mean }
  }
}
