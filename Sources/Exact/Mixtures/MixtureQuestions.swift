import GSL
public import Models
public import Probability

/// The component that made an observation: its posterior is a short list of probabilities.
public struct ComponentLaw: HiddenStateLaw {
  let posterior: MixturePosterior

  /// log p(x).
  public var logEvidence: Double { posterior.logEvidence.value }

  /// The most probable component, the first of several, with log p(k, x).
  ///
  /// ```
  /// log p(k, x) = log p(x) + log p(k | x)
  /// ```
  public var explanation: (state: Int, logJoint: Double)? {
    guard let responsibilities = posterior.responsibilities, let largest = responsibilities.max(),
      let component = responsibilities.firstIndex(of: largest)
    else { return nil }
    return (component, logEvidence + log(largest))
  }

  /// −Σ_k p(k | x) log p(k | x).
  public var entropy: Double? {
    posterior.responsibilities.map { $0.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 } }
  }

  /// One choice among the components for each.
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws(ChoiceError) -> [Int]? {
    guard let responsibilities = posterior.responsibilities else { return nil }
    return try draws(count, &choices) { choices throws(ChoiceError) in
      try choices.choose(responsibilities)
    }
  }
}

extension MixturePosterior {
  /// The posterior as a law of what is hidden.
  public var component: ComponentLaw { ComponentLaw(posterior: self) }
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
