import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Sigmoid belief networks in plain doubles") struct BeliefNetworkKernelTests {
  /// Sizes on either side of a tile (4 rows, 16 columns, 8 units), of a block (7 and 5 units of the
  /// top), and of one block.
  static let sizes = [
    (0, 3), (1, 1), (1, 0), (2, 8), (3, 9), (4, 7), (6, 17), (7, 5), (8, 16), (9, 30), (11, 3),
    (12, 8), (13, 2), (14, 5),
  ]

  @Test("As the readable sum, at sizes where blocks do not divide evenly", arguments: sizes)
  func agreement(top: Int, bottom: Int) throws {
    var cases = try Cases(seed: 21, stream: UInt64(100 * top + bottom))
    let network = try SigmoidBeliefNetwork.random(units: [top, bottom], &cases)
    let observation = try network.sample(&cases).last ?? []
    let readable = try BeliefNetworkPosterior(enumerating: network, observation)
    let fast = try #require(BeliefNetworkPosterior(factorising: network, observation))
    let allowed = readable.logEvidence.roundingBound + fast.logEvidence.roundingBound
    #expect(abs(readable.logEvidence.value - fast.logEvidence.value) <= allowed)
    #expect(fast.topMarginals.count == top)
    for (one, other) in zip(readable.topMarginals, fast.topMarginals) {
      #expect(abs(one - other) <= 2 * allowed)
    }
  }

  @Test("Another observation, a unit's weights or two units exchanged are noticed")
  func refusals() throws {
    var cases = try Cases(seed: 22, stream: 0)
    let network = try SigmoidBeliefNetwork.random(units: [9, 5], &cases)
    let observation = [true, false, true, true, false]
    let fast = try #require(BeliefNetworkPosterior(factorising: network, observation))
    let other = try BeliefNetworkPosterior(enumerating: network, observation.map { !$0 })
    #expect(abs(other.logEvidence.value - fast.logEvidence.value) > 1e-3)
    let exchanged = try SigmoidBeliefNetwork(
      bias: network.bias.reversed(),
      layers: [
        .init(weights: network.layers[0].weights.reversed(), bias: network.layers[0].bias)
      ])
    let turned = try #require(BeliefNetworkPosterior(factorising: exchanged, observation))
    #expect(zip(turned.topMarginals, fast.topMarginals).contains { abs($0 - $1) > 1e-3 })
    for (one, other) in zip(turned.topMarginals.reversed(), fast.topMarginals) {
      #expect(abs(one - other) <= 2 * fast.logEvidence.roundingBound)
    }
  }

  @Test("The same bits on one thread, two and five") func threads() throws {
    var cases = try Cases(seed: 23, stream: 0)
    let network = try SigmoidBeliefNetwork.random(units: [15, 6], &cases)
    let observation = [true, false, true, true, false, false]
    let one = try #require(BeliefNetworkPosterior(factorising: network, observation, threads: 1))
    for threads in [2, 5] {
      #expect(BeliefNetworkPosterior(factorising: network, observation, threads: threads) == one)
    }
  }

  @Test("Units set outside the kernel count like those within") func outerUnits() throws {
    var cases = try Cases(seed: 24, stream: 0)
    let network = try SigmoidBeliefNetwork.random(units: [8, 6], &cases)
    let observation = [true, false, true, true, false, false]
    let whole = try #require(BeliefNetworkPosterior(factorising: network, observation))
    for inner in [0, 3, 7] {
      var told: [Double] = []
      let parts = try #require(
        BeliefNetworkPosterior(
          factorising: network, observation, threads: 1, innerUnits: inner
        ) { told.append($0) })
      #expect(told.count == 1 << (8 - inner) && told.last == 256)
      let allowed = parts.logEvidence.roundingBound + whole.logEvidence.roundingBound
      #expect(abs(parts.logEvidence.value - whole.logEvidence.value) <= allowed)
      for (one, other) in zip(parts.topMarginals, whole.topMarginals) {
        #expect(abs(one - other) <= 2 * allowed)
      }
    }
  }

  @Test("Beyond the doubles there is no answer, and just within there is one")
  func range() throws {
    func network(_ weight: Double, bottom: Int) throws -> SigmoidBeliefNetwork {
      try SigmoidBeliefNetwork(
        bias: [0.5, -1],
        layers: [
          .init(
            weights: [
              Array(repeating: weight, count: bottom), Array(repeating: 0.5, count: bottom),
            ], bias: Array(repeating: -weight / 2, count: bottom))
        ])
    }
    // Each factor is a double, but none of the products of five of them: the terms are nothing beside
    // those in which the first unit is as the observation says.
    for weight in [250.0, -250] {
      for isOn in [true, false] {
        let wide = try network(weight, bottom: 5)
        let observation = Array(repeating: isOn, count: 5)
        let fast = try #require(BeliefNetworkPosterior(factorising: wide, observation))
        let readable = try BeliefNetworkPosterior(enumerating: wide, observation)
        let allowed = fast.logEvidence.roundingBound + readable.logEvidence.roundingBound
        #expect(abs(fast.logEvidence.value - readable.logEvidence.value) <= allowed)
        for (one, other) in zip(fast.topMarginals, readable.topMarginals) {
          #expect(abs(one - other) <= 2 * allowed)
        }
      }
    }
    // An exponential that is no double; a sum that is none.
    #expect(BeliefNetworkPosterior(factorising: try network(800, bottom: 1), [true]) == nil)
    #expect(BeliefNetworkPosterior(factorising: try network(800, bottom: 1), [false]) == nil)
    let unlikely = try SigmoidBeliefNetwork(
      bias: [0], layers: [.init(weights: [[1, 1, 1]], bias: [-300, -300, -300])])
    #expect(BeliefNetworkPosterior(factorising: unlikely, [true, true, true]) == nil)
    #expect(BeliefNetworkPosterior(factorising: unlikely, [true, true, false]) != nil)
    // Deeper networks are not for it.
    let deep = try SigmoidBeliefNetwork(
      bias: [0],
      layers: [.init(weights: [[1]], bias: [0]), .init(weights: [[1]], bias: [0])])
    #expect(BeliefNetworkPosterior(factorising: deep, [true]) == nil)
  }

  // Catches: an exponential that overflows although the product that it is a part of would not.
  @Test("Weights of 800 and −300: e^500 is a double, and e^800 is none") func overflowOnTheWay()
    throws
  {
    // p(off | z) = 1/(1 + e^(800 z₁ − 300 z₂)). Times e^500, z₁ = 0 has ½·½ + ½·1 and z₁ = 1 has ½·1, with z₂ on.
    let network = try SigmoidBeliefNetwork(
      bias: [500, 0], layers: [.init(weights: [[800], [-300]], bias: [0])])
    let found = try ExactAnswers(of: network, [[false]]).posteriors[0]
    #expect(abs(found.topMarginals[0] - 0.4) <= 1e-12)
    #expect(abs(found.topMarginals[1] - 0.8) <= 1e-12)
    #expect(abs(found.logEvidence.value - (log(1.25) - 500)) <= 1e-10)
  }
}
