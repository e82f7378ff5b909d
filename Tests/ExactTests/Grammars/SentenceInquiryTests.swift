import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Grammars: what else is asked, by charts and one by one") struct SentenceInquiryTests {
  private func near(_ a: Double, _ b: Double) -> Bool {
    a == b || abs(a - b) <= 1e-11 * max(1, abs(b))
  }

  // Catches: a best tree without its chains, an entropy of one choice a node too few, a slope divided by nought, a
  // span that begins a word late.
  @Test("Explanation, entropy, slopes and constituents", arguments: 0..<60)
  func answers(stream: Int) throws {
    let sentence = try UnaryRuleTests.sentence(stream, cyclic: false)
    let (chart, list) = (ChartedDerivations(sentence), ListedDerivations(sentence))
    let (best, listed) = (chart.explanation, try list.explanation)
    #expect((best == nil) == (listed == nil))
    guard let best, let listed else { return }
    let grammar = sentence.grammar
    #expect(near(grammar.logProbability(of: best), grammar.logProbability(of: listed)))
    #expect(sentence.leftmostDerivations().contains(best))
    #expect(near(try #require(chart.entropy), try #require(try list.entropy)))
    for (a, b) in zip(try #require(chart.slopes), try #require(try list.slopes)) {
      #expect(near(a, b))
    }
    let spans = try #require(chart.constituents).filter { $0.probability > 1e-12 }
    let others = try #require(try list.constituents).filter { $0.probability > 1e-12 }
    #expect(
      spans.map { [$0.symbol, $0.start, $0.end] } == others.map { [$0.symbol, $0.start, $0.end] })
    for (a, b) in zip(spans, others) {
      #expect(near(a.probability, b.probability) && near(a.expectedCount, b.expectedCount))
    }
  }

  // Catches: a way that is drawn with another weight than it has; a list that is drawn from evenly.
  @Test("The exact law of a draw is the posterior", arguments: 0..<40)
  func draws(stream: Int) throws {
    let sentence = try UnaryRuleTests.sentence(stream, cyclic: false)
    let total = GrammarPosterior(of: sentence).logEvidence.value
    let derivations = sentence.leftmostDerivations().filter {
      sentence.grammar.logProbability(of: $0) > -.infinity
    }
    // The list is gone through once for each outcome.
    guard derivations.count <= 40 else { return }
    for inquiry in [ChartedDerivations(sentence), ListedDerivations(sentence)]
      as [any SentenceInquiry]
    {
      var law: [[Int]: Double] = [:]
      try forEachOutcome(of: { choices in try inquiry.samples(1, &choices)?.first }) {
        rules, share in
        law[rules ?? [], default: 0] += share
      }
      #expect(law.count == max(1, derivations.count))
      for rules in derivations {
        #expect(near(law[rules] ?? 0, exp(sentence.grammar.logProbability(of: rules) - total)))
      }
    }
  }

  /// Follows a list of choices; what comes after it is refused, with how many ways there would be.
  struct Script: DiscreteChoicesProtocol {
    var trail: [Int]
    var (place, probability, ways) = (0, 1.0, [Double]())

    init(_ trail: [Int]) { self.trail = trail }

    mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
      guard place < trail.count else {
        ways = probabilities
        throw .tooManyChoices(cap: place)
      }
      let chosen = trail[place]
      place += 1
      probability *= probabilities[chosen]
      return chosen
    }

    mutating func choose(below count: Int) throws(ChoiceError) -> Int {
      try choose([Double](repeating: 1 / Double(count), count: count))
    }

    mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool {
      try choose([1 - probability, probability]) == 1
    }
  }

  // Catches: a chain drawn as if it ended after one round; a draw that never comes back to a symbol.
  @Test("With chains that come back, each draw has its posterior probability", arguments: 0..<4)
  func endlessDraws(stream: Int) throws {
    let sentence = try UnaryRuleTests.sentence(stream, cyclic: true)
    let chart = ChartedDerivations(sentence)
    let total = GrammarPosterior(of: sentence).logEvidence.value
    guard total > -.infinity else { return }
    var (open, found, reached) = ([[Int]()], Set<[Int]>(), 0.0)
    while let trail = open.popLast() {
      var script = Script(trail)
      do {
        let rules = try #require(try chart.samples(1, &script)).joined().map { $0 }
        #expect(near(script.probability, exp(sentence.grammar.logProbability(of: rules) - total)))
        #expect(found.insert(rules).inserted)
        reached += script.probability
      } catch is ChoiceError {
        for way in script.ways.indices where script.probability * script.ways[way] > 1e-4 {
          open.append(trail + [way])
        }
      }
    }
    // What is left are draws of less than 1e-4 each.
    #expect(!found.isEmpty && reached > 0.1 && reached <= 1 + 1e-12)
  }

  // Catches: an expected number taken for a probability where a chain passes a symbol twice.
  @Test("Chains that come back: probabilities of constituents by hand, entropy as a difference")
  func returning() throws {
    let sentence = Sentence(
      try Grammar(
        start: "S",
        rules: [
          .init("S", .unary("A"), 0.5), .init("S", .word("a"), 0.5), .init("A", .unary("S"), 0.5),
          .init("A", .word("a"), 0.5),
        ]), ["a"])
    let chart = ChartedDerivations(sentence)
    let spans = try #require(chart.constituents)
    // p(a) = 1 of both symbols, so that the posterior is the prior: A is reached with probability ½.
    #expect(spans.map(\.symbol) == [0, 1])
    for (span, expected) in zip(spans, [(1.0, 4.0 / 3), (0.5, 2.0 / 3)]) {
      #expect(near(span.probability, expected.0) && near(span.expectedCount, expected.1))
    }
    // A fair coin a node: 4/3 + 2/3 of them.
    #expect(near(try #require(chart.entropy), 2 * log(2)))
    for stream in 0..<20 {
      let sentence = try UnaryRuleTests.sentence(stream, cyclic: true)
      guard let law = DerivationLaw(sentence.potentials) else { continue }
      let meanScore = try #require(sentence.potentials.mean { $1 })
      #expect(abs(law.entropy - (law.logPartition - meanScore)) <= 1e-11)
    }
  }

  // Catches: slopes that hold for probabilities that sum to one only, or counts divided by something else.
  @Test("Slopes are the differences of the log evidence, also at nought", arguments: 0..<20)
  func differences(stream: Int) throws {
    let sentence = try UnaryRuleTests.sentence(stream, cyclic: true)
    guard let slopes = ChartedDerivations(sentence).slopes else { return }
    let rules = sentence.grammar.rules
    func evidence(_ rule: Int, _ step: Double) -> Double {
      var moved = rules
      moved[rule] = .init(rules[rule].left, rules[rule].right, rules[rule].probability + step)
      let grammar = Grammar(checkedStart: sentence.grammar.start, rules: moved)
      return GrammarPosterior(of: Sentence(grammar, sentence.words)).logEvidence.value
    }
    for rule in rules.indices {
      let step = 1e-6
      let slope =
        rules[rule].probability > step
        ? (evidence(rule, step) - evidence(rule, -step)) / (2 * step)
        : (4 * evidence(rule, step) - evidence(rule, 2 * step) - 3 * evidence(rule, 0)) / (2 * step)
      #expect(abs(slope - slopes[rule]) <= 1e-4 * max(1, abs(slopes[rule])))
    }
    let counts = try #require(GrammarPosterior(of: sentence).expectedCounts)
    for (rule, (count, slope)) in zip(rules, zip(counts, slopes)) {
      #expect(near(slope * rule.probability, count))
    }
  }

  // Catches: tables in plain doubles, which hold no sentence of 40 words of probability 1e-12 each.
  @Test("Forty words of probability 10⁻³⁰⁰ together with all that is asked")
  func long() throws {
    let rare = 1e-12
    let grammar = try Grammar(
      start: "S",
      rules: [
        .init("S", .pair("S", "S"), 0.5), .init("S", .word("a"), rare),
        .init("S", .word("b"), 0.5 - rare),
      ])
    let chart = ChartedDerivations(Sentence(grammar, Array(repeating: "a", count: 40)))
    let best = try #require(chart.explanation)
    let own = 39 * log(0.5) + 40 * log(rare)
    #expect(near(grammar.logProbability(of: best), own) && best.count == 79)
    // All bracketings of 40 words are equally likely: there are Catalan(39) of them.
    let bracketings = (2...39).reduce(0.0) { $0 + log(Double(39 + $1)) - log(Double($1)) }
    #expect(near(try #require(chart.entropy), bracketings))
    let slopes = try #require(chart.slopes)
    #expect(near(slopes[0], 39 / 0.5) && near(slopes[1], 40 / rare) && slopes[2] == 0)
    let spans = try #require(chart.constituents)
    #expect(spans.count == 820)
    #expect(near(spans.reduce(0) { $0 + $1.probability }, 79))
  }

  @Test("Without a derivation nothing is said")
  func nothing() throws {
    for words in [[], ["she", "Ada"], ["saw"]] {
      let sentence = Sentence(Sentence.telescope.grammar, words)
      for inquiry in [ChartedDerivations(sentence), ListedDerivations(sentence)]
        as [any SentenceInquiry]
      {
        var cases = try Cases(seed: 1, stream: 0)
        #expect(try inquiry.explanation == nil && inquiry.entropy == nil && inquiry.slopes == nil)
        #expect(try inquiry.constituents == nil)
        #expect(try inquiry.samples(1, &cases) == nil)
      }
    }
  }
}
