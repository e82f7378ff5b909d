import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `inside`: the evidence of a sentence under a grammar.
enum InsideExercise {
  /// What is written.
  struct Parts: Sendable {
    /// log p(words), summed over all derivations; −∞ without one.
    var logEvidence: @Sendable (Sentence) -> Double
  }

  typealias Check = LessonKit.Check<Parts, Sentence>

  static let checks: [Check] = [
    isTheSumOverDerivations, splitAtTheTop, oneWord, twoWords, onlyOneTree, whatCannotBeSaid,
  ]

  static let isTheSumOverDerivations = Check(
    "sum-over-derivations", "log p(x) = log Σ_trees Π_rules p(rule)",
    because: "one tree it was, and a tree is a product of its rules",
    claims: ["A-232", "A-241"],
    as: .step
  ) { parts, sentence in
    .equal(parts.logEvidence(sentence), GrammarPosterior.enumerated(of: sentence).logEvidence)
  }

  /// A sentence of one word, which has no split, is said twice.
  static let splitAtTheTop = Check(
    "split-at-the-top",
    "log Σ_trees Π_rules p(rule) = log Σ_h Σ_{S→B C} p(S → B C) inside(B, 0, h) inside(C, h, n)",
    because: "one rule S → B C at the top, and one place h to split", as: .step
  ) { parts, sentence in
    let grammar = sentence.grammar
    let words = sentence.words.count > 1 ? sentence.words : sentence.words + sentence.words
    func inside(_ symbol: Int, _ span: Range<Int>) throws -> Double {
      let from = try Grammar(start: grammar.nonterminals[symbol], rules: grammar.rules)
      return parts.logEvidence(Sentence(from, Array(words[span])))
    }
    let splits = try (1..<words.count).flatMap { k in
      try grammar.binaryRules.filter { $0.left == grammar.startSymbol }.map { rule in
        try rule.logProbability + inside(rule.first, 0..<k) + inside(rule.second, k..<words.count)
      }
    }
    let trees = GrammarPosterior.enumerated(of: Sentence(grammar, words))
    return .equal(trees.logEvidence, logSumExp(splits))
  }

  static let oneWord = Check(
    "one-word", "n = 1:  p(x) = p(S → x)",
    because: "a single word takes a single rule",
    as: .specialCase,
    changing: { problem in [Given("x", words: problem.words[0])] }
  ) { parts, sentence in
    let (grammar, word) = (sentence.grammar, sentence.words[0])
    return .equal(
      exp(parts.logEvidence(Sentence(grammar, [word]))),
      probability(grammar, grammar.startSymbol, makes: word))
  }

  static let twoWords = Check(
    "two-words", "n = 2:  p(x) = Σ_{BC} p(S → B C) p(B → x_1) p(C → x_2)",
    because: "there is one place to split",
    as: .specialCase,
    changing: { problem in [Given("x", words: problem.words[0] + " w1")] }
  ) { parts, sentence in
    let grammar = sentence.grammar
    let words = [sentence.words[0], "w1"]
    let total = grammar.binaryRules.filter { $0.left == grammar.startSymbol }.sum { rule in
      ExactValue(rule.logProbability).exponential
        * probability(grammar, rule.first, makes: words[0])
        * probability(grammar, rule.second, makes: words[1])
    }
    return .equal(exp(parts.logEvidence(Sentence(grammar, words))), total)
  }

  static let onlyOneTree = Check(
    "only-one-tree", "S → A S (p) | b (1 − p),  A → a:   p(a a a b) = p³ (1 − p)",
    because: "where there is a single tree, the sum has a single term",
    as: .specialCase
  ) { parts, sentence in
    let p = sentence.grammar.rules[0].probability
    let grammar = try Grammar(
      start: "S",
      rules: [
        .init("S", .pair("A", "S"), p), .init("S", .word("b"), 1 - p), .init("A", .word("a"), 1),
      ])
    let (again, stop) = (ExactValue(p), 1 - ExactValue(p))
    return .equal(
      parts.logEvidence(Sentence(grammar, ["a", "a", "a", "b"])),
      (again * again * again * stop).logarithm)
  }

  static let whatCannotBeSaid = Check(
    "what-cannot-be-said", "a word that no rule makes:  log p(x) = −∞",
    because: "a sum over no trees is zero, and its logarithm −∞",
    as: .specialCase
  ) { parts, sentence in
    let words = sentence.words.dropLast() + ["unheard"]
    return .equal(parts.logEvidence(Sentence(sentence.grammar, Array(words))), -.infinity)
  }

  /// p(symbol → word), 0 without such a rule.
  private static func probability(
    _ grammar: Grammar, _ symbol: Int, makes word: String
  ) -> ExactValue {
    grammar.lexicalRules.filter { $0.left == symbol && $0.word == word }
      .sum { ExactValue($0.logProbability).exponential }
  }
}
