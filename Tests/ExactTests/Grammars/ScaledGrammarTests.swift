import GSL
import Models
import Probability
import Testing

@testable import Exact

/// Dense tables in plain doubles against one rule after the other in log space.
///
/// Catches: first and second symbol exchanged, a span split one place too far, a constant of the rules
/// raised to the wrong power, filling-up that gains weight, the spans of a last group of eight left out
/// or counted twice, underflow that is taken for zero.
@Suite("Scaled grammars against log space") struct ScaledGrammarTests {
  /// Symbols on both sides of eight and sixteen, widths with more and with fewer than eight spans.
  @Test(arguments: [
    (1, 1), (1, 9), (2, 2), (3, 10), (7, 8), (8, 9), (9, 3), (12, 11), (15, 4), (16, 5), (17, 4),
    (24, 3), (33, 3),
  ])
  func sizesThatDoNotDivideEvenly(symbols: Int, length: Int) throws {
    var cases = try Cases(seed: UInt64(symbols), stream: UInt64(length))
    let grammar = try Grammar.random(nonterminals: symbols, words: 3, &cases)
    var words: [String] = []
    for _ in 0..<length { words.append("w\(try cases.choose(below: 3))") }
    try expectAgreement(Sentence(grammar, words))
  }

  /// Rules of very different probability, and symbols without rules.
  @Test func unevenGrammars() throws {
    for seed in 1...20 {
      var sampler = try Sampler(seed: UInt64(seed))
      let grammar = try unevenGrammar(symbols: 5, &sampler)
      let words = try (0..<9).map { _ in "w\(try sampler.choose(below: 3))" }
      try expectAgreement(Sentence(grammar, words))
    }
  }

  @Test func longSentences() throws {
    var cases = try Cases(seed: 3, stream: 60)
    let grammar = try Grammar.random(nonterminals: 3, words: 2, &cases)
    var words: [String] = []
    for _ in 0..<60 { words.append("w\(try cases.choose(below: 2))") }
    try expectAgreement(Sentence(grammar, words))
  }

  @Test func sentencesWithoutDerivation() throws {
    var cases = try Cases(seed: 4, stream: 1)
    let grammar = try Grammar.random(nonterminals: 3, words: 2, &cases)
    for words in [[], ["unknown"], ["w0", "unknown", "w1"]] {
      let sentence = Sentence(grammar, words)
      #expect(scaledLogEvidence(of: sentence).value == -.infinity)
      if let found = GrammarPosterior(scaled: sentence) {
        #expect(found == GrammarPosterior(of: sentence))
      }
    }
  }

  /// What has only even lengths: every other width has no weight to take a scale from.
  @Test func widthsThatCannotBe() throws {
    let grammar = try Grammar(
      start: "S",
      rules: [
        .init("S", .pair("A", "A"), 0.25), .init("S", .pair("S", "S"), 0.75),
        .init("A", .word("a"), 1),
      ])
    try expectAgreement(Sentence(grammar, Array(repeating: "a", count: 8)))
    let odd = Sentence(grammar, Array(repeating: "a", count: 7))
    #expect(scaledLogEvidence(of: odd).value == -.infinity)
  }

  /// Rules of 1e-200 are taken up by the constant of the rules.
  @Test func improbableRulesAlikeStayWithinRange() throws {
    let rare = 1e-200
    let grammar = try Grammar(
      start: "S", rules: [.init("S", .pair("S", "S"), rare), .init("S", .word("a"), 1 - rare)])
    let sentence = Sentence(grammar, Array(repeating: "a", count: 20))
    #expect(GrammarPosterior(scaled: sentence) != nil)
    try expectAgreement(sentence)
  }

  /// The only derivation has 1e-500 of what the words themselves could be.
  @Test func underflowIsNotTakenForZero() throws {
    let rare = 1e-250
    let grammar = try Grammar(
      start: "S",
      rules: [
        .init("S", .pair("A", "B"), 1), .init("A", .word("a"), rare), .init("A", .word("x"), 1),
        .init("B", .word("b"), rare), .init("B", .word("x"), 1), .init("C", .word("a"), 0.5),
        .init("C", .word("b"), 0.5),
      ])
    let sentence = Sentence(grammar, ["a", "b"])
    #expect(GrammarPosterior(scaled: sentence) == nil)
    #expect(abs(scaledLogEvidence(of: sentence).value - 2 * log(rare)) <= 1e-12)
  }

  /// Five hundred symbols with a rule each would make a table of 10^8 entries.
  @Test func sparseGrammarsAreLeftToTheReadableForm() throws {
    let names = (0..<500).map { "N\($0)" }
    var rules: [Grammar.Rule] = []
    for (index, name) in names.enumerated() {
      rules.append(.init(name, .pair("N0", names[(index + 1) % 500]), 0.5))
      rules.append(.init(name, .word("a"), 0.5))
    }
    let sentence = Sentence(try Grammar(start: "N0", rules: rules), ["a", "a", "a"])
    #expect(GrammarPosterior(scaled: sentence) == nil)
    // Left- and right-branching: two derivations of two binary rules and three words.
    #expect(abs(scaledLogEvidence(of: sentence).value - (log(2) + 5 * log(0.5))) <= 1e-14)
  }

  private func unevenGrammar(symbols: Int, _ sampler: inout Sampler) throws -> Grammar {
    var rules: [Grammar.Rule] = []
    for left in 0..<symbols {
      var rights: [Grammar.Right] = []
      for first in 0..<symbols {
        for second in 0..<symbols where try sampler.flip(0.6) {
          rights.append(.pair("N\(first)", "N\(second)"))
        }
      }
      for word in 0..<3 { rights.append(.word("w\(word)")) }
      let weights = rights.map { _ in exp(-12 * sampler.uniform()) }
      let total = weights.reduce(0, +)
      for (right, weight) in zip(rights, weights) {
        rules.append(.init("N\(left)", right, weight / total))
      }
    }
    return try Grammar(start: "N0", rules: rules)
  }

  /// A weight passes through n levels, each of which adds up n · N² terms.
  private func expectAgreement(_ sentence: Sentence) throws {
    let fast = try #require(GrammarPosterior(scaled: sentence))
    let slow = GrammarPosterior(of: sentence)
    let bound = fast.logEvidence.roundingBound + slow.logEvidence.roundingBound
    #expect(abs(fast.logEvidence.value - slow.logEvidence.value) <= bound)
    let alone = scaledLogEvidence(of: sentence)
    #expect(abs(alone.value - slow.logEvidence.value) <= bound)
    let (one, other) = (try #require(fast.expectedCounts), try #require(slow.expectedCounts))
    #expect(one.count == other.count)
    let uses = 2 * Double(sentence.words.count)
    #expect(zip(one, other).allSatisfy { abs($0 - $1) <= bound * uses })
  }
}
