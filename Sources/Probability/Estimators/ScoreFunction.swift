/// The score-function estimator; its variants differ in their baseline and in nothing else.
///
/// ```
/// ∇E_q[f] = E_q[f ∇log q] + E_q[∇f]     and the last term is zero, or −E_q[∇log q] = 0
/// g = (1/S) Σ_s (f(z_s) − c_s) ∇log q(z_s),     z_s ~ q
/// ```
/// Trained with, enumerated and judged, for bits and for states: a signal meets a score here and
/// nowhere else. All that is asked of the model is a number, the signal, for each sample.
/// Reference: Williams 1992; Ranganath, Gerrish and Blei 2014, "Black box variational inference".
public struct ScoreFunction<Law: ScoredLaw, Weights: Weighting>: GradientEstimator {
  /// What is subtracted from the signals, and what it has learned so far.
  public var baseline: Weights

  /// The estimator with a baseline.
  @inlinable
  public init(_ baseline: Weights) { self.baseline = baseline }

  /// An estimate of ∇E_q[f] from S samples.
  @inlinable
  public mutating func estimate<Choices: DiscreteChoices>(
    _ mean: ExpectedValue<Law>, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    try estimate(mean, at: try mean.draws(samples, &choices))
  }

  /// The same at samples that were drawn before.
  @inlinable
  public mutating func estimate(
    _ mean: ExpectedValue<Law>, at draws: [Law.Outcome]
  ) throws(ChoiceError) -> [Double] {
    let weights = try baseline.weights(for: draws.map(mean.signal))
    let estimate = mean.law.averagedScore(of: draws) { s, d in weights[s, d] }
    return mean.withKnownPart(estimate, dividedBy: weights.divisor)
  }
}
