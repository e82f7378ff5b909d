public import Probability

/// The baseline of each sample is the mean signal of the others.
///
/// ```
/// g = (1/S) Σ_s (f(z_s) − (1/(S−1)) Σ_{r≠s} f(z_r)) (z_s − b),     S ≥ 2
/// ```
/// The others are independent of z_s, so the mean is untouched.
/// Reference: Salimans and Knowles 2014; Kool, van Hoof and Welling 2019.
public struct LeaveOneOut: GradientEstimator {
  /// The estimator; it has no settings.
  public init() {}

  /// (1/(S−1)) Σ_{r≠s} f_r for every s.
  ///
  /// The sum leaves f_s out instead of taking it away again, which would cost digits.
  public static func baselines(_ signals: [Double]) -> [Double] {
    signals.indices.map { s in
      let others = signals.indices.reduce(0) { $1 == s ? $0 : $0 + signals[$1] }
      return others / Double(signals.count - 1)
    }
  }

  /// An estimate of ∇ELBO from S ≥ 2 samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    guard samples >= 2 else { throw .tooFewSamples(found: samples, needed: 2) }
    let draws = try bound.draws(samples, &choices)
    let signals = draws.map(bound.signal)
    let baselines = LeaveOneOut.baselines(signals)
    return bound.averagedScore(of: draws) { s, _ in signals[s] - baselines[s] }
  }
}
