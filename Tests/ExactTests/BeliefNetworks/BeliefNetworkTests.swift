import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Sigmoid belief networks by several routes") struct BeliefNetworkTests {
  @Test("All settings, layer by layer, and the outcomes of the sampler")
  func routes() throws {
    let enumerated = Route<DrawnBelief>("all settings") { drawn in
      try BeliefNetworkPosterior(enumerating: drawn.network, drawn.observation).numbers
    }
    let layered = Route<DrawnBelief>("layer by layer") { drawn in
      try answersByLayers(drawn.network, [drawn.observation]).flatMap(\.numbers)
    }
    let sampled = Route<DrawnBelief>("the sampler's outcomes") { try $0.bySampling() }
    let topReversed = Route<DrawnBelief>("top units in the other order") { drawn in
      let answer = try BeliefNetworkPosterior(enumerating: drawn.network, drawn.observation)
      return [answer.logEvidence.value] + answer.topMarginals.reversed()
    }
    try expectAgreement(
      enumerated, sampled, faultsInOne: [topReversed, enumerated.offByAPercent()],
      faultsInOther: [sampled.offByAPercent()], roundings: 4096, draw: DrawnBelief.random)
    try expectAgreement(
      layered, enumerated, faultsInOne: [layered.offByAPercent()], faultsInOther: [topReversed],
      roundings: 1024, draw: DrawnBelief.random)
  }

  @Test("Observations answered together are answered as each alone")
  func together() throws {
    var cases = try Cases(seed: 3, stream: 0)
    let network = try SigmoidBeliefNetwork.random(units: [2, 3, 2], &cases)
    let observations = [[true, false], [false, false], [true, false]]
    let together = try answersByLayers(network, observations)
    let alone = try observations.flatMap {
      try answersByLayers(network, [$0])
    }
    #expect(together == alone)
    #expect(together[0] == together[2])
    #expect(together[0] != together[1])
    #expect(try answersByLayers(network, []).isEmpty)
  }

  @Test("Weights of ±300: the logarithm of a sigmoid, not the logarithm of its double")
  func wideWeights() throws {
    // The unit is on with probability σ(−300 z₁ + 300 z₂ − 10); z₁ and z₂ are fair coins.
    let network = try SigmoidBeliefNetwork(
      bias: [0, 0], layers: [.init(weights: [[-300], [300]], bias: [-800])])
    let answer = try answersByLayers(network, [[true]])[0]
    // Of −800, −1100, −500 and −800 only the third counts to the last digit.
    let expected = log(0.25) - 500
    #expect(abs(answer.logEvidence.value - expected) <= answer.logEvidence.roundingBound)
    #expect(answer.topMarginals[0] < 1e-100)
    #expect(answer.topMarginals[1] == 1)
  }

  // Catches: settings that are compared by logarithms of which the last digits are those that differ.
  @Test(
    "A thousand units seen on that are held off by 130,000 each: settings compared without rounding"
  )
  func improbable() throws {
    // Where it is on, the top unit makes each activation larger by w, far below the last digit but one of their sum.
    let weight = 0.0005
    let network = try SigmoidBeliefNetwork(
      bias: [0],
      layers: [
        .init(
          weights: [Array(repeating: weight, count: 1000)],
          bias: Array(repeating: -130_000, count: 1000))
      ])
    let seen = Array(repeating: true, count: 1000)
    for route in ExactRoute.allCases {
      let found = try ExactAnswers(of: network, [seen], ExactRequest(route: route)).posteriors[0]
      #expect(abs(found.topMarginals[0] - sigmoid(1000 * weight)) <= 1e-12, "\(route)")
      #expect(abs(found.logEvidence.value + 1.3e8) <= 1)
    }
    // Catches: settings that are all visited once more to put together what was found in parts.
    var request = ExactRequest(route: .bruteForce)
    let sums = try ExactAnswers<BeliefNetworkPosterior>.sharedSums(of: network, [seen], request)
    request.found = try sums.nodes(of: #require(LeafShare(part: 1, of: 1)))
    #expect {
      try ExactAnswers(of: network, [seen], request)
    } throws: { "\($0)".contains("visited a second time") }
  }

  // Catches: tables that are kept whatever memory they take.
  @Test("A table of 2^17 numbers for each of 1,025 observations is refused, with the way out")
  func manyTables() throws {
    let network = try SigmoidBeliefNetwork(
      bias: [0],
      layers: [
        .init(
          weights: [Array(repeating: 0, count: 17)], bias: Array(repeating: 0, count: 17)),
        .init(
          weights: Array(repeating: Array(repeating: 0, count: 11), count: 17),
          bias: Array(repeating: 0, count: 11)),
      ])
    // The last one does not fit either: without tables to refuse, that would be said.
    let observations = (0..<1024).map { number in (0..<11).map { number >> $0 & 1 == 1 } } + [[]]
    let refused = #expect(throws: ExactRefusal.self) {
      try ExactAnswers(of: network, observations)
    }
    #expect(
      refused?.description
        == "layers: the structured method would keep a table of 2^17 numbers for each of 1025 observations; "
        + "the brute-force route keeps none")
  }

  @Test("A unit seen off that its weights hold on, beside others: no term is lost")
  func activationsBeyondTheDoubles() throws {
    let huge = Double.greatestFiniteMagnitude
    let network = try SigmoidBeliefNetwork(
      bias: [0.5, 0, -1], layers: [.init(weights: [[huge], [huge], [-huge]], bias: [-huge])])
    // 2⋅max − max − max is 0 although the partial sum is beyond the doubles.
    let on = try answersByLayers(network, [[true]])[0]
    let direct = [
      // (z₁ + z₂ − z₃ − 1)·max is positive for 110 alone, zero for 100, 010, 111.
      logProbability(of: [true, true, false], 0.5, 0, -1),
      logProbability(of: [true, false, false], 0.5, 0, -1) + log(0.5),
      logProbability(of: [false, true, false], 0.5, 0, -1) + log(0.5),
      logProbability(of: [true, true, true], 0.5, 0, -1) + log(0.5),
    ]
    let expected = logSumExp(direct)
    #expect(abs(on.logEvidence.value - expected) <= on.logEvidence.roundingBound)
    // Every setting of this one holds the unit on beyond the doubles.
    let certain = try SigmoidBeliefNetwork(
      bias: [], layers: [.init(weights: [], bias: [huge, huge])])
    let impossible = try answersByLayers(certain, [[false, false]])[0]
    #expect(impossible.logEvidence.value == -.infinity)
  }

  @Test("Sums without rounding agree where doubles suffice, and decide where they do not")
  func expanded() throws {
    for stream in 0..<20 {
      var cases = try Cases(seed: 4, stream: UInt64(stream))
      let drawn = try DrawnBelief.random(&cases)
      let settings = try drawn.network.sample(&cases)
      let (plain, expanded) = (
        drawn.network.logJoint(settings), drawn.network.expandedLogJoint(settings).value
      )
      #expect(abs(plain - expanded) <= 64 * Double.ulpOfOne * max(1, abs(plain)))
    }
    // The second unit is off against an activation of 10^300 − 2z₁ + 3z₂, which no double holds.
    let network = try SigmoidBeliefNetwork(
      bias: [0.5, -1], layers: [.init(weights: [[1, -2], [0, 3]], bias: [0.1, 1e300])])
    let moderate = try SigmoidBeliefNetwork(
      bias: [0.5, -1], layers: [.init(weights: [[1, -2], [0, 3]], bias: [0.1, 1000])])
    let wide = try answersByLayers(network, [[true, false]])[0]
    let same = try answersByLayers(moderate, [[true, false]])[0]
    #expect(wide.logEvidence.value == -1e300)
    for (one, other) in zip(wide.topMarginals, same.topMarginals) {
      #expect(abs(one - other) <= 4096 * Double.ulpOfOne)
    }
    // Ones between numbers that cancel in pairs, three scales apart.
    var sum = ExpandedSum()
    for term in [1e300, 1, 1e284, 2, 1.5e308, -1e300, 1.5e308, -1e284, -1.5e308, -1.5e308] {
      sum.add(term)
    }
    #expect(sum.value == 3)
  }

  @Test("No top units, no observed units, one of each")
  func emptyLayers() throws {
    let noTop = try SigmoidBeliefNetwork(bias: [], layers: [.init(weights: [], bias: [0.3])])
    let answer = try answersByLayers(noTop, [[true]])[0]
    #expect(abs(answer.logEvidence.value - logSigmoid(0.3)) <= answer.logEvidence.roundingBound)
    #expect(answer.topMarginals == [])
    let noBottom = try SigmoidBeliefNetwork(
      bias: [0.3, -2], layers: [.init(weights: [[], []], bias: [])])
    let prior = try BeliefNetworkPosterior(enumerating: noBottom, [])
    #expect(abs(prior.logEvidence.value) <= prior.logEvidence.roundingBound)
    for (found, bias) in zip(prior.topMarginals, noBottom.bias) {
      #expect(abs(found - sigmoid(bias)) <= 8 * Double.ulpOfOne)
    }
  }

  @Test("What does not fit is refused by its place") func refusals() throws {
    typealias Layer = SigmoidBeliefNetwork.Layer
    #expect(throws: ModelError("layers", "expected at least one entry, found none")) {
      try SigmoidBeliefNetwork(bias: [1], layers: [])
    }
    #expect(throws: ModelError("layers[0].weights", "expected 2 entries, found 1")) {
      try SigmoidBeliefNetwork(bias: [1, 2], layers: [Layer(weights: [[1]], bias: [0])])
    }
    #expect(throws: ModelError("layers[1].weights[0]", "expected 1 entries, found 2")) {
      try SigmoidBeliefNetwork(
        bias: [1],
        layers: [
          Layer(weights: [[1]], bias: [0]), Layer(weights: [[1, 2]], bias: [0]),
        ])
    }
    #expect(
      throws: ModelError("layers[0].weights[0][0]", "expected a finite number, found inf")
    ) { try SigmoidBeliefNetwork(bias: [1], layers: [Layer(weights: [[.infinity]], bias: [0])]) }
    let network = try SigmoidBeliefNetwork(bias: [1], layers: [Layer(weights: [[1]], bias: [0])])
    #expect(throws: ModelError("observation", "expected 1 entries, found 2")) {
      try BeliefNetworkPosterior.layerByLayer(network, [[true, true]])
    }
  }
}

/// log p(z) of three independent units.
private func logProbability(of units: [Bool], _ activations: Double...) -> Double {
  zip(units, activations).reduce(0) { $0 + logSigmoid($1.0 ? $1.1 : -$1.1) }
}

extension BeliefNetworkPosterior {
  var numbers: [Double] { [logEvidence.value] + topMarginals }
}

/// A network with an observation.
struct DrawnBelief: Sendable {
  let network: SigmoidBeliefNetwork
  let observation: [Bool]

  static func random(_ choices: inout Cases) throws -> DrawnBelief {
    var sizes: [Int] = []
    for _ in 0...(try choices.integer(1...3)) { sizes.append(try choices.integer(1...3)) }
    let network = try SigmoidBeliefNetwork.random(units: sizes, &choices)
    return DrawnBelief(network: network, observation: try network.sample(&choices).last ?? [])
  }

  /// The probability that the sampler ends in the observation, with each top unit on.
  func bySampling() throws -> [Double] {
    var total = 0.0
    var on = network.bias.map { _ in 0.0 }
    try forEachOutcome(of: { try self.network.sample(&$0) }) { settings, probability in
      guard settings.last == self.observation else { return }
      total += probability
      for (unit, isOn) in settings[0].enumerated() where isOn { on[unit] += probability }
    }
    return [log(total)] + on.map { $0 / total }
  }
}

/// The answers layer by layer, or from all settings where rounding would decide.
private func answersByLayers(
  _ network: SigmoidBeliefNetwork, _ observations: [[Bool]]
) throws -> [BeliefNetworkPosterior] {
  try zip(BeliefNetworkPosterior.layerByLayer(network, observations), observations).map {
    try $0 ?? BeliefNetworkPosterior(enumerating: network, $1)
  }
}
