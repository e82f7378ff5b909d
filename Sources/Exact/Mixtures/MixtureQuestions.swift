import GSL
public import Models
public import Probability

// What else can be asked of the component that made an observation. Its posterior is a short list of
// probabilities, so each answer is one line.

extension MixturePosterior {
  /// The most probable component, the first of several, with log p(k, x); nil for an impossible observation.
  ///
  /// ```
  /// log p(k, x) = log p(x) + log p(k | x)
  /// ```
  public var explanation: (component: Int, logJoint: Double)? {
    guard let responsibilities, let largest = responsibilities.max(),
      let component = responsibilities.firstIndex(of: largest)
    else { return nil }
    return (component, logEvidence.value + log(largest))
  }

  /// A component drawn from p(z | x); nil for an impossible observation.
  public func sample(
    _ choices: inout some DiscreteChoices
  ) throws(ChoiceError) -> Int? {
    guard let responsibilities else { return nil }
    return try choices.choose(responsibilities)
  }

  /// −Σ_k p(k | x) log p(k | x), in nats; nil for an impossible observation.
  public var entropy: Double? {
    responsibilities.map { $0.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 } }
  }
}

/// Σ_n p(z_n = k | x_n): how many observations each component is expected to have made.
public func expectedAssignments(_ posteriors: [MixturePosterior], components: Int) -> [Double] {
  (0..<components).map { k in
    CompensatedSum(posteriors.compactMap { $0.responsibilities?[k] }).value
  }
}

extension VisitedStates where State == Int {
  /// The components of one observation, one by one.
  public init<M: Mixture>(components mixture: M, _ datum: M.Datum) {
    self.init { each in
      for k in mixture.weights.indices {
        try each(k, log(mixture.weights[k]) + mixture.logLikelihood(k, datum))
      }
    }
  }
}
