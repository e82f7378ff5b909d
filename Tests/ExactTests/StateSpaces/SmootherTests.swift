import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Linear dynamical systems: messages against the dense joint law") struct SmootherTests {
  static func numbers(_ posterior: StateSpacePosterior) -> [Double] {
    [posterior.logEvidence.value] + posterior.means + posterior.covariances
  }

  static let messages = Route<LinearDynamicalSequence>("messages") {
    numbers(StateSpacePosterior(of: $0))
  }
  static let dense = Route<LinearDynamicalSequence>("dense joint law") {
    numbers(try StateSpacePosterior.dense(of: $0))
  }

  /// The messages of a system with a part exchanged.
  static func spoilt(
    _ name: String, initialMean: (@Sendable (LinearDynamicalSystem) -> [Double])? = nil,
    dynamics: (@Sendable (LinearDynamicalSystem) -> [[Double]])? = nil,
    dynamicsNoise: (@Sendable (LinearDynamicalSystem) -> [[Double]])? = nil,
    emissionNoise: (@Sendable (LinearDynamicalSystem) -> [[Double]])? = nil,
    observations: (@Sendable ([[Double]]) -> [[Double]])? = nil
  ) -> Route<LinearDynamicalSequence> {
    Route(name) { sequence in
      let system = sequence.system
      let wrong = LinearDynamicalSystem(
        checkedMean: initialMean?(system) ?? system.initialMean,
        initialCovariance: system.initialCovariance,
        dynamics: dynamics?(system) ?? system.dynamics,
        dynamicsNoise: dynamicsNoise?(system) ?? system.dynamicsNoise,
        emission: system.emission, emissionNoise: emissionNoise?(system) ?? system.emissionNoise)
      return numbers(
        StateSpacePosterior(
          of: LinearDynamicalSequence(
            system: wrong,
            checkedObservations: observations?(sequence.observations) ?? sequence.observations)))
    }
  }

  static let faults: [Route<LinearDynamicalSequence>] = [
    spoilt("the dynamics are transposed", dynamics: { transposed($0.dynamics) }),
    spoilt(
      "the noise of the dynamics is left out",
      dynamicsNoise: { $0.dynamicsNoise.map { $0.map { _ in 0 } } }),
    spoilt(
      "the noise of the outputs is doubled",
      emissionNoise: { $0.emissionNoise.map { $0.map { 2 * $0 } } }),
    spoilt(
      "the first output is one of the state after the first step",
      initialMean: { product($0.dynamics, $0.initialMean) }),
    spoilt("the outputs are read backwards", observations: { $0.reversed() }),
    Route("states are filtered, not smoothed: nothing later is known") { sequence in
      let messages = GaussianChainLaw(sequence.chain)
      let view = StateView(of: sequence.system)
      let filtered = zip(messages.forward, sequence.observations).map {
        $0.conditioned(on: view.evidence(of: $1)).belief
      }
      return [messages.logPartition] + filtered.flatMap(\.mean)
        + filtered.flatMap(\.covariance)
    },
    Route("an output counts twice, in the belief and in the likelihood") { sequence in
      let messages = GaussianChainLaw(sequence.chain)
      let view = StateView(of: sequence.system)
      let twice = sequence.observations.indices.map { t in
        messages.forward[t].conditioned(on: view.evidence(of: sequence.observations[t])).belief
          .conditioned(on: messages.backward[t]).belief
      }
      return [messages.logPartition] + twice.flatMap(\.mean)
        + twice.flatMap(\.covariance)
    },
  ]

  /// The joint law has at most N = 25 coordinates; its covariance has entries up to about 10³ and,
  /// by the floors of the generator, no variance below 0.1, so that a solution carries N · 10⁴
  /// roundings at the very worst.
  static let roundings = 25 * 10_000

  @Test("messages are the dense joint law, and a fault in either is noticed") func agree() throws {
    try expectAgreement(
      Self.messages, Self.dense, faultsInOne: Self.faults + [Self.messages.offByAPercent()],
      faultsInOther: [Self.dense.offByAPercent()], roundings: Self.roundings
    ) { try .random(&$0) }
  }

  @Test("more outputs than states, and more states than all outputs")
  func shapes() throws {
    try expectAgreement(
      Self.messages, Self.dense, faultsInOne: Self.faults, faultsInOther: [],
      roundings: Self.roundings
    ) { try .random(states: 1...2, outputs: 3...4, steps: 1...3, &$0) }
    try expectAgreement(
      Self.messages, Self.dense, faultsInOne: Self.faults, faultsInOther: [],
      roundings: Self.roundings
    ) { try .random(states: 4...6, outputs: 1...1, steps: 1...3, &$0) }
  }

  @Test("the evidence is the same wherever the messages meet") func meetings() throws {
    for index in 0..<60 {
      var cases = try Cases(seed: 17, stream: UInt64(index))
      let messages = GaussianChainLaw(try LinearDynamicalSequence.random(&cases).chain)
      let total = messages.logPartition
      for t in messages.forward.indices {
        let before = messages.logPredictions[..<t].reduce(0, +)
        let met = messages.forward[t].conditioned(on: messages.backward[t]).logEvidence
        let allowed = 4 * Double(Self.roundings) * Double.ulpOfOne * max(1, total.magnitude)
        #expect((before + met - total).magnitude <= allowed)
        // Without the output of step t, which both sides might be thought to hold.
        let less = messages.logPredictions[...t].reduce(0, +)
        #expect((less + met - total).magnitude > allowed)
      }
    }
  }

  @Test("an empty sequence has evidence 1 and no states") func empty() throws {
    var cases = try Cases(seed: 3, stream: 0)
    let sequence = try LinearDynamicalSystem.random(states: 2, outputs: 1, &cases).observing([])
    for posterior in [
      StateSpacePosterior(of: sequence), try StateSpacePosterior.dense(of: sequence),
    ] {
      #expect(posterior.logEvidence.value == 0)
      #expect(posterior.means.isEmpty && posterior.covariances.isEmpty && posterior.length == 0)
    }
  }

  @Test("a state that stands still is estimated by a weighted mean, over thousands of steps")
  func constant() throws {
    // x_t = x_0: precision 1/P + T/R, mean (m/P + Σ y/R) / precision.
    let system = try LinearDynamicalSystem(
      initialMean: [2], initialCovariance: [[4]], dynamics: [[1]], dynamicsNoise: [[0]],
      emission: [[1]], emissionNoise: [[0.25]])
    let outputs = (0..<5000).map { [Double($0 % 7) - 1] }
    let posterior = StateSpacePosterior(of: try system.observing(outputs))
    let precision = 1 / 4.0 + 5000 / 0.25
    let mean = (2 / 4.0 + outputs.reduce(0) { $0 + $1[0] } / 0.25) / precision
    for t in [0, 1, 2500, 4999] {
      // T steps, a handful of roundings each, at their worst all in one direction.
      #expect((posterior.mean(at: t)[0] - mean).magnitude <= 8 * 5000 * Double.ulpOfOne)
      #expect(
        (posterior.covariance(at: t)[0][0] * precision - 1).magnitude <= 8 * 5000 * Double.ulpOfOne)
    }
  }
}
