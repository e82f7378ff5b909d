public import Probability

// Random state-space models, as programs of choices: what tests and lessons search through.

extension LinearDynamicalSystem {
  /// A random system; the dynamics noise has any rank from none to full.
  public static func random<Choices: DiscreteChoices>(
    states: Int, outputs: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> LinearDynamicalSystem {
    let mean = try choices.reals(states, from: -2, to: 2)
    let start = try choices.covariance(dimension: states, rank: states, floor: 0.1)
    let noises = try choices.integer(0...states)
    return LinearDynamicalSystem(
      checkedMean: mean, initialCovariance: start,
      dynamics: try choices.table(rows: states, columns: states, within: 0.9),
      dynamicsNoise: try choices.covariance(dimension: states, rank: noises, floor: 0),
      emission: try choices.table(rows: outputs, columns: states, within: 2),
      emissionNoise: try choices.covariance(dimension: outputs, rank: outputs, floor: 0.1))
  }

  /// The same system with the dynamics and the noise exchanged.
  fileprivate func moving(
    by dynamics: [[Double]], noise dynamicsNoise: [[Double]]
  ) -> LinearDynamicalSystem {
    LinearDynamicalSystem(
      checkedMean: initialMean, initialCovariance: initialCovariance, dynamics: dynamics,
      dynamicsNoise: dynamicsNoise, emission: emission, emissionNoise: emissionNoise)
  }
}

extension LinearDynamicalSequence {
  /// A random system and sequence: up to three states, two outputs and five steps.
  public static func random<Choices: DiscreteChoices>(
    states: ClosedRange<Int> = 1...3, outputs: ClosedRange<Int> = 1...2,
    steps: ClosedRange<Int> = 1...5, _ choices: inout Choices
  ) throws(ChoiceError) -> LinearDynamicalSequence {
    let (n, m) = (try choices.integer(states), try choices.integer(outputs))
    let system = try LinearDynamicalSystem.random(states: n, outputs: m, &choices)
    let observations = try choices.table(
      rows: try choices.integer(steps), columns: m, within: 3)
    return LinearDynamicalSequence(system: system, checkedObservations: observations)
  }
}

extension SwitchingSequence {
  /// A random system and sequence: up to three states of the chain and four steps.
  public static func random<Choices: DiscreteChoices>(
    modes: ClosedRange<Int> = 1...3, states: ClosedRange<Int> = 1...2,
    steps: ClosedRange<Int> = 1...4, _ choices: inout Choices
  ) throws(ChoiceError) -> SwitchingSequence {
    let (k, n) = (try choices.integer(modes), try choices.integer(states))
    let base = try LinearDynamicalSystem.random(
      states: n, outputs: try choices.integer(1...2), &choices)
    var (transition, systems): ([[Double]], [LinearDynamicalSystem]) = ([], [])
    for _ in 0..<k {
      transition.append(try choices.simplex(k))
      let noises = try choices.integer(0...n)
      systems.append(
        base.moving(
          by: try choices.table(rows: n, columns: n, within: 0.9),
          noise: try choices.covariance(dimension: n, rank: noises, floor: 0)))
    }
    let system = SwitchingLinearDynamicalSystem(
      checkedInitialState: try choices.simplex(k), transition: transition, systems: systems)
    let observations = try choices.table(
      rows: try choices.integer(steps), columns: base.outputCount, within: 3)
    return SwitchingSequence(system: system, checkedObservations: observations)
  }
}
