public import Probability

/// A grammar with one sentence observed.
public struct Sentence: Sendable, Equatable {
  /// The grammar.
  public let grammar: Grammar
  /// The words; they may be unknown to the grammar, or none.
  public let words: [String]
  /// The numbers of the words among ``Grammar/words``; nil for an unknown word.
  public let wordNumbers: [Int?]

  /// A grammar and a sentence.
  public init(_ grammar: Grammar, _ words: [String]) {
    self.grammar = grammar
    self.words = words
    wordNumbers = words.map { grammar.wordNumbers[$0] }
  }
}

extension Sentence {
  /// The derivations of the sentence, weighted by the rules' probabilities: their sum is the evidence.
  ///
  /// The pairs are ``Grammar/binaryRules``, the unaries ``Grammar/unaryRules``. The leaves are, rule after rule of ``Grammar/lexicalRules``, the
  /// places of its word.
  public var potentials: DerivationPotentials {
    DerivationPotentials(
      symbolCount: grammar.nonterminals.count, start: grammar.startSymbol, length: words.count,
      pairs: grammar.binaryRules.map {
        DerivationPotentials.Pair(
          left: $0.left, first: $0.first, second: $0.second, logWeight: $0.logProbability)
      },
      leaves: lexicalUses.map {
        DerivationPotentials.Leaf(
          symbol: $0.rule.left, place: $0.place, logWeight: $0.rule.logProbability)
      },
      unaries: grammar.unaryRules.map {
        DerivationPotentials.Unary(left: $0.left, only: $0.only, logWeight: $0.logProbability)
      })
  }

  /// The lexical rules that may make each word, in the order of the leaves of ``potentials``.
  package var lexicalUses: [(rule: Grammar.LexicalRule, place: Int)] {
    grammar.lexicalRules.flatMap { rule in
      words.indices.filter { words[$0] == rule.word }.map { (rule, $0) }
    }
  }
}
