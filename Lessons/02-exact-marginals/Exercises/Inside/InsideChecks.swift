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
    isTheSumOverDerivations, oneWord, twoWords, onlyOneTree, whatCannotBeSaid,
  ]

  static let isTheSumOverDerivations = Check(
    "sum-over-derivations", "log p(x) = log Σ_trees Π_rules p(rule)",
    because: "every tree has one rule at its top and one split below it",
    claims: ["A-232"]
  ) { parts, sentence in
    .equal(parts.logEvidence(sentence), GrammarPosterior.enumerated(of: sentence).logEvidence)
  }

  static let oneWord = Check(
    "one-word", "n = 1:  p(x) = p(S → x)",
    because: "a single word takes a single rule"
  ) { parts, sentence in
    let (grammar, word) = (sentence.grammar, sentence.words[0])
    return .equal(
      exp(parts.logEvidence(Sentence(grammar, [word]))),
      probability(grammar, grammar.startSymbol, makes: word))
  }

  static let twoWords = Check(
    "two-words", "n = 2:  p(x) = Σ_{BC} p(S → B C) p(B → x_1) p(C → x_2)",
    because: "there is one place to split"
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
    because: "where there is a single tree, the sum has a single term"
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
    "what-cannot-be-said", "a word that no rule makes:  p(x) = 0",
    because: "a sum over no trees is zero, and its logarithm −∞"
  ) { parts, sentence in
    let words = sentence.words.dropLast() + ["unheard"]
    return .equal(
      exp(parts.logEvidence(Sentence(sentence.grammar, Array(words)))), 0.0,
      rounding: .of(size: 1, because: "probabilities have the size of 1, though both sides are 0"))
  }

  /// p(symbol → word), 0 without such a rule.
  private static func probability(
    _ grammar: Grammar, _ symbol: Int, makes word: String
  ) -> ExactValue {
    grammar.lexicalRules.filter { $0.left == symbol && $0.word == word }
      .sum { ExactValue($0.logProbability).exponential }
  }
}
