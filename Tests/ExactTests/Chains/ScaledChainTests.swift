import GSL
import Models
import Probability
import Testing

@testable import Exact

/// The recursion in plain doubles against the one in log space.
///
/// Catches: a power of two that is forgotten or applied twice, a block of steps left out at the end, a
/// transposed transition, filling-up that gains weight, underflow that is taken for zero.
@Suite("Scaled chains against log space") struct ScaledChainTests {
  /// Sizes on both sides of a vector, a row of vectors, two of them and a block of 64 steps.
  @Test(arguments: [
    (1, 1), (1, 130), (2, 2), (3, 64), (7, 65), (8, 66), (9, 3), (15, 63), (16, 64), (17, 5),
    (31, 66), (32, 65), (33, 20), (40, 4), (65, 3),
  ])
  func sizesThatDoNotDivideEvenly(states: Int, steps: Int) throws {
    var sampler = try Sampler(seed: UInt64(1000 * states + steps))
    let model = try randomModel(states, symbols: 5, zeros: 0, &sampler)
    let sequence = try model.observing((0..<steps).map { _ in try sampler.choose(below: 5) })
    try expectAgreement(sequence)
  }

  @Test func modelsInWhichMuchIsImpossible() throws {
    var impossible = 0
    for seed in 1...30 {
      var sampler = try Sampler(seed: UInt64(seed))
      let model = try randomModel(4, symbols: 3, zeros: 0.5, &sampler)
      let sequence = try model.observing((0..<6).map { _ in try sampler.choose(below: 3) })
      try expectAgreement(sequence)
      if scaledLogEvidence(of: sequence).value == -.infinity { impossible += 1 }
    }
    #expect(impossible > 0 && impossible < 30)
  }

  @Test func anImpossibleSequenceCountsNothing() throws {
    let model = try HiddenMarkovModel(
      initial: [1, 0], transition: [[0, 1], [1, 0]], emission: [[1, 0], [0, 1]])
    let sequence = try model.observing([0, 0, 1])
    let found = try #require(ObservedChainPosterior(scaled: sequence))
    #expect(found.logEvidence.value == -.infinity)
    #expect(found.stateMarginals == nil)
    #expect(found.initialCounts == [0, 0] && found.transitionCounts == [0, 0, 0, 0])
  }

  @Test func thousandsOfSteps() throws {
    var sampler = try Sampler(seed: 2)
    let model = try randomModel(3, symbols: 4, zeros: 0, &sampler)
    try expectAgreement(
      try model.observing((0..<5000).map { _ in try sampler.choose(below: 4) }))
  }

  /// e^-460 a step is no matter as long as it is all states alike.
  @Test func observationsThatAreHardlyPossible() throws {
    let rare = 1e-200
    let model = try HiddenMarkovModel(
      initial: [0.3, 0.7], transition: [[0.9, 0.1], [0.4, 0.6]],
      emission: [[rare, 1 - rare], [2 * rare, 1 - 2 * rare]])
    let sequence = try model.observing(Array(repeating: 0, count: 300))
    #expect(ObservedChainPosterior(scaled: sequence) != nil)
    try expectAgreement(sequence)
  }

  /// The first state falls behind by 2^-30 a step, until the last symbol makes it the only way out.
  @Test func aStateThatVanishesAndIsNeeded() throws {
    let model = try HiddenMarkovModel(
      initial: [0.5, 0.5], transition: [[1, 0], [0, 1]],
      emission: [[1e-9, 1 - 1e-9], [1, 0]])
    let sequence = try model.observing(Array(repeating: 0, count: 50) + [1])
    #expect(ObservedChainPosterior(scaled: sequence) == nil)
    let expected = log(0.5) + 50 * log(1e-9) + log1p(-1e-9)
    let found = scaledLogEvidence(of: sequence)
    #expect(abs(found.value - expected) <= found.roundingBound + 1e-12 * abs(expected))
  }

  @Test func densitiesRelativeToTheGreatestOfTheStep() throws {
    let model = try GaussianHiddenMarkovModel(
      initial: [0.2, 0.3, 0.5],
      transition: [[0.6, 0.3, 0.1], [0.2, 0.5, 0.3], [0.1, 0.4, 0.5]],
      means: [-1, 0.5, 2], variances: [0.5, 1, 2])
    let chain = try model.chain(observing: [0.1, -2, 15, 1.5, 0.7, -25])
    let fast = try #require(ObservedChainPosterior(scaled: chain))
    expectSame(fast, ObservedChainPosterior(of: chain), steps: 6, states: 3)
  }

  /// Densities e^-5000 apart are not for plain doubles.
  @Test func statesFarApart() throws {
    let model = try GaussianHiddenMarkovModel(
      initial: [0.5, 0.5], transition: [[0.5, 0.5], [0.5, 0.5]], means: [0, 100],
      variances: [1, 1])
    #expect(ObservedChainPosterior(scaled: try model.chain(observing: [0, 100])) == nil)
  }

  @Test func marginalsAreKeptOnlyIfAskedFor() throws {
    let fast = try #require(ObservedChainPosterior(scaled: .threeStates, keepsMarginals: false))
    let slow = ObservedChainPosterior(of: HiddenMarkovSequence.threeStates.chain)
    #expect(fast.stateMarginals == nil)
    for (a, b) in zip(fast.initialCounts, slow.initialCounts) { #expect(abs(a - b) <= 1e-14) }
    for (a, b) in zip(fast.transitionCounts, slow.transitionCounts) { #expect(abs(a - b) <= 1e-14) }
  }

  private func randomModel(
    _ states: Int, symbols: Int, zeros: Double, _ sampler: inout Sampler
  ) throws -> HiddenMarkovModel {
    func law(_ count: Int) throws -> [Double] {
      var weights: [Double] = []
      for _ in 0..<count {
        weights.append(try sampler.flip(zeros) ? 0 : 0.01 + sampler.uniform())
      }
      weights[try sampler.choose(below: count)] += 0.3
      let total = weights.reduce(0, +)
      return weights.map { $0 / total }
    }
    return try HiddenMarkovModel(
      initial: try law(states), transition: try (0..<states).map { _ in try law(states) },
      emission: try (0..<states).map { _ in try law(symbols) })
  }

  private func expectAgreement(_ sequence: HiddenMarkovSequence) throws {
    let slow = ObservedChainPosterior(of: sequence.chain)
    let (steps, states) = (sequence.length, sequence.model.stateCount)
    expectSame(
      try #require(ObservedChainPosterior(scaled: sequence)), slow, steps: steps, states: states)
    if slow.logEvidence.value > -.infinity {
      let chain = try #require(ObservedChainPosterior(scaled: sequence.chain))
      expectSame(chain, slow, steps: steps, states: states)
    }
    let alone = scaledLogEvidence(of: sequence)
    #expect(
      alone.value == slow.logEvidence.value
        || abs(alone.value - slow.logEvidence.value)
          <= alone.roundingBound + slow.logEvidence.roundingBound
    )
  }

  /// A message is a product of as many factors as there are steps, each good to K + 6 roundings.
  private func expectSame(
    _ fast: ObservedChainPosterior, _ slow: ObservedChainPosterior, steps: Int, states: Int
  ) {
    let bound = fast.logEvidence.roundingBound + slow.logEvidence.roundingBound
    #expect(
      fast.logEvidence.value == slow.logEvidence.value
        || abs(fast.logEvidence.value - slow.logEvidence.value) <= bound)
    #expect((fast.stateMarginals == nil) == (slow.stateMarginals == nil))
    let numbers = { (found: ObservedChainPosterior) in
      (found.stateMarginals ?? []) + found.initialCounts + found.transitionCounts
    }
    let (one, other) = (numbers(fast), numbers(slow))
    #expect(one.count == other.count)
    let tolerance = 4 * Double(steps * (states + 6)) * Double.ulpOfOne
    #expect(zip(one, other).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) })
  }
}
