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
    GaussianChain(
      initial: StateBelief(initialOf: system),
      steps: Array(repeating: StateStep(of: system), count: max(0, length - 1)),
      potentials: system.potentials(observations, seen: seen))
  }
}

extension LinearDynamicalSystem {
  /// What outputs say of the states that made them, step by step; a step that was not observed says
  /// nothing.
  package func potentials(_ observations: [[Double]], seen: [[Int]]) -> [StateEvidence] {
    var views: [[Int]: StateView] = [:]
    return zip(observations, seen).map { output, seen in
      if seen.isEmpty { return .none(ofStates: stateCount) }
      let view = views[seen] ?? self.view(of: seen)
      views[seen] = view
      return view.evidence(of: seen.map { output[$0] })
    }
  }

  /// How some of the outputs are seen.
  private func view(of seen: [Int]) -> StateView {
    StateView(
      emission: seen.map { emission[$0] },
      noise: seen.map { i in seen.map { emissionNoise[i][$0] } })
  }
}
