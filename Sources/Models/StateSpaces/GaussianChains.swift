public import Probability

extension StateBelief {
  /// What is known of a system's first state before anything is seen.
  package init(initialOf system: LinearDynamicalSystem) {
    self.init(mean: system.initialMean, covariance: system.initialCovariance)
  }
}

extension StateStep {
  /// One step of a system's dynamics.
  package init(of system: LinearDynamicalSystem) {
    self.init(dynamics: system.dynamics, noise: system.dynamicsNoise)
  }
}

extension StateView {
  /// How the states of a system are seen.
  package init(of system: LinearDynamicalSystem) {
    self.init(emission: system.emission, noise: system.emissionNoise)
  }
}

extension LinearDynamicalSequence {
  /// The same as a chain of normal states: its partition function is the evidence.
  public var chain: GaussianChain {
    let view = StateView(of: system)
    return GaussianChain(
      initial: StateBelief(initialOf: system),
      steps: Array(repeating: StateStep(of: system), count: max(0, length - 1)),
      potentials: observations.map(view.evidence))
  }
}
