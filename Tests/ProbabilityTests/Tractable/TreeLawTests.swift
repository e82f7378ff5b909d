import GSL
import Testing

@testable import Probability

@Suite("Spanning trees: elimination against all trees") struct TreeLawTests {
  /// All trees as the heads of words 1 … n, those with a forbidden edge left out.
  static func trees(_ potentials: TreePotentials) -> [[Int]] {
    let nodes = potentials.scores.count
    let all = (1..<nodes).reduce([[]]) { heads, _ in
      heads.flatMap { some in (0..<nodes).map { some + [$0] } }
    }
    return all.filter { heads in
      if potentials.singleRoot, heads.filter({ $0 == 0 }).count != 1 { return false }
      return (1..<nodes).allSatisfy { word in
        var (node, steps) = (word, 0)
        while node != 0, steps < nodes { (node, steps) = (heads[node - 1], steps + 1) }
        return node == 0 && potentials.scores[heads[word - 1]][word] > -.infinity
      } && (!potentials.projective || isProjective(heads))
    }
  }

  /// Whether every word between a head and its modifier hangs below that head.
  static func isProjective(_ heads: [Int]) -> Bool {
    heads.indices.allSatisfy { place in
      let (word, head) = (place + 1, heads[place])
      return ((min(word, head) + 1)..<max(word, head)).allSatisfy { between in
        var node = between
        while node != 0, node != head { node = heads[node - 1] }
        return node == head
      }
    }
  }

  static func score(_ potentials: TreePotentials, _ heads: [Int]) -> Double {
    heads.enumerated().reduce(0) { $0 + potentials.scores[$1.element][$1.offset + 1] }
  }

  static func potentials(_ stream: Int) throws -> TreePotentials {
    var cases = try Cases(seed: 41, stream: UInt64(stream))
    let nodes = try cases.integer(2...5)
    var scores: [[Double]] = []
    for _ in 0..<nodes { scores.append(try cases.reals(nodes, from: -2, to: 2)) }
    for head in 0..<nodes where stream % 3 == 0 {
      for word in 0..<nodes where try cases.flip(0.25) { scores[head][word] = -.infinity }
    }
    return TreePotentials(
      checkedScores: scores, singleRoot: stream % 2 == 0, projective: stream % 4 >= 2)
  }

  /// At most 5³ trees of four terms, and 4 · 5² roundings of the elimination.
  let allowed = 512 * 16 * Double.ulpOfOne

  private func near(_ a: Double, _ b: Double) -> Bool { a == b || abs(a - b) <= allowed }

  // Catches: an elimination that divides what leads to a node by nothing.
  @Test("Two nodes that nothing leads to: no arborescence, and no number that is none")
  func headless() {
    var weights = [[Double]](repeating: [Double](repeating: -.infinity, count: 4), count: 4)
    (weights[0][1], weights[1][0]) = (0, 0)
    let elimination = TreeElimination(weights: weights, roots: [0, 0, 0, 0])
    #expect(elimination.logTotal == -.infinity)
  }

  // Catches: a piece of a projective tree that is made in two ways, an edge into the root, a share passed twice.
  @Test("Total, marginals, entropy, draws and the best", arguments: 0..<120)
  func totals(stream: Int) throws {
    let potentials = try Self.potentials(stream)
    let trees = Self.trees(potentials)
    guard let law = TreeLaw(potentials) else {
      #expect(trees.isEmpty && potentials.bestTree == nil)
      return
    }
    let total = logSumExp(trees.map { Self.score(potentials, $0) })
    let shares = trees.map { exp(Self.score(potentials, $0) - total) }
    #expect(near(law.logPartition, total))
    #expect(near(law.entropy, entropy(of: shares)))
    for head in potentials.scores.indices {
      for word in potentials.scores.indices where word != 0 && word != head {
        let expected = zip(trees, shares).reduce(0) { $1.0[word - 1] == head ? $0 + $1.1 : $0 }
        #expect(near(law.edgeMarginals[head][word], expected))
      }
    }
    var found: [[Int]: Double] = [:]
    try forEachOutcome(of: { choices in try law.sample(&choices) }) { found[$0, default: 0] += $1 }
    for (tree, share) in zip(trees, shares) { #expect(near(found[tree] ?? 0, share)) }
    // What rounding has left of a forbidden edge may be drawn, with a probability of that size.
    for (tree, share) in found where !trees.contains(tree) { #expect(share <= allowed) }
    let best = try #require(potentials.bestTree)
    #expect(trees.contains(best))
    #expect(
      near(Self.score(potentials, best), trees.map { Self.score(potentials, $0) }.max() ?? 0))
  }

  // Catches: a root edge that a high enough score can buy; worths compared by scores alone.
  @Test("A single root is kept however much better two are")
  func singleRoot() throws {
    let scores = [[0, 1e6, 1e6], [0, 0, -5], [0, -7, 0]]
    for (singleRoot, heads) in [(false, [0, 0]), (true, [0, 1])] {
      let potentials = TreePotentials(checkedScores: scores, singleRoot: singleRoot)
      #expect(potentials.bestTree == heads)
    }
  }

  // Catches: a cycle left in the best tree, a cycle within a contracted cycle, an entry at the wrong word.
  @Test("The best tree of up to six words, with cycles in cycles", arguments: 0..<60)
  func best(stream: Int) throws {
    var cases = try Cases(seed: 47, stream: UInt64(stream))
    let nodes = try cases.integer(5...6)
    var scores: [[Double]] = []
    for head in 0..<nodes {
      // Heads among the words look best, so that greedy choices close cycles.
      scores.append(try cases.reals(nodes, from: -2, to: head == 0 ? -1 : 2))
    }
    for singleRoot in [false, true] {
      let potentials = TreePotentials(checkedScores: scores, singleRoot: singleRoot)
      let trees = Self.trees(potentials)
      let best = try #require(potentials.bestTree)
      #expect(trees.contains(best))
      #expect(
        near(Self.score(potentials, best), trees.map { Self.score(potentials, $0) }.max() ?? 0))
    }
  }
}
