/// A linear dynamical system whose dynamics are chosen at every step by a Markov chain.
///
/// ```
/// s_0 ~ initialState,   s_t ~ transition[s_{t−1}]
/// x_0 ~ N(initialMean, initialCovariance)
/// x_t = dynamics[s_t] · x_{t−1} + N(0, dynamicsNoise[s_t])          t ≥ 1
/// y_t = emission · x_t + N(0, emissionNoise)
/// ```
/// s_0 selects nothing: it matters through the chain alone. Reference: Ghahramani and Hinton 2000.
public struct SwitchingLinearDynamicalSystem: Sendable, Equatable {
  /// P(s_0 = k).
  public let initialState: [Double]
  /// transition[i][j] = P(s_t = j | s_{t−1} = i).
  public let transition: [[Double]]
  /// One system for each state of the chain; they differ in their dynamics and its noise alone.
  public let systems: [LinearDynamicalSystem]

  /// What a state of the chain does to x: the dynamics and the covariance of what is added.
  public typealias Mode = (dynamics: [[Double]], dynamicsNoise: [[Double]])

  /// A system with K states of the chain, n states and m outputs.
  public init(
    initialState: [Double], transition: [[Double]], initialMean: [Double],
    initialCovariance: [[Double]], states: [Mode], emission: [[Double]], emissionNoise: [[Double]]
  ) throws(ModelError) {
    try Validate.distribution("initialState", initialState)
    let count = initialState.count
    try Validate.conditional("transition", transition, rows: count, columns: count)
    try Validate.count("states", states.count, expected: count)
    self.initialState = initialState
    self.transition = transition
    var systems: [LinearDynamicalSystem] = []
    for (k, mode) in states.enumerated() {
      do {
        systems.append(
          try LinearDynamicalSystem(
            initialMean: initialMean, initialCovariance: initialCovariance,
            dynamics: mode.dynamics, dynamicsNoise: mode.dynamicsNoise, emission: emission,
            emissionNoise: emissionNoise))
      } catch {
        let isOfMode = error.place.hasPrefix("dynamics")
        throw ModelError(isOfMode ? "states[\(k)].\(error.place)" : error.place, error.reason)
      }
    }
    self.systems = systems
  }

  init(
    checkedInitialState: [Double], transition: [[Double]], systems: [LinearDynamicalSystem]
  ) {
    initialState = checkedInitialState
    self.transition = transition
    self.systems = systems
  }

  /// K, the number of states of the chain.
  public var modeCount: Int { initialState.count }

  /// The outputs as the observation of a model of its own; a sequence may be empty.
  public func observing(_ observations: [[Double]]) throws(ModelError) -> SwitchingSequence {
    // Every system sees alike, and there is one: a distribution is not empty.
    for system in systems.prefix(1) { _ = try system.observing(observations) }
    return SwitchingSequence(system: self, checkedObservations: observations)
  }

  /// The same where a step, or some of its outputs, were not observed.
  public func observing(partly observations: [[Double?]?]) throws(ModelError) -> SwitchingSequence {
    let seen = try PartlySeen(observations, outputs: systems[0].outputCount)
    _ = try observing(seen.outputs)
    return SwitchingSequence(
      system: self, checkedObservations: seen.outputs, seen: seen.numbers)
  }
}

/// A switching system with one sequence of outputs observed.
public struct SwitchingSequence: Sendable, Equatable {
  /// The system.
  public let system: SwitchingLinearDynamicalSystem
  /// y_t, one list of m numbers a step; what was not observed is 0 and means nothing.
  public let observations: [[Double]]
  /// The outputs that were observed at each step, by number.
  public let seen: [[Int]]

  init(
    system: SwitchingLinearDynamicalSystem, checkedObservations: [[Double]], seen: [[Int]]? = nil
  ) {
    self.system = system
    observations = checkedObservations
    let all = Array(0..<(system.systems.first?.outputCount ?? 0))
    self.seen = seen ?? checkedObservations.map { _ in all }
  }

  /// T, the number of steps.
  public var length: Int { observations.count }

  /// The same with a mean of zero and zeros observed: every output is what was expected of it.
  package var centred: SwitchingSequence {
    let systems = system.systems.map { mode in
      LinearDynamicalSystem(
        checkedMean: mode.initialMean.map { _ in 0 }, initialCovariance: mode.initialCovariance,
        dynamics: mode.dynamics, dynamicsNoise: mode.dynamicsNoise, emission: mode.emission,
        emissionNoise: mode.emissionNoise)
    }
    return SwitchingSequence(
      system: SwitchingLinearDynamicalSystem(
        checkedInitialState: system.initialState, transition: system.transition, systems: systems),
      checkedObservations: observations.map { $0.map { _ in 0 } }, seen: seen)
  }
}
