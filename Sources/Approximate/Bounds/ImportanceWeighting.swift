import GSL
public import Probability

/// The importance-weighted bound with K samples, as a program with one value.
///
/// ```
/// log (1/K) Σ_k p(x, z_k) / q(z_k),   z_k ~ q          ELBO = L_1 ≤ L_2 ≤ … ≤ log p(x) in the mean
/// ```
/// Reference: Burda, Grosse and Salakhutdinov 2016.
public struct ImportanceWeightedBound: Sendable {
  /// K.
  public let samples: Int

  /// The bound with K samples.
  public init(samples: Int) { self.samples = samples }

  /// One value of the bound; −∞ if the model excludes every sample.
  public func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    let signals = try bound.draws(samples, &choices).map(bound.signal)
    return logSumExp(signals) - log(Double(samples))
  }
}
