public import Models
public import Probability

extension DiscreteZoo {
  static let enumeration = DiscreteEstimator(
    "enumeration", formula: "Σ_z q(z) f(z) s_d(z)", scope: .states, repetition: .averaged,
    bias: .none
  ) { _, _ in Enumeration() }
}

/// The gradient itself, as a sum over all states: no draw, no variance.
///
/// ```
/// ∇E_q[f] = Σ_z q(z) f(z) s(z)
/// ```
/// What every other estimator would be if it could pay for it.
public struct Enumeration: ZooProgram {
  /// The sum; it has no settings.
  public init() {}

  // listing: zoo enumeration
  /// Σ_z q f s.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let (law, f) = (problem.law, problem.signals)
    return law.mean(law.scores.indices.map { z in law.scores[z].map { f[z] * $0 } })
  }
  // end of listing
}
