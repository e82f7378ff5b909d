import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Grammars with unary rules: chains in closed form") struct UnaryRuleTests {
  /// Two to three symbols with all rules, unary ones that may come back included; a sentence of one to three words.
  static func sentence(_ stream: Int, cyclic: Bool) throws -> Sentence {
    var cases = try Cases(seed: 61, stream: UInt64(stream))
    let names = (0..<(try cases.integer(2...3))).map { "N\($0)" }
    var rules: [Grammar.Rule] = []
    for (place, left) in names.enumerated() {
      var rights: [Grammar.Right] = [.word("w0"), .word("w1")]
      for first in names { for second in names { rights.append(.pair(first, second)) } }
      for (other, only) in names.enumerated() where cyclic || (other == place + 1) {
        rights.append(.unary(only))
      }
      // A nought here and there: a rule that is never used has a slope as well.
      var law = try cases.simplex(rights.count)
      for index in law.indices where try cases.flip(0.1) { law[index] = 0 }
      let total = law.reduce(0, +)
      guard total > 0 else { continue }
      rules += zip(rights, law).map { .init(left, $0, $1 / total) }
    }
    let words = try (0..<(try cases.integer(1...3))).map { _ in
      "w\(try cases.choose(below: 2))"
    }
    return Sentence(try Grammar(start: names[0], rules: rules, allowsDeadEnds: true), words)
  }

  /// The same sentence with chains multiplied into pairs and leaves: (Σ_k U^k) P, term by term in plain doubles.
  static func multipliedOut(_ sentence: Sentence) -> DerivationPotentials {
    let grammar = sentence.grammar
    let symbols = grammar.nonterminals.indices
    var steps = symbols.map { _ in symbols.map { _ in 0.0 } }
    for rule in grammar.unaryRules { steps[rule.left][rule.only] += exp(rule.logProbability) }
    var power = symbols.map { i in symbols.map { $0 == i ? 1.0 : 0 } }
    var chains = power
    while power.joined().contains(where: { $0 > 1e-18 }) {
      power = power.map { row in
        symbols.map { j in symbols.reduce(0) { $0 + row[$1] * steps[$1][j] } }
      }
      for i in symbols { for j in symbols { chains[i][j] += power[i][j] } }
    }
    let pairs = symbols.flatMap { left in
      grammar.binaryRules.map { rule in
        DerivationPotentials.Pair(
          left: left, first: rule.first, second: rule.second,
          logWeight: log(chains[left][rule.left]) + rule.logProbability)
      }
    }
    let leaves = symbols.flatMap { left in
      sentence.lexicalUses.map { use in
        DerivationPotentials.Leaf(
          symbol: left, place: use.place,
          logWeight: log(chains[left][use.rule.left]) + use.rule.logProbability)
      }
    }
    return DerivationPotentials(
      symbolCount: symbols.count, start: grammar.startSymbol, length: sentence.words.count,
      pairs: pairs, leaves: leaves)
  }

  // Catches: chains over one word or over the whole sentence left out, the closure transposed.
  @Test("The evidence is that of the grammar with its chains multiplied out", arguments: 0..<60)
  func evidence(stream: Int) throws {
    let sentence = try Self.sentence(stream, cyclic: true)
    let expected = Self.multipliedOut(sentence).logPartition
    let found = GrammarPosterior(of: sentence).logEvidence
    #expect(
      found.value == expected
        || abs(found.value - expected) <= 1e-12 * max(1, abs(expected)) + found.roundingBound)
  }

  // Catches: a unary rule that the list of derivations does not try, or counts of the chart without chains.
  @Test("Without cycles, evidence and counts are the sums over all derivations", arguments: 0..<60)
  func listed(stream: Int) throws {
    let sentence = try Self.sentence(stream, cyclic: false)
    let (chart, list) = (GrammarPosterior(of: sentence), GrammarPosterior.enumerated(of: sentence))
    #expect((chart.expectedCounts == nil) == (list.expectedCounts == nil))
    for (a, b) in zip(GrammarTests.numbers(chart), GrammarTests.numbers(list)) where a != b {
      #expect(abs(a - b) <= 1e-12 * max(1, abs(b)))
    }
    let derivations = sentence.leftmostDerivations()
    #expect(derivationCount(sentence) == derivations.count)
    #expect(Set(derivations).count == derivations.count)
  }

  // Catches: a kernel that is asked although it knows no chains.
  @Test("The fast sum leaves unary rules to the readable one")
  func kernel() throws {
    let sentence = try Self.sentence(1, cyclic: true)
    #expect(GrammarPosterior(scaled: sentence) == nil)
    #expect(GrammarPosterior.differentiatedCounts(of: sentence) == nil)
    #expect(DerivationSum(sentence, budget: .max) { _ in } == nil)
    #expect(scaledLogEvidence(of: sentence) == GrammarPosterior(of: sentence).logEvidence)
  }

  // Catches: a spectral radius of one or nearly that is not seen, because no single rule is that probable.
  @Test("Chains that do not end are refused, with the rule that begins them")
  func endless() throws {
    func refusal(_ rest: Double) -> String {
      do {
        _ = try Grammar(
          start: "S",
          rules: [
            .init("S", .word("a"), 1), .init("A", .unary("B"), 1 - rest),
            .init("A", .word("a"), rest), .init("B", .unary("A"), 1),
          ])
        return ""
      } catch { return "\(error)" }
    }
    #expect(
      refusal(0)
        == "rules[3]: expected chains of unary rules that end (a spectral radius below 1), found some that "
        + "lead from \"B\" back to it with probability 1.0")
    #expect(refusal(1e-6).hasPrefix("rules[3]: expected chains"))
    #expect(refusal(1e-4) == "")
  }

  // Catches: a way back by way of a symbol of which the ways back to itself are not counted.
  @Test("A chain that stays at a symbol on its way does not end either") func detour() throws {
    func grammar(_ back: Double) throws -> Grammar {
      try Grammar(
        start: "S",
        rules: [
          .init("S", .word("a"), 1), .init("A", .unary("A"), 0.5), .init("A", .unary("B"), 0.5),
          .init("B", .unary("A"), back), .init("B", .word("a"), 1 - back),
        ])
    }
    // 0.5 / (1 − 0.5) of what B gives to A comes back.
    #expect(throws: ModelError.self) { try grammar(1) }
    #expect(throws: Never.self) { try grammar(0.99) }
  }

  // Catches: brute force that lists derivations without an end, or calls a part of them all.
  @Test("Brute force refuses unary rules that come back, by name")
  func cyclic() throws {
    let sentence = Sentence(
      try Grammar(
        start: "S",
        rules: [
          .init("S", .unary("A"), 0.5), .init("S", .word("a"), 0.5), .init("A", .unary("S"), 0.5),
          .init("A", .word("a"), 0.5),
        ]), ["a"])
    #expect(sentence.grammar.cyclicSymbol == "S")
    #expect(throws: ExactRefusal.self) {
      try ExactAnswers(of: [sentence], ExactRequest(route: .bruteForce))
    }
    // ½ + ½ ½ + ¼ (the same): 3/4 / (1 − 1/4) = 1.
    let found = try ExactAnswers<GrammarPosterior>(of: [sentence]).posteriors[0]
    #expect(abs(found.logEvidence.value) <= found.logEvidence.roundingBound)
    // S is passed 4/3 times, half of them on to A.
    let counts = try #require(found.expectedCounts)
    for (count, expected) in zip(counts, [2.0 / 3, 2.0 / 3, 1.0 / 3, 1.0 / 3]) {
      #expect(abs(count - expected) <= 1e-14)
    }
  }

  // Catches: the rounding of chains that come back often, taken for that of chains that do not.
  @Test("Chains that go round a thousand times have the rounding of so many")
  func rounding() throws {
    for odd in stride(from: 1, to: 200, by: 2) {
      // From A the word comes sooner or later: ½ (A goes on to B) and rest (B stops), again and again.
      let rest = Double(1000 + odd) * 0x1p-22
      let grammar = try Grammar(
        start: "A",
        rules: [
          .init("A", .unary("A"), 0.5), .init("A", .unary("B"), 0.5),
          .init("B", .unary("A"), 1 - rest), .init("B", .word("b"), rest),
        ])
      let found = GrammarPosterior(of: Sentence(grammar, ["b"])).logEvidence
      #expect(abs(found.value) <= found.roundingBound, "\(rest)")
      #expect(found.roundingBound < 1e-9)
    }
  }

  // Catches: sentences of which derivations with chains are as deep as those that are too deep without.
  @Test("Derivations are written out for sentences that are shorter the longer chains may be")
  func longest() throws {
    let grammar = try Grammar(
      start: "S",
      rules: [
        .init("S", .pair("A", "S"), 0.5), .init("S", .unary("A"), 0.25),
        .init("S", .word("a"), 0.25), .init("A", .unary("B"), 0.5), .init("A", .word("b"), 0.5),
        .init("B", .word("b"), 1),
      ])
    // Chains of S, A and B: 500 / 3 words.
    for words in [167, 500, 501] {
      let sentence = Sentence(grammar, Array(repeating: "b", count: words))
      #expect(
        throws: ExactRefusal.unfit(
          "observations[0]", "\(words) words, derivations one by one are for at most 166",
          instead: .structured, "has no such limit")
      ) { try ExactAnswers(of: [sentence], ExactRequest(route: .bruteForce)) }
    }
    let word = Sentence(grammar, Array(repeating: "a", count: 166))
    #expect(
      try ExactAnswers(of: [word], ExactRequest(route: .bruteForce)).logEvidence == [-.infinity])
  }

  @Test("Trees with unary rules are drawn, spelt and refused like others")
  func trees() throws {
    let grammar = try Grammar(
      start: "S", rules: [.init("S", .unary("A"), 1), .init("A", .word("a"), 1)])
    let good = DerivationTree.unary(rule: 0, .word(rule: 1))
    #expect(try grammar.yield(of: good) == ["a"])
    #expect(good.rules == [0, 1])
    #expect(throws: ModelError.self) { try grammar.yield(of: .word(rule: 0)) }
    #expect(throws: ModelError.self) { try grammar.yield(of: .unary(rule: 1, good)) }
    #expect(throws: ModelError.self) { try grammar.yield(of: .unary(rule: 0, good)) }
    var cases = try Cases(seed: 1, stream: 0)
    #expect(try grammar.sample(&cases) == good)
  }
}
