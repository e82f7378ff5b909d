public import Probability

/// Each component's score is multiplied by those terms of the signal that the component can move.
///
/// ```
/// g_d = (1/S) Σ_s f_d(z_s) s_d(z_s)
/// f_d(z) = terms of log p(x, z) that contain z_d − log q_d(z_d)     for the ELBO
/// ```
/// The terms left out do not depend on z_d, so their product with the score has mean zero. They can
/// be correlated with what is kept, so the variance may fall or rise: dropping −6 from 6 + noise
/// helps nobody.
/// Reference: Ranganath, Gerrish and Blei 2014; Mnih and Gregor 2014, section 2.3; erratum E-044.
public struct LocalSignals<Law: ScoredLaw>: GradientEstimator {
  /// The estimator; it has no settings.
  public init() {}

  /// An estimate of ∇E_q[f] from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ mean: ExpectedValue<Law>, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    // listing: zoo local-signals
    let draws = try mean.draws(samples, &choices)
    return mean.withKnownPart(
      mean.law.averagedScore(of: draws) { s, d in mean.localSignal(draws[s], d) })
    // end of listing
  }
}
