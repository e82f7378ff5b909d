public import Probability

/// The gradient by switching each component of a sample: an alternative to the score.
///
/// ```
/// g_d = (1/S) Σ_s E[f s_d | all of z_s but component d]
///     = (1/S) Σ_s b_d (1 − b_d) [f(z_s; z_d ← 1) − f(z_s; z_d ← 0)]     for bits with logits
/// ```
/// Unbiased, with 2D evaluations a sample instead of one. Discrete latents do have alternatives.
/// Reference: Titsias and Lázaro-Gredilla 2015; erratum E-057.
public struct LocalExpectation<Law: SwitchableLaw>: GradientEstimator {
  /// The estimator; it has no settings.
  public init() {}

  /// An estimate of ∇E_q[f] from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ mean: ExpectedValue<Law>, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try mean.draws(samples, &choices)
    let estimate = mean.law.scoreVariances.indices.map { d in
      draws.reduce(0) { $0 + switched(mean, $1, d) } / Double(samples)
    }
    return mean.withKnownPart(estimate)
  }

  /// E[f s_d | all of z but component d].
  private func switched(_ mean: ExpectedValue<Law>, _ z: Law.Outcome, _ d: Int) -> Double {
    // listing: 04 alternatives, zoo local-expectation
    let alternatives = mean.law.alternatives(to: z, in: d)
    // A component that is certain has no gradient.
    guard alternatives.count > 1 else { return 0 }
    return alternatives.reduce(0) { total, alternative in
      let (outcome, probability) = alternative
      return total + probability * mean.signal(outcome) * mean.law.score(outcome)[d]
    }
    // end of listing
  }
}
