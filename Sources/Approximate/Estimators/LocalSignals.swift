import GSL
import Models
public import Probability

/// Each component's score is multiplied by those terms of the signal that its bit occurs in.
///
/// ```
/// f_d(z) = terms of log p(x, z) that contain z_d − log q_d(z_d)
/// g_d = (1/S) Σ_s f_d(z_s) (z_sd − b_d)
/// ```
/// The terms left out do not depend on z_d, so their product with the score has mean zero. They can
/// be correlated with what is kept, so the variance may fall or rise: dropping −6 from 6 + noise
/// helps nobody.
/// Reference: Ranganath, Gerrish and Blei 2014; Mnih and Gregor 2014, section 2.3; erratum E-044.
public struct LocalSignals: GradientEstimator {
  /// The estimator; it has no settings.
  public init() {}

  /// f_d(z).
  public static func signal(_ bound: BernoulliBound, component d: Int, _ z: [Double]) -> Double {
    let b = bound.q.probabilities[d]
    return bound.model.logJointTerms(containing: d, z) - log(z[d] == 1 ? b : 1 - b)
  }

  /// An estimate of ∇ELBO from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try bound.draws(samples, &choices)
    return bound.averagedScore(of: draws) { s, d in
      LocalSignals.signal(bound, component: d, draws[s])
    }
  }
}
