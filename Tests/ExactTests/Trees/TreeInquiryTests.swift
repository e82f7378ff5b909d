import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Trees: edges that do not cross, and what else is asked") struct TreeInquiryTests {
  static func model(_ stream: Int) throws -> SpanningTreeModel {
    var cases = try Cases(seed: 71, stream: UInt64(stream))
    let words = try cases.integer(1...4)
    return try SpanningTreeModel.random(words: words, singleRoot: stream % 2 == 0, &cases)
      .withProjective(stream % 4 >= 2)
  }

  private func near(_ a: Double, _ b: Double) -> Bool {
    a == b || abs(a - b) <= 1e-12 * max(1, abs(b))
  }

  // Catches: a tree counted twice, edges from the wrong end, a rule about crossing edges on one side alone.
  @Test("Projective trees: pieces against all assignments of heads", arguments: 0..<60)
  func sums(stream: Int) throws {
    let model = try Self.model(stream).withProjective(true)
    let (chart, list) = (
      SpanningTreePosterior(of: model), SpanningTreePosterior.enumerated(of: model)
    )
    for (a, b) in zip(TreeTests.numbers(chart), TreeTests.numbers(list)) { #expect(near(a, b)) }
    #expect(
      abs(chart.logPartition.value - list.logPartition.value)
        <= chart.logPartition.roundingBound + list.logPartition.roundingBound)
    #expect(SpanningTreePosterior(scaled: model) == nil)
  }

  // Catches: a boundary word with its dependents on one side only. Numbers of noncrossing trees: OEIS A006013 with
  // the root anywhere among the words, A001764 with it at the end.
  @Test(
    "Projective trees are counted: 1, 2, 7, 30, 143 with a single root; 1, 3, 12, 55, 273 without")
  func counts() {
    for (singleRoot, numbers) in [(true, [1, 2, 7, 30, 143]), (false, [1, 3, 12, 55, 273])] {
      for (words, number) in zip(1..., numbers) {
        let model = SpanningTreeModel.uniform(words: words, singleRoot: singleRoot)
          .withProjective(true)
        #expect(model.treeCount == number)
        #expect(near(exp(SpanningTreePosterior(of: model).logPartition.value), Double(number)))
      }
    }
  }

  // Catches: a Viterbi tree that crosses, a log probability without log Z, an entropy of the scores alone.
  @Test("Explanation and entropy, by charts and one by one", arguments: 0..<60)
  func answers(stream: Int) throws {
    let model = try Self.model(stream)
    let chart = try #require(ChartedTrees(model))
    let list = ListedTrees(model)
    let (best, listed) = (try #require(chart.explanation), try #require(try list.explanation))
    #expect(best.heads == listed.heads && near(best.logProbability, listed.logProbability))
    #expect(near(try #require(chart.entropy), try #require(try list.entropy)))
  }

  // Catches: marginals of the whole law where those of the trees that are left are due.
  @Test("The exact law of a draw is the field", arguments: 0..<40)
  func draws(stream: Int) throws {
    let model = try Self.model(stream)
    let total = SpanningTreePosterior(of: model).logPartition.value
    for inquiry in [try #require(ChartedTrees(model)), ListedTrees(model)] as [any TreeInquiry] {
      var law: [[Int]: Double] = [:]
      try forEachOutcome(of: { choices in try inquiry.samples(1, &choices)?.first }) {
        law[$0 ?? [], default: 0] += $1
      }
      #expect(law.count == model.treeCount)
      for (heads, share) in law {
        #expect(model.isTree(heads))
        #expect(near(share, exp(model.score(heads: heads) - total)))
      }
    }
  }

  // Catches: edge marginals that are not the slopes of log Z.
  @Test("Projective edge marginals are the differences of log Z", arguments: 0..<8)
  func slopes(stream: Int) throws {
    let model = try Self.model(stream).withProjective(true)
    let marginals = try #require(SpanningTreePosterior(of: model).edgeMarginals)
    let step = 1e-5
    for head in 0...model.wordCount {
      for word in 1...model.wordCount where word != head {
        let values = try [step, -step].map { step in
          var scores = model.scores
          scores[head][word] += step
          let moved = try SpanningTreeModel(
            scores: scores, singleRoot: model.singleRoot, projective: true)
          return SpanningTreePosterior(of: moved).logPartition.value
        }
        #expect(abs((values[0] - values[1]) / (2 * step) - marginals[head][word]) <= 1e-9)
      }
    }
  }

  // Catches: scores that swallow each other before the best heads are taken out; answers that rounding decides.
  @Test("Scores of any size are answered or refused, projective or not", arguments: [false, true])
  func sizes(projective: Bool) throws {
    func answers(_ scale: Double, _ route: ExactRoute) throws -> [Double] {
      let scores = [[0, 3, 1], [0, 0, 2.5], [0, -1, 0.0]].map { $0.map { $0 * scale } }
      let model = try SpanningTreeModel(scores: scores, singleRoot: true, projective: projective)
      let request = ExactRequest(route: route)
      let found = try ExactAnswers<SpanningTreePosterior>(of: model, request).posteriors[0]
      let asked = try inquiry(into: model, request)
      return TreeTests.numbers(found) + [try #require(try asked.explanation).logProbability]
    }
    for scale in [1, 100, 1e3] {
      for (a, b) in zip(try answers(scale, .structured), try answers(scale, .bruteForce)) {
        #expect(near(a, b))
      }
    }
    // The best heads of both words hang together; a root costs 1e306 then.
    #expect(throws: ExactRefusal.self) {
      let model = try SpanningTreeModel(
        scores: [[0, 0, 0], [0, 0, 1e306], [0, 1e306, 0]], singleRoot: true, projective: projective)
      return try ExactAnswers<SpanningTreePosterior>(of: model)
    }
  }

  // Catches: pieces of projective trees counted as an elimination is.
  @Test("The terms of projective trees are those of all pieces at all places to split")
  func terms() throws {
    for words in 1...6 {
      let model = try SpanningTreeModel(
        scores: Array(repeating: [Double](repeating: 0, count: words + 1), count: words + 1),
        singleRoot: false, projective: true)
      // Of each span four pieces, with as many places to split as it is wide.
      let terms = (1...words).reduce(0) { $0 + 4 * (words + 1 - $1) * $1 }
      let found = try ExactAnswers<SpanningTreePosterior>(of: model)
      #expect(found.work.last?.name == "terms" && found.work.last?.count == Double(terms))
    }
  }

  // Catches: crossing looked for on one side, or among edges that share an end.
  @Test("Crossing edges by hand")
  func crossing() {
    #expect(SpanningTreeModel.isProjective([0, 1, 1, 3]))
    #expect(!SpanningTreeModel.isProjective([0, 4, 1, 1]))
    #expect(!SpanningTreeModel.isProjective([3, 0, 2]))
    #expect(SpanningTreeModel.isProjective([2, 0, 2]))
  }

  // Every tree breaks a ring of near ties, at any of its words, and costs nearly 10^6 for that; catches:
  // limits at which ties and rounding decide who is whose head.
  @Test("A word has one head, up to the limit of what is answered", arguments: 0..<12)
  func oneHeadEach(round: Int) throws {
    var cases = try Cases(seed: 72, stream: UInt64(round))
    let words = [20, 40, 80][round % 3]
    for (cost, isAnswered) in [(-9.9e5, true), (-1.01e6, false)] {
      var scores = [[Double]](repeating: Array(repeating: -5e8, count: words + 1), count: words + 1)
      for word in 1...words {
        for back in 1...3 {
          scores[(word - 1 - back + words) % words + 1][word] = try cases.real(from: -3, to: 0)
        }
        scores[0][word] = try cost + cases.real(from: 0, to: 2)
      }
      let model = try SpanningTreeModel(scores: scores, singleRoot: false, projective: false)
      let found = try? ExactAnswers<SpanningTreePosterior>(of: model).posteriors[0]
      #expect((found != nil) == isAnswered)
      for word in 1...words {
        guard let heads = found?.edgeMarginals?.map({ $0[word] }) else { continue }
        #expect(abs(heads.reduce(0, +) - 1) < 1e-9)
      }
    }
  }
}
