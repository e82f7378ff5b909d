import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Grammars: inside and outside against all derivations") struct GrammarTests {
  static func numbers(_ posterior: GrammarPosterior) -> [Double] {
    [posterior.logEvidence.value] + (posterior.expectedCounts ?? [])
  }

  static let charts = Route<Sentence>("inside-outside") { numbers(GrammarPosterior(of: $0)) }
  static let derivations = Route<Sentence>("all derivations") { numbers(.enumerated(of: $0)) }

  /// Inside with a choice of splits and of how two spans combine, everything else left out.
  static func inside(
    _ name: String, splits: @escaping @Sendable (Int, Int) -> Range<Int> = { ($0 + 1)..<$1 },
    exchanged: Bool = false, maximum: Bool = false
  ) -> Route<Sentence> {
    Route(name) { sentence in
      let grammar = sentence.grammar
      let length = sentence.words.count
      var table = SpanTable<LogSum>(length: length, symbols: grammar.nonterminals.count)
      for rule in grammar.lexicalRules {
        for (place, word) in sentence.words.enumerated() where word == rule.word {
          table[rule.left, place, place + 1].log = rule.logProbability
        }
      }
      for width in stride(from: 2, through: length, by: 1) {
        for start in 0...(length - width) {
          for middle in splits(start, start + width) {
            for rule in grammar.binaryRules {
              let (one, two) = exchanged ? (rule.second, rule.first) : (rule.first, rule.second)
              let way =
                rule.logProbability + table[one, start, middle].log
                + table[two, middle, start + width].log
              let before = table[rule.left, start, start + width].log
              table[rule.left, start, start + width].log =
                maximum ? max(before, way) : logAddExp(before, way)
            }
          }
        }
      }
      return [table[grammar.startSymbol, 0, length].log]
        + (GrammarPosterior(of: sentence).expectedCounts ?? [])
    }
  }

  static let spoiltCharts = [
    inside("the last split point is dropped", splits: { ($0 + 1)..<max($0 + 1, $1 - 1) }),
    inside("the first split point is dropped", splits: { min($0 + 2, $1)..<$1 }),
    inside("the children are exchanged", exchanged: true),
    inside("the best derivation instead of the sum", maximum: true),
    Route<Sentence>("the outside weight is left out of the counts") { sentence in
      var answer = numbers(GrammarPosterior(of: sentence))
      let table = sentence.potentials.inside { LogSum(logWeight: $1) }
      for rule in sentence.grammar.lexicalRules {
        answer[1 + rule.rule] = exp(table[rule.left, 0, 1].log - rule.logProbability)
      }
      return answer
    },
    charts.offByAPercent(),
  ]

  static let spoiltDerivations = [
    Route<Sentence>("derivations that begin with the first rule are missed") { sentence in
      numbers(weighted(sentence, sentence.leftmostDerivations().filter { $0.first != 0 }))
    },
    Route<Sentence>("every set of rules is counted once") { sentence in
      var seen: Set<[Int]> = []
      return numbers(
        weighted(
          sentence, sentence.leftmostDerivations().filter { seen.insert($0.sorted()).inserted }))
    },
    derivations.offByAPercent(),
  ]

  static func weighted(_ sentence: Sentence, _ derivations: [[Int]]) -> GrammarPosterior {
    let logWeights = derivations.map { rules in
      rules.reduce(0) { $0 + log(sentence.grammar.rules[$1].probability) }
    }
    let posterior = ExactPosterior(logJoints: logWeights)
    var counts = [Double](repeating: 0, count: sentence.grammar.rules.count)
    for (rules, probability) in zip(derivations, posterior.probabilities ?? []) {
      for rule in rules { counts[rule] += probability }
    }
    return GrammarPosterior(logEvidence: posterior.logEvidence, expectedCounts: counts)
  }

  @Test("inside-outside is the sum over derivations, and a fault in either is noticed")
  func insideAgainstDerivations() throws {
    try expectAgreement(
      Self.charts, Self.derivations, faultsInOne: Self.spoiltCharts,
      faultsInOther: Self.spoiltDerivations, roundings: 400
    ) { try .random(&$0) }
  }

  @Test("the sum over derivations carried down and up is the one over a list of them")
  func carriedAgainstListed() throws {
    var cases = try Cases(seed: 5, stream: 0)
    for _ in 0..<40 {
      let sentence = try Sentence.random(&cases)
      let carried = GrammarPosterior.enumerated(of: sentence)
      let listed = Self.weighted(sentence, sentence.leftmostDerivations())
      #expect((carried.expectedCounts == nil) == (listed.expectedCounts == nil))
      for (a, b) in zip(Self.numbers(carried), Self.numbers(listed)) where a != b {
        #expect(abs(a - b) <= 1e-12 * max(1, abs(b)))
      }
    }
  }

  @Test("probabilities whose products leave the doubles are summed in log space")
  func tinyProbabilities() throws {
    let grammar = try Grammar(
      start: "S",
      rules: [
        .init("S", .pair("S", "S"), 1e-200), .init("S", .pair("A", "S"), 1),
        .init("S", .word("b"), 1e-250), .init("A", .word("a"), 1), .init("S", .word("a"), 0),
      ])
    let sentence = Sentence(grammar, ["b", "b", "a", "b"])
    #expect(DerivationSum(sentence, budget: .max) { _ in } == nil)
    let listed = GrammarPosterior.enumerated(of: sentence)
    let chart = GrammarPosterior(of: sentence)
    // S S S twice, in two bracketings; A S once; three words b.
    #expect(abs(listed.logEvidence.value - (2 * log(1e-200) + 3 * log(1e-250) + log(2))) < 1e-9)
    for (a, b) in zip(Self.numbers(listed), Self.numbers(chart)) {
      #expect(abs(a - b) <= 1e-12 * max(1, abs(b)))
    }
  }

  @Test("a budget of rules to try is kept, on the way down and in the list")
  func budget() throws {
    var cases = try Cases(seed: 3, stream: 0)
    let two = try Grammar.random(nonterminals: 2, words: 1, &cases)
    let four = Sentence(two, Array(repeating: "w0", count: 4))
    #expect(GrammarPosterior.enumerated(of: four, budget: 100) == nil)
    #expect(GrammarPosterior.enumerated(of: four, budget: 10_000) == .enumerated(of: four))
  }

  // Catches: a limit that each sentence may reach by itself.
  @Test("derivations of all sentences together are allowed, or refused at the one that is too many")
  func together() throws {
    var cases = try Cases(seed: 3, stream: 0)
    let two = try Grammar.random(nonterminals: 2, words: 1, &cases)
    let four = Sentence(two, Array(repeating: "w0", count: 4))
    let sentences = [four, four, four]
    for (limit, refused) in [(960.0, -1), (959, 2), (640, 2), (639, 1), (319, 0)] {
      let request = ExactRequest(route: .bruteForce, maxStates: limit)
      guard refused >= 0 else {
        #expect(try ExactAnswers(of: sentences, request).work.last?.count == 960)
        continue
      }
      let needed = 320 * Double(refused + 1)
      for ask in [
        { _ = try ExactAnswers(of: sentences, request) },
        { _ = try inquiries(into: sentences, request) },
      ] {
        #expect(
          throws: ExactRefusal.tooManyStates(
            what: "observations[\(refused)]: 4 words", needed: needed, limit: limit),
          performing: ask)
      }
    }
  }

  @Test("derivations are counted both ways: 5 bracketings of 4 words, 320 with two labels")
  func counts() throws {
    var cases = try Cases(seed: 3, stream: 0)
    let two = try Grammar.random(nonterminals: 2, words: 1, &cases)
    let four = Sentence(two, Array(repeating: "w0", count: 4))
    #expect(derivationCount(four) == 320)
    #expect(four.leftmostDerivations().count == 320)
    let one = try Grammar.random(nonterminals: 1, words: 1, &cases)
    let catalan = [1, 1, 2, 5, 14, 42]
    for (length, count) in zip(1..., catalan) {
      let sentence = Sentence(one, Array(repeating: "w0", count: length))
      #expect(derivationCount(sentence) == count)
      #expect(sentence.leftmostDerivations().count == count)
    }
    #expect(derivationCount(Sentence(one, Array(repeating: "w0", count: 60))) == nil)
  }

  @Test("no words, unknown words, no parse: evidence −∞ and no counts")
  func withoutParse() throws {
    let grammar = Sentence.telescope.grammar
    for words in [[], ["saw", "the", "man"], ["she", "saw", "Ada"], ["Ada"]] {
      let sentence = Sentence(grammar, words)
      for posterior in [GrammarPosterior(of: sentence), .enumerated(of: sentence)] {
        #expect(posterior.logEvidence.value == -.infinity)
        #expect(posterior.expectedCounts == nil)
      }
      #expect(derivationCount(sentence) == 0)
    }
    #expect(derivationCount(.telescope) == 2)
  }

  @Test("a sampled derivation spells words whose evidence is at least its own probability")
  func sampledDerivations() throws {
    let grammar = Sentence.telescope.grammar
    for stream in 0..<40 {
      var cases = try Cases(seed: 11, stream: UInt64(stream))
      let derivation = try grammar.sample(&cases)
      let words = try grammar.yield(of: derivation)
      guard words.count <= 12 else { continue }
      let evidence = GrammarPosterior(of: Sentence(grammar, words)).logEvidence
      let own = grammar.logProbability(of: derivation)
      #expect(own <= evidence.value + evidence.roundingBound)
    }
  }
}
