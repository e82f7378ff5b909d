import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Sequences of any length: normalised messages against the plain ones and all paths")
struct ChainExpectationTests {
  private static func numbers(_ found: ObservedChainPosterior) -> [Double] {
    [found.logEvidence.value] + (found.stateMarginals ?? []) + found.transitionCounts
  }

  static let normalised = Route<HiddenMarkovSequence>("normalised messages") {
    numbers(ObservedChainPosterior(of: $0.chain))
  }
  static let paths = Route<HiddenMarkovSequence>("all paths") {
    numbers(.enumerated(of: $0.chain))
  }
  static let plain = Route<HiddenMarkovSequence>("messages as they are") { sequence in
    let found = HiddenMarkovPosterior(of: sequence)
    return [found.logEvidence.value] + (found.stateMarginals ?? []).joined()
      + found.expectedCounts.transition.joined()
  }
  static let transposed = Route<HiddenMarkovSequence>("a transition read by columns") { sequence in
    let model = sequence.model
    let turned = model.transition.indices.map { i in model.transition.map { $0[i] } }
    let chain = ObservedChain(
      initial: model.initial, transition: turned, logEmissions: sequence.chain.logEmissions)
    return numbers(ObservedChainPosterior(of: chain))
  }

  @Test("Three routes agree on random sequences", arguments: [paths, plain])
  func agree(other: Route<HiddenMarkovSequence>) throws {
    #expect(
      try disagreement(Self.normalised, other, roundings: 400) { cases in
        try HiddenMarkovSequence.random(&cases)
      } == nil)
  }

  @Test("A wrong one is seen") func wrong() throws {
    #expect(
      try disagreement(Self.normalised, Self.transposed, roundings: 400) { cases in
        try HiddenMarkovSequence.random(&cases)
      } != nil)
  }

  // Catches: differences of logarithms instead of logarithms of ratios, and a sign or a half in them.
  @Test("Normal laws relative to the likeliest are differences of their logarithms")
  func relative() throws {
    for index in 0..<60 {
      var cases = try Cases(seed: 3, stream: UInt64(index))
      let means = try cases.reals(3, from: -2, to: 2)
      let variances = try cases.reals(3, from: 0.5, to: 3)
      // Near, and so far that the ratios are taken.
      for x in [try cases.real(from: -3, to: 3), try cases.real(from: 60, to: 90)] {
        let (relative, largest) = relativeLogNormals(x, means: means, variances: variances)
        for k in 0..<3 {
          let plain = logNormal(x, mean: means[k], variance: variances[k])
          let allowed = 32 * Double.ulpOfOne * max(1, abs(plain), abs(largest))
          #expect(abs(largest + relative[k] - plain) <= allowed)
        }
      }
    }
  }

  @Test("Things in a state more than once are counted as often, and scale does not matter")
  func weightedCounts() {
    for scale in [-900.0, 0, 900] {
      var counts = LogTally<Double>(parts: 2)
      counts.add(scale + log(1), containing: [0, 0, 1])
      counts.add(-.infinity, containing: [1, 1, 1])
      counts.add(scale + log(3), containing: [1])
      #expect(counts.visited == 3)
      #expect(abs(counts.logTotal - scale - log(4)) <= 4 * scale.magnitude.ulp + 4 * .ulpOfOne)
      #expect(counts.means?[1] == 1)
      #expect(abs((counts.means?[0] ?? 0) - 0.5) <= 512 * .ulpOfOne)
    }
    #expect(LogTally<Double>(parts: 1).means == nil)
    #expect(LogTally<Double>(parts: 1).logTotal == -.infinity)
  }
}
