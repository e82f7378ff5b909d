import GSL
import Testing

@testable import Probability

@Suite("Grammars: one recursion against all derivations") struct DerivationLawTests {
  /// Random pairs and leaves over at most three symbols and five words, some of them forbidden; in every second
  /// one unary rules from symbols to later ones.
  static func potentials(_ stream: Int) throws -> DerivationPotentials {
    var cases = try Cases(seed: 31, stream: UInt64(stream))
    let (symbols, words) = (try cases.integer(1...3), try cases.integer(1...5))
    func weight() throws -> Double {
      try cases.flip(0.15) ? -.infinity : try cases.real(from: -2, to: 1)
    }
    var pairs: [DerivationPotentials.Pair] = []
    for _ in 0..<(try cases.integer(1...5)) {
      pairs.append(
        DerivationPotentials.Pair(
          left: try cases.choose(below: symbols), first: try cases.choose(below: symbols),
          second: try cases.choose(below: symbols), logWeight: try weight()))
    }
    var leaves: [DerivationPotentials.Leaf] = []
    for place in 0..<words {
      for symbol in 0..<symbols where try cases.flip(0.8) {
        leaves.append(
          DerivationPotentials.Leaf(symbol: symbol, place: place, logWeight: try weight()))
      }
    }
    var unaries: [DerivationPotentials.Unary] = []
    for left in 0..<symbols where stream % 2 == 0 {
      for only in (left + 1)..<max(left + 1, symbols) where try cases.flip(0.7) {
        unaries.append(.init(left: left, only: only, logWeight: try weight()))
      }
    }
    return DerivationPotentials(
      symbolCount: symbols, start: 0, length: words, pairs: pairs, leaves: leaves,
      unaries: unaries)
  }

  /// All derivations of a symbol over a span, as their parts, leftmost first; forbidden parts left out.
  static func derivations(
    _ potentials: DerivationPotentials, _ symbol: Int, _ start: Int, _ end: Int
  ) -> [[DerivationPart]] {
    guard end > start else { return [] }
    var found: [[DerivationPart]] = []
    for (index, leaf) in potentials.leaves.enumerated()
    where leaf.symbol == symbol && leaf.place == start && end == start + 1
      && leaf.logWeight > -.infinity
    { found.append([.leaf(index)]) }
    for (index, rule) in potentials.pairs.enumerated()
    where rule.left == symbol && rule.logWeight > -.infinity {
      for middle in (start + 1)..<end {
        for left in derivations(potentials, rule.first, start, middle) {
          for right in derivations(potentials, rule.second, middle, end) {
            found.append(
              [.pair(index, start: start, middle: middle, end: end)] + left + right)
          }
        }
      }
    }
    for (index, rule) in potentials.unaries.enumerated()
    where rule.left == symbol && rule.logWeight > -.infinity {
      for below in derivations(potentials, rule.only, start, end) {
        found.append([.unary(index, start: start, end: end)] + below)
      }
    }
    return found
  }

  static func score(_ potentials: DerivationPotentials, _ parts: [DerivationPart]) -> Double {
    parts.reduce(0) { sum, part in
      switch part {
      case .pair(let index, _, _, _): sum + potentials.pairs[index].logWeight
      case .leaf(let index): sum + potentials.leaves[index].logWeight
      case .unary(let index, _, _): sum + potentials.unaries[index].logWeight
      }
    }
  }

  /// At most some thousands of derivations of nine terms each.
  let allowed = 8192 * 32 * Double.ulpOfOne

  private func near(_ a: Double, _ b: Double) -> Bool { a == b || abs(a - b) <= allowed }

  // Catches: unary rules left out of a recursion, a chain cut after its first rule, inside taken for outside.
  @Test("Total, best, number, entropy and expected uses", arguments: 0..<60)
  func totals(stream: Int) throws {
    let potentials = try Self.potentials(stream)
    let all = Self.derivations(potentials, 0, 0, potentials.length)
    let scores = all.map { Self.score(potentials, $0) }
    let total = logSumExp(scores)
    #expect(near(potentials.logPartition, total))
    #expect(potentials.derivationCount == all.count)
    #expect((potentials.bestDerivation == nil) == all.isEmpty)
    if let best = potentials.bestDerivation {
      #expect(all.contains(best))
      #expect(near(Self.score(potentials, best), scores.max() ?? 0))
    }
    guard let law = DerivationLaw(potentials) else {
      #expect(all.isEmpty)
      return
    }
    let shares = scores.map { exp($0 - total) }
    #expect(near(law.logPartition, total))
    #expect(near(law.entropy, entropy(of: shares)))
    let meanScore = try #require(potentials.mean { $1 })
    #expect(near(law.entropy, law.logPartition - meanScore))
    var pairs = potentials.pairs.map { _ in 0.0 }
    var leaves = potentials.leaves.map { _ in 0.0 }
    var unaries = potentials.unaries.map { _ in 0.0 }
    for (parts, share) in zip(all, shares) {
      for part in parts {
        switch part {
        case .pair(let index, _, _, _): pairs[index] += share
        case .leaf(let index): leaves[index] += share
        case .unary(let index, _, _): unaries[index] += share
        }
      }
    }
    let uses = law.expectedUses
    for (found, expected) in zip(
      uses.pairs + uses.leaves + uses.unaries, pairs + leaves + unaries)
    {
      #expect(near(found, expected))
    }
  }

  @Test("A derivation is drawn as often as it is likely", arguments: 0..<30)
  func sample(stream: Int) throws {
    let potentials = try Self.potentials(stream)
    guard let law = DerivationLaw(potentials) else { return }
    var found: [[DerivationPart]: Double] = [:]
    let coverage = try forEachOutcome(of: { choices in try law.sample(&choices) }) {
      found[$0, default: 0] += $1
    }
    let all = Self.derivations(potentials, 0, 0, potentials.length)
    #expect(coverage.outcomes == all.count)
    for parts in all {
      let expected = exp(Self.score(potentials, parts) - law.logPartition)
      #expect(near(found[parts] ?? 0, expected))
    }
  }

  @Test("No words have no derivation")
  func empty() {
    let nothing = DerivationPotentials(symbolCount: 1, start: 0, length: 0, pairs: [], leaves: [])
    #expect(nothing.logPartition == -.infinity)
    #expect(nothing.derivationCount == 0)
    #expect(nothing.bestDerivation == nil && DerivationLaw(nothing) == nil)
  }
}
