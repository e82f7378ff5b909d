import Models

/// What the leftmost open symbol of a derivation may become, for a sentence of n words.
///
/// Every open symbol makes at least one word: with d open symbols and r words to come a
/// pair needs d < r, and a word needs another open symbol to follow unless it is the last. Whatever else
/// the grammar allows comes to nothing and is not tried.
struct LeftmostSteps {
  /// A rule for two symbols.
  struct Pair {
    let rule: Int
    let first: Int
    let second: Int
    let probability: Double
  }

  /// A rule for the word at one place; at most one for each symbol, as a grammar's rules are distinct.
  struct Word {
    /// Nil where the symbol cannot become the word.
    let rule: Int?
    let probability: Double
  }

  /// The number of words, n.
  let length: Int
  /// The rules that make pairs, those of a symbol side by side.
  let pairs: [Pair]
  private let pairRanges: [Range<Int>]
  /// The unary rules of each symbol.
  let unaries: [[Grammar.UnaryRule]]
  /// The rules that make words: the place of symbol s and position i is s n + i.
  let words: [Word]

  init(of sentence: Sentence) {
    let grammar = sentence.grammar
    length = sentence.words.count
    var pairs: [Pair] = []
    pairRanges = grammar.nonterminals.indices.map { symbol in
      let start = pairs.count
      for rule in grammar.binaryRules where rule.left == symbol {
        pairs.append(
          Pair(
            rule: rule.rule, first: rule.first, second: rule.second, probability: rule.probability))
      }
      return start..<pairs.count
    }
    self.pairs = pairs
    unaries = grammar.nonterminals.indices.map { symbol in
      grammar.unaryRules.filter { $0.left == symbol }
    }
    words = grammar.nonterminals.indices.flatMap { symbol in
      let own = grammar.lexicalRules.filter { $0.left == symbol }
      return sentence.words.map { word in
        let rule = own.first { $0.word == word }
        return Word(rule: rule?.rule, probability: rule?.probability ?? 0)
      }
    }
  }

  /// The pairs that the leftmost of so many open symbols may become, as places in ``pairs``.
  func pairs(of symbol: Int, position: Int, open: Int) -> Range<Int> {
    open < length - position ? pairRanges[symbol] : 0..<0
  }

  /// Whether the leftmost of so many open symbols may become the word at a position.
  func mayEnd(position: Int, open: Int) -> Bool {
    position < length && (open > 1) != (position + 1 == length)
  }
}
