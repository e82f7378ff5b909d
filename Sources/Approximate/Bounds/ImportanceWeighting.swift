import GSL
public import Probability

extension ExpectedValue {
  /// One value of the importance-weighted bound with K samples, where the signal is log p − log q.
  ///
  /// ```
  /// log (1/K) Σ_k p(x, z_k) / q(z_k),   z_k ~ q          ELBO = L_1 ≤ L_2 ≤ … ≤ log p(x) in the mean
  /// ```
  /// It is −∞ if the model excludes every sample.
  /// Reference: Burda, Grosse and Salakhutdinov 2016.
  public func importanceWeightedBound<Choices: DiscreteChoices>(
    samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    let signals = try draws(samples, &choices).map(signal)
    return logSumExp(signals) - log(Double(samples))
  }
}
