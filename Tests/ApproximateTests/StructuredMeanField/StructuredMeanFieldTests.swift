import Exact
import GSL
import Probability
import Testing

@testable import Approximate
@testable import Models

@Suite("Mean field of a switching system, by messages against tables of all paths")
struct StructuredMeanFieldTests {
  private struct Instance {
    let sequence: SwitchingSequence
    let start: [[Double]]

    /// Vectors of states and outputs, some outputs not seen, noises of full rank.
    init(seed: UInt64, ways: Int? = nil) throws {
      var choices = try Sampler(seed: seed)
      let (k, n, m) = (
        try ways ?? choices.integer(1...3), try choices.integer(1...2), try choices.integer(1...2)
      )
      var modes: [SwitchingLinearDynamicalSystem.Mode] = []
      for _ in 0..<k {
        modes.append(
          (
            try choices.table(rows: n, columns: n, within: 0.9),
            try choices.covariance(dimension: n, rank: n, floor: 0.1)
          ))
      }
      let system = try SwitchingLinearDynamicalSystem(
        initialState: try choices.simplex(k),
        transition: try (0..<k).map { _ in try choices.simplex(k) },
        initialMean: try choices.reals(n, from: -1, to: 1),
        initialCovariance: try choices.covariance(dimension: n, rank: n, floor: 0.1),
        states: modes, emission: try choices.table(rows: m, columns: n, within: 2),
        emissionNoise: try choices.covariance(dimension: m, rank: m, floor: 0.1))
      let steps = try choices.integer(1...4)
      var outputs: [[Double?]?] = []
      for _ in 0..<steps {
        let all = try choices.reals(m, from: -2, to: 2)
        outputs.append(
          try choices.flip(0.2)
            ? nil : try all.map { try choices.flip(0.2) ? nil : $0 })
      }
      sequence = try system.observing(partly: outputs)
      start = try (0..<steps).map { _ in try choices.simplex(k) }
    }
  }

  private func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-9) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($0)) }
  }

  // Catches: a term of the averaged dynamics, a covariance of neighbours, a constant of the bound, an
  // output that was not seen.
  @Test("Both halves of two sweeps agree with tables", arguments: 1...40)
  func sweeps(seed: UInt64) throws {
    let instance = try Instance(seed: seed)
    let (sequence, table) = (instance.sequence, try SwitchingTable(of: instance.sequence))
    let ascent = try StructuredMeanField(of: sequence)
    var weights = table.weights(independent: instance.start)
    for sweep in try ascent.sweeps(2, from: SwitchFactor(independent: instance.start)) {
      let states = try table.states(given: weights)
      #expect(close(sweep.trajectories.means.flatMap { $0 }, states.mean))
      #expect(close([sweep.afterTrajectories.value], [table.elbo(states, weights)]))
      weights = table.weights(given: states)
      let marginals = table.marginals(of: weights)
      #expect(close(sweep.switches.marginals.flatMap { $0 }, marginals.flatMap { $0 }))
      #expect(close([sweep.afterSwitches.value], [table.elbo(states, weights)]))
      #expect(sweep.afterSwitches.value >= sweep.afterTrajectories.value - 1e-10)
    }
  }

  // Catches: an ELBO above log p(y), a divergence that is not the gap.
  @Test("The gap is the divergence, path by path", arguments: 1...20)
  func gap(seed: UInt64) throws {
    let instance = try Instance(seed: seed)
    let table = try SwitchingTable(of: instance.sequence)
    let sweep = try StructuredMeanField(of: instance.sequence)
      .sweep(from: SwitchFactor(independent: instance.start))
    let states = try table.states(given: table.weights(independent: instance.start))
    let evidence = SwitchingPosterior(of: instance.sequence).logEvidence.value
    let gap = try table.divergence(states, table.weights(given: states))
    #expect(gap >= -1e-10)
    #expect(close([sweep.afterSwitches.value + gap], [evidence]))
  }

  // Catches: a doubt about dynamics that there is none about.
  @Test("One way to move: the plain linear system, exactly", arguments: 1...20)
  func oneWay(seed: UInt64) throws {
    let sequence = try Instance(seed: seed, ways: 1).sequence
    let system = sequence.system.systems[0]
    let seen = zip(sequence.observations, sequence.seen).map { output, places in
      output.indices.map { places.contains($0) ? output[$0] : nil } as [Double?]
    }
    let plain = StateSpacePosterior(of: try system.observing(partly: seen))
    let sweep = try StructuredMeanField(of: sequence)
      .sweep(from: SwitchFactor(independent: Array(repeating: [1], count: sequence.length)))
    #expect(close([sweep.afterTrajectories.value], [plain.logEvidence.value], 1e-11))
    #expect(
      close(
        sweep.trajectories.means.flatMap { $0 },
        (0..<sequence.length).flatMap { plain.mean(at: $0) }, 1e-11))
  }

  // Catches: means of the wrong paths, a prior that is counted twice.
  @Test("Exact means over paths agree with the table", arguments: 1...20)
  func exactMeans(seed: UInt64) throws {
    let sequence = try Instance(seed: seed).sequence
    let table = try SwitchingTable(of: sequence).posterior()
    let means = SwitchingMeans(of: sequence)
    #expect(close(means.means.flatMap { $0 }, table.mean))
    #expect(close([means.logEvidence.value], [table.logEvidence]))
  }

  // Catches: known states that are found in the wrong row; a bound that forgets what q(s) is.
  @Test("Known states are worse for one step, and the same where q(s) is sure", arguments: 1...20)
  func known(seed: UInt64) throws {
    let instance = try Instance(seed: seed)
    let ascent = try StructuredMeanField(of: instance.sequence)
    let start = SwitchFactor(independent: instance.start)
    func bound(_ start: SwitchFactor, _ isKnown: Bool) throws -> Double {
      try ascent.sweep(from: start, takingStatesAsKnown: isKnown).afterTrajectories.value
    }
    #expect(try bound(start, true) <= bound(start, false) + 1e-10)
    let sure = start.mostProbable
    #expect(try bound(sure, true) == bound(sure, false))
  }

  // Catches: noise without an inverse that is inverted anyway.
  @Test("Noise of lower rank is refused with its place")
  func singular() throws {
    let system = try SwitchingLinearDynamicalSystem(
      initialState: [0.5, 0.5], transition: [[0.5, 0.5], [0.5, 0.5]], initialMean: [0, 0],
      initialCovariance: [[1, 0], [0, 1]],
      states: [
        ([[1, 0], [0, 1]], [[1, 0], [0, 1]]), ([[1, 0], [0, 1]], [[1, 1], [1, 1]]),
      ], emission: [[1, 0]], emissionNoise: [[1]])
    let sequence = try system.observing([[1], [2]])
    #expect {
      try StructuredMeanField(of: sequence)
    } throws: { error in
      (error as? ModelError)?.place == "states[1].dynamicsNoise"
    }
  }
}
