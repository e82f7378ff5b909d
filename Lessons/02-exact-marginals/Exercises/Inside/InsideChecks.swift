import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// The signature of exercise `inside`: the evidence of a sentence under a grammar.
protocol InsideRecursion: Sendable {
  /// log p(words), summed over all derivations; −∞ without one.
  func logEvidence(_ sentence: Sentence) -> Double
}

extension Sheet where Subject == any InsideRecursion, Model == Sentence {
  /// Write the inside recursion.
  static let inside = Sheet(
    id: "inside",
    title: "All trees, one span at a time",
    task: """
      Write the log probability of a sentence under a grammar in Chomsky normal form, summed over \
      all derivation trees from the start symbol. The number of trees grows exponentially with \
      the length; the number of spans only with its square. `grammar.binaryRules` and \
      `grammar.lexicalRules` have their symbols as numbers below `grammar.nonterminals.count`.
      """,
    hints: [
      "Keep one number for every span (i, j) and nonterminal A: the weight of the trees of A over it.",
      "A span of one word has only lexical rules: inside(A, i, i+1) = log p(A → word_i).",
      "A longer span is split at every k strictly inside it, by every rule A → B C.",
      "inside(A, i, j) = log Σ_k Σ_{A→BC} exp(log p + inside(B, i, k) + inside(C, k, j)); "
        + "go from short spans to long ones, and read off the start symbol over the whole sentence.",
    ],
    example: .fourWords,
    draw: { cases in try .random(lengths: 1...3, &cases) },
    lines: [
      isTheSumOverDerivations, oneWord, twoWords, onlyOneTree, whatCannotBeSaid,
    ])

  static var isTheSumOverDerivations: Line<any InsideRecursion, Sentence> {
    Line(
      "sum-over-derivations", "log p(x) = log Σ_trees Π_rules p(rule)",
      because: "every tree has one rule at its top and one split below it",
      claims: ["A-232"]
    ) { recursion, sentence in
      let trees = GrammarPosterior.enumerated(of: sentence)
      return .equal(recursion.logEvidence(sentence), trees.logEvidence.value, magnitude: 20)
    }
  }

  static var oneWord: Line<any InsideRecursion, Sentence> {
    Line(
      "one-word", "n = 1:  p(x) = p(S → x)",
      because: "a single word takes a single rule"
    ) { recursion, sentence in
      let word = sentence.words[0]
      let rule = sentence.grammar.lexicalRules.first {
        $0.left == sentence.grammar.startSymbol && $0.word == word
      }
      let single = Sentence(sentence.grammar, [word])
      return .equal(
        exp(recursion.logEvidence(single)), exp(rule?.logProbability ?? -.infinity), magnitude: 1)
    }
  }

  static var twoWords: Line<any InsideRecursion, Sentence> {
    Line(
      "two-words", "n = 2:  p(x) = Σ_{BC} p(S → B C) p(B → x_1) p(C → x_2)",
      because: "there is one place to split"
    ) { recursion, sentence in
      let grammar = sentence.grammar
      let words = [sentence.words[0], "w1"]
      func lexical(_ symbol: Int, _ word: String) -> Double {
        grammar.lexicalRules.first { $0.left == symbol && $0.word == word }
          .map { exp($0.logProbability) } ?? 0
      }
      let total = grammar.binaryRules.reduce(0) { total, rule in
        guard rule.left == grammar.startSymbol else { return total }
        return total + exp(rule.logProbability) * lexical(rule.first, words[0])
          * lexical(rule.second, words[1])
      }
      return .equal(exp(recursion.logEvidence(Sentence(grammar, words))), total)
    }
  }

  static var onlyOneTree: Line<any InsideRecursion, Sentence> {
    Line(
      "only-one-tree", "S → A S (p) | b (1 − p),  A → a:   p(a a a b) = p³ (1 − p)",
      because: "where there is a single tree, the sum has a single term"
    ) { recursion, sentence in
      let p = sentence.grammar.rules[0].probability
      let grammar = try Grammar(
        start: "S",
        rules: [
          .init("S", .pair("A", "S"), p), .init("S", .word("b"), 1 - p), .init("A", .word("a"), 1),
        ])
      let found = recursion.logEvidence(Sentence(grammar, ["a", "a", "a", "b"]))
      return .equal(found, 3 * log(p) + log(1 - p), magnitude: 10)
    }
  }

  static var whatCannotBeSaid: Line<any InsideRecursion, Sentence> {
    Line(
      "what-cannot-be-said", "a word that no rule makes:  p(x) = 0",
      because: "a sum over no trees is zero, and its logarithm −∞"
    ) { recursion, sentence in
      let words = sentence.words.dropLast() + ["unheard"]
      return .equal(
        exp(recursion.logEvidence(Sentence(sentence.grammar, Array(words)))), 0, magnitude: 1)
    }
  }
}
