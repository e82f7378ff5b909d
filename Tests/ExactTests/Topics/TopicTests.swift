import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Latent Dirichlet allocation: tables of counts against all assignments") struct TopicTests {
  /// One to three topics, up to three documents of up to three words, topics given or integrated out.
  static func draw(_ cases: inout Cases) throws -> TopicCorpus {
    let (topics, vocabulary) = (try cases.integer(1...3), try cases.integer(1...3))
    var (documents, rows): ([[Int]], [[Double]]) = ([], [])
    for _ in 0..<(try cases.integer(0...3)) {
      var words: [Int] = []
      for _ in 0..<(try cases.integer(0...2)) { words.append(try cases.choose(below: vocabulary)) }
      documents.append(words)
    }
    for _ in 0..<topics { rows.append(try FactorialTests.simplex(vocabulary, &cases)) }
    let beta = try cases.reals(vocabulary, from: 0.1, to: 2)
    return try TopicCorpus(
      alpha: cases.reals(topics, from: 0.1, to: 2),
      topics: cases.flip(0.5) ? .given(rows) : .dirichlet(beta), documents: documents)
  }

  static func layers(_ corpus: TopicCorpus) throws -> TopicLayers {
    try #require(TopicLayers(corpus, mostNodes: 1 << 16))
  }

  static func numbers(_ posterior: TopicPosterior) -> [Double] {
    let tables = (posterior.topicMarginals ?? []) + (posterior.coassignment ?? [])
    return [posterior.logEvidence.value] + tables.joined()
  }

  static let counts = Route<TopicCorpus>("tables of counts") {
    numbers(TopicPosterior(of: try layers($0)))
  }
  static let assignments = Route<TopicCorpus>("all assignments") {
    numbers(TopicPosterior.enumerated(of: $0))
  }

  // Catches: a count that is not taken over into the next document, or one that is and must not be.
  @Test("Evidence, topics and pairs of words") func agreement() throws {
    let oneDocument = Route<TopicCorpus>("all words in one document") { corpus in
      let other = try TopicCorpus(
        alpha: corpus.alpha, topics: corpus.topics, documents: [corpus.tokens.map(\.word)])
      return Self.numbers(TopicPosterior(of: try Self.layers(other)))
    }
    try expectAgreement(
      Self.counts, Self.assignments, faultsInOne: [oneDocument, Self.counts.offByAPercent()],
      faultsInOther: [Self.assignments.offByAPercent()], roundings: 400, draw: Self.draw)
  }

  // Catches: a law of words that does not sum to one over all that might have been written.
  @Test("All documents of three words together have probability one") func total() throws {
    for index in 0..<20 {
      var cases = try Cases(seed: 91, stream: UInt64(index))
      let drawn = try Self.draw(&cases)
      var sum = 0.0
      try forEachPathThrowing(states: drawn.topics.vocabulary, length: 3) { words in
        let corpus = try TopicCorpus(
          alpha: drawn.alpha, topics: drawn.topics, documents: [[words[0], words[1]], [words[2]]])
        sum += exp(try Self.layers(corpus).logEvidence)
      }
      #expect(abs(sum - 1) <= 1e-12)
    }
  }

  // Catches: an evidence that is off by more than its bound.
  @Test("The two evidences lie within their bounds") func bounds() throws {
    for index in 0..<60 {
      var cases = try Cases(seed: 92, stream: UInt64(index))
      let corpus = try Self.draw(&cases)
      let one = TopicPosterior(of: try Self.layers(corpus)).logEvidence
      let other = TopicPosterior.enumerated(of: corpus).logEvidence
      guard one.value > -.infinity else { continue }
      #expect(abs(one.value - other.value) <= one.roundingBound + other.roundingBound)
    }
  }

  // Catches: an assignment that is not the best, an entropy of one word only, a draw that does not look ahead.
  @Test("Layers as a law of all topics: all assignments visited") func law() throws {
    for index in 0..<60 {
      var cases = try Cases(seed: 93, stream: UInt64(index))
      let corpus = try Self.draw(&cases)
      try expectSameLaw(try Self.layers(corpus), corpus.visitedAssignments, "\(index)")
    }
  }

  // Catches: of labels that may change places, another than the first.
  @Test("Topics that are alike: the first word has the first topic") func symmetric() throws {
    let corpus = try TopicCorpus(
      alpha: [0.3, 0.3, 0.3], topics: .dirichlet([0.1, 0.2]), documents: [[0, 0], [1]])
    #expect(try Self.layers(corpus).explanation?.state == [0, 0, 1])
  }

  // Catches: a topic that is taken for as good as another because it is nearly so.
  @Test("A topic that is more probable by 10^-10 explains") func nearly() throws {
    let corpus = try TopicCorpus(
      alpha: [1, 1 + 1e-10], topics: .dirichlet([0.5, 0.5]), documents: [[1]])
    #expect(try Self.layers(corpus).explanation?.state == [1])
    #expect(try corpus.visitedAssignments.explanation?.state == [1])
  }

  // Catches: pairs that are looked at for one word too few, or too many.
  @Test("Every pair of 64 words is looked at, and none of 65", arguments: [64, 65])
  func paired(words: Int) throws {
    let corpus = try TopicCorpus(
      alpha: [0.5], topics: .dirichlet([1, 2]), documents: [Array(repeating: 1, count: words)])
    let wanted = words == 64 ? Array(repeating: Array(repeating: 1.0, count: 64), count: 64) : nil
    for method in ExactRoute.allCases {
      let found = try ExactAnswers(of: corpus, ExactRequest(route: method)).posteriors[0]
      #expect((found.coassignment == nil) == (wanted == nil))
      let pairs = zip((found.coassignment ?? []).joined(), (wanted ?? []).joined())
      #expect(pairs.allSatisfy { abs($0 - $1) <= 1e-12 })
    }
  }

  // Catches: tables without end; layers that do not merge what is alike.
  @Test("Many equal words are answered, and more tables than are kept are refused") func limits()
    throws
  {
    let many = try TopicCorpus(
      alpha: [0.5, 0.7], topics: .dirichlet([1, 2]),
      documents: [Array(repeating: 0, count: 30), Array(repeating: 1, count: 20)])
    let found = try ExactAnswers(of: many)
    #expect(found.route == .structured && found.logEvidence[0].isFinite)
    #expect(throws: ExactRefusal.self) {
      try ExactAnswers(of: many, ExactRequest(route: .bruteForce))
    }
    #expect(TopicLayers(many, mostNodes: 100) == nil)
  }

  private static func numbers(_ slopes: TopicSlopes) -> [Double] {
    slopes.alpha + (slopes.beta ?? []) + (slopes.topics ?? []).joined()
  }

  // Catches: a count that is not in a slope, the sum of a Dirichlet's numbers that stays, a word's own factor counted.
  @Test("Slopes are those of all assignments, and of differences") func slopes() throws {
    for index in 0..<60 {
      var cases = try Cases(seed: 92, stream: UInt64(index))
      let corpus = try Self.draw(&cases)
      let wanted = try TopicSlopes.enumerated(of: corpus)
      guard let found = TopicSlopes(of: try Self.layers(corpus)), let wanted else {
        #expect(wanted == nil)
        continue
      }
      for (one, other) in zip(Self.numbers(found), Self.numbers(wanted)) {
        #expect(abs(one - other) < 1e-11 * max(1, abs(other)))
      }
      let documents = (0..<corpus.documentCount).map { d in
        corpus.tokens.filter { $0.document == d }.map(\.word)
      }
      let step = 1e-5
      func evidence(_ alpha: [Double], _ topics: TopicCorpus.Topics) throws -> Double {
        try TopicCorpus(alpha: alpha, topics: topics, documents: documents)
          .visitedAssignments.logEvidence
      }
      for k in corpus.alpha.indices {
        var (up, down) = (corpus.alpha, corpus.alpha)
        (up[k], down[k]) = (up[k] + step, down[k] - step)
        let slope = (try evidence(up, corpus.topics) - evidence(down, corpus.topics)) / (2 * step)
        #expect(abs(slope - found.alpha[k]) < 1e-7)
      }
      guard case .dirichlet(let beta) = corpus.topics else { continue }
      for v in beta.indices {
        var (up, down) = (beta, beta)
        (up[v], down[v]) = (up[v] + step, down[v] - step)
        let slope =
          (try evidence(corpus.alpha, .dirichlet(up)) - evidence(corpus.alpha, .dirichlet(down)))
          / (2 * step)
        #expect(abs(slope - (found.beta?[v] ?? .nan)) < 1e-7)
      }
    }
  }

  // Catches: slopes of given topics that are a posterior share, or that are 0 where a word is impossible.
  @Test("A word that a topic never says has the slope that a little of it would bring")
  func zeros() throws {
    let corpus = try TopicCorpus(
      alpha: [0.7, 1.2], topics: .given([[1, 0], [0.5, 0.5]]), documents: [[0, 1, 1], [1]])
    let slopes = try #require(TopicSlopes(of: try Self.layers(corpus))?.topics)
    let wanted = try #require(try TopicSlopes.enumerated(of: corpus)?.topics)
    for (one, other) in zip(slopes.joined(), wanted.joined()) { #expect(abs(one - other) < 1e-12) }
    // p(w) is a sum of products with one factor topics[k][v] a word: by hand, of the second document,
    // 0.5 · α_2 / A; its slope by topics[0][1] is α_1 / A.
    let alone = try TopicCorpus(
      alpha: [0.7, 1.2], topics: .given([[1, 0], [0.5, 0.5]]), documents: [[1]])
    let found = try #require(TopicSlopes(of: try Self.layers(alone))?.topics)
    #expect(abs(found[0][1] - (0.7 / 1.9) / (0.5 * 1.2 / 1.9)) < 1e-13)
  }
}
