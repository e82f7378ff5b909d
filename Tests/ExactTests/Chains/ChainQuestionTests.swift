import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("What is asked of a chain: best paths, samples, beliefs, slopes, entropy")
struct ChainQuestionTests {
  /// Random chains, some with entries of zero, some impossible.
  static func chains(_ count: Int) throws -> [ObservedChain] {
    var choices = try Sampler(seed: 41)
    var chains: [ObservedChain] = []
    for _ in 0..<count {
      let states = try choices.choose(below: 3) + 1
      let length = try choices.choose(below: 5) + 1
      func sparse(_ law: [Double]) throws -> [Double] {
        var kept: [Double] = []
        for p in law { kept.append(try choices.flip(0.2) ? 0 : p) }
        let sum = kept.reduce(0, +)
        return sum > 0 ? kept.map { $0 / sum } : law
      }
      let initial = try sparse(try choices.simplex(states))
      var transition: [[Double]] = []
      for _ in 0..<states { transition.append(try sparse(try choices.simplex(states))) }
      var logEmissions: [Double] = []
      for _ in 0..<states * length {
        logEmissions.append(try choices.flip(0.15) ? -.infinity : log(choices.uniform()))
      }
      chains.append(
        ObservedChain(
          initial: initial, transition: transition, logEmissions: logEmissions,
          logScale: choices.standardNormal()))
    }
    return chains
  }

  // Catches: a message that sums, a step or a weight left out, the way back from another state than the last.
  @Test("The best path of messages, of the kernel and of all paths is equally probable")
  func explanation() throws {
    var impossible = 0
    for chain in try Self.chains(200) {
      let wanted = try chain.visited.explanation
      if wanted == nil { impossible += 1 }
      for found in [ChainExplanation(of: chain), ChainExplanation(fastestOf: chain)] {
        #expect((found == nil) == (wanted == nil))
        guard let found, let wanted else { continue }
        #expect(abs(found.logJoint - wanted.logJoint) < 1e-12 * max(1, abs(wanted.logJoint)))
      }
    }
    #expect(impossible > 5 && impossible < 100)
  }

  // Catches: a kernel that is wrong beyond one vector, beyond a block of columns, or at the end of a row.
  @Test("The kernel finds what messages find", arguments: [7, 8, 9, 16, 31, 32, 33, 65, 100])
  func wide(states: Int) throws {
    var choices = try Sampler(seed: UInt64(states))
    for _ in 0..<3 {
      let model = try HiddenMarkovModel.random(states: states, symbols: 5, &choices)
      let symbols = try (0..<20).map { _ in try choices.choose(below: 5) }
      let chain = try model.observing(symbols).chain
      let (readable, fast) = (ChainExplanation(of: chain), ChainExplanation(fastestOf: chain))
      #expect(readable == fast && fast != nil)
    }
  }

  // Catches: the last of equals.
  @Test("Of equal paths the first is taken by every route") func ties() throws {
    let half = [0.5, 0.5]
    let chain = ObservedChain(
      initial: half, transition: [half, half], logEmissions: [Double](repeating: -1, count: 6))
    let paths = [ChainExplanation(of: chain)?.path, ChainExplanation(fastestOf: chain)?.path]
    #expect(paths == [[0, 0, 0], [0, 0, 0]])
    #expect(try chain.visited.explanation?.state == [0, 0, 0])
  }

  // Catches: a sampler that forgets what is seen later, or the transition; an evidence of another route.
  @Test("A chain as a law of its path: all paths visited") func law() throws {
    for (number, chain) in try Self.chains(60).enumerated() {
      try expectSameLaw(chain, chain.visited, "\(number)")
    }
  }

  // Catches: what is seen of a step in its prediction, what is seen later in either.
  @Test("Beliefs are those of all beginnings") func beliefs() throws {
    for chain in try Self.chains(100) {
      let (found, wanted) = (ChainBeliefs(of: chain), try ChainBeliefs.enumerated(of: chain))
      #expect((found == nil) == (wanted == nil))
      guard let found, let wanted else { continue }
      for (one, other) in [(found.predicted, wanted.predicted), (found.filtered, wanted.filtered)] {
        for (p, q) in zip(one.joined(), other.joined()) { #expect(abs(p - q) < 1e-13) }
      }
    }
  }

  // Catches: slopes that are divided by an entry of zero, an entry counted with itself, a step too few.
  @Test("Slopes are those of all paths, and of differences") func slopes() throws {
    for chain in try Self.chains(100) {
      let (found, wanted) = (ChainSlopes(of: chain), try ChainSlopes.enumerated(of: chain))
      #expect((found == nil) == (wanted == nil))
      guard let found, let wanted else { continue }
      for (p, q) in zip(Self.numbers(found), Self.numbers(wanted)) {
        #expect(abs(p - q) < 1e-11 * max(1, abs(q)))
      }
      let step = 1e-5
      func evidence(_ i: Int, _ k: Int, _ change: Double) throws -> Double {
        var transition = chain.transition
        transition[i][k] += change
        return try ObservedChain(
          initial: chain.initial, transition: transition, logEmissions: chain.logEmissions,
          logScale: chain.logScale
        ).visited.logEvidence
      }
      for (i, row) in chain.transition.enumerated() {
        for k in row.indices where row[k] > step && found.transition[i][k] < 10 {
          let slope = (try evidence(i, k, step) - evidence(i, k, -step)) / (2 * step)
          #expect(abs(slope - found.transition[i][k]) < 1e-6)
        }
      }
    }
  }

  private static func numbers(_ slopes: ChainSlopes) -> [Double] {
    slopes.initial + Array(slopes.transition.joined()) + slopes.logWeights.joined().map { exp($0) }
      + Array(slopes.marginals.joined())
  }

  // Catches: the entropy of the prior, of marginals added up.
  @Test("The entropy is that of all paths") func entropy() throws {
    for chain in try Self.chains(100) {
      let (found, wanted) = (ChainLaw(chain.potentials)?.entropy, try chain.visited.entropy)
      #expect((found == nil) == (wanted == nil))
      if let found, let wanted { #expect(abs(found - wanted) < 1e-12) }
    }
  }
}
