public import Probability

/// The score function with a constant subtracted from the signal.
///
/// ```
/// g = (1/S) Σ_s (f(z_s) − c) (z_s − b)
/// ```
/// E_q[z − b] = 0, so no constant changes the mean; every constant changes the variance.
public struct ConstantBaseline: GradientEstimator {
  /// c.
  public let baseline: Double

  /// Subtracts the same number from every signal.
  public init(_ baseline: Double) { self.baseline = baseline }

  /// An estimate of ∇ELBO from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try bound.draws(samples, &choices)
    let signals = draws.map(bound.signal)
    return bound.averagedScore(of: draws) { s, _ in signals[s] - baseline }
  }
}
