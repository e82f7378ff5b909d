import GSL
import Models
import Probability
import Testing

@testable import Exact

/// Elimination in plain doubles against elimination in log space, both without subtractions.
///
/// Catches: head and modifier exchanged, a last vector of columns left out, an odd row forgotten, the
/// share of a root left out of the way back, underflow that is taken for zero.
@Suite("Scaled spanning trees against log space") struct ScaledTreeTests {
  /// Words on both sides of a vector of eight and of four vectors.
  @Test(arguments: [1, 2, 3, 6, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 40], [false, true])
  func sizesThatDoNotDivideEvenly(words: Int, singleRoot: Bool) throws {
    var cases = try Cases(seed: 5, stream: UInt64(words))
    let model = try SpanningTreeModel.random(words: words, singleRoot: singleRoot, &cases)
    try expectAgreement(model)
  }

  @Test(arguments: [5.0, 30, 100], [false, true])
  func scoresApart(scale: Double, singleRoot: Bool) throws {
    for seed in 1...8 {
      var sampler = try Sampler(seed: UInt64(seed))
      let scores = (0...9).map { _ in (0...9).map { _ in scale * (2 * sampler.uniform() - 1) } }
      let model = try SpanningTreeModel(scores: scores, singleRoot: singleRoot)
      if let fast = SpanningTreePosterior(scaled: model) {
        try expectSame(fast, SpanningTreePosterior(of: model), words: 9)
      } else {
        #expect(scale > 30)
      }
    }
  }

  /// A product of weights e^-900 apart is no double: no answer rather than a wrong one.
  @Test(arguments: [false, true])
  func scoresBeyondTheDoubles(singleRoot: Bool) throws {
    let scores: [[Double]] = [
      [0, 0, -900, -900], [0, 0, -400, 0], [0, 0, 0, -900], [0, -900, 0, 0],
    ]
    let model = try SpanningTreeModel(scores: scores, singleRoot: singleRoot)
    #expect(SpanningTreePosterior(scaled: model) == nil)
  }

  @Test(arguments: [false, true])
  func forbiddenEdges(singleRoot: Bool) throws {
    var agreed = 0
    for seed in 1...20 {
      var sampler = try Sampler(seed: UInt64(seed))
      var scores = [[Double]](repeating: [], count: 7)
      for head in 0...6 {
        for _ in 0...6 {
          scores[head].append(try sampler.flip(0.5) ? -.infinity : sampler.uniform())
        }
      }
      let model = try SpanningTreeModel(scores: scores, singleRoot: singleRoot)
      let slow = SpanningTreePosterior(of: model)
      guard let fast = SpanningTreePosterior(scaled: model) else { continue }
      try expectSame(fast, slow, words: 6)
      agreed += 1
    }
    #expect(agreed > 0)
  }

  @Test(arguments: [false, true])
  func noTreeHasNoScaledAnswer(singleRoot: Bool) throws {
    let none = -Double.infinity
    let model = try SpanningTreeModel(
      scores: [[0, none, none], [0, 0, 1], [0, 1, 0]], singleRoot: singleRoot)
    #expect(SpanningTreePosterior(scaled: model) == nil)
    #expect(SpanningTreePosterior(of: model).logPartition.value == none)
  }

  @Test func treesAreCounted() throws {
    // Cayley: (n + 1)^(n − 1) labelled trees; n^(n − 1) of them with a chosen single root.
    for words in [1, 4, 50, 120] {
      let n = Double(words)
      for (singleRoot, expected) in [
        (false, (n - 1) * log(n + 1)), (true, (n - 1) * log(n)),
      ] {
        let model = SpanningTreeModel.uniform(words: words, singleRoot: singleRoot)
        let found = try #require(SpanningTreePosterior(scaled: model))
        #expect(abs(found.logPartition.value - expected) <= found.logPartition.roundingBound)
        let marginals = try #require(found.edgeMarginals)
        // Whichever its head, every word has one.
        for word in 1...words {
          let sum = marginals.reduce(0) { $0 + $1[word] }
          #expect(abs(sum - 1) <= 4 * n * n * Double.ulpOfOne)
        }
      }
    }
  }

  private func expectAgreement(_ model: SpanningTreeModel) throws {
    try expectSame(
      try #require(SpanningTreePosterior(scaled: model)), SpanningTreePosterior(of: model),
      words: model.wordCount)
  }

  /// n eliminations, in each of which an entry gains a term, forwards and backwards.
  private func expectSame(
    _ fast: SpanningTreePosterior, _ slow: SpanningTreePosterior, words: Int
  ) throws {
    let bound = fast.logPartition.roundingBound + slow.logPartition.roundingBound
    #expect(abs(fast.logPartition.value - slow.logPartition.value) <= bound)
    let (one, other) = (try #require(fast.edgeMarginals), try #require(slow.edgeMarginals))
    #expect(one.count == other.count)
    // A score is rounded when that of the best head is taken from it; a share is as good as the sum.
    let tolerance = 8 * Double((words + 1) * (words + 1)) * Double.ulpOfOne + bound
    for (row, wanted) in zip(one, other) {
      #expect(row.count == wanted.count)
      #expect(zip(row, wanted).allSatisfy { abs($0 - $1) <= tolerance })
      // Catches: what is impossible, a difference of roundings below zero.
      #expect(row.allSatisfy { $0 >= 0 })
    }
  }
}
