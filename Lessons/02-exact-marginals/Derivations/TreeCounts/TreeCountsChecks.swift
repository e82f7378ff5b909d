import Exact
import LessonKit
import Models
import Probability
import Verification

/// Derivation `tree-counts`: Catalan's number counts shapes; labels multiply it.
enum TreeCountsDerivation {
  /// How many trees there are, and what it costs to sum them.
  struct Parts: Sendable {
    /// The number of derivations of a sentence.
    var derivations: @Sendable (Sentence) -> Int
    /// The number of binary bracketings of n words.
    var bracketings: @Sendable (_ words: Int) -> Int
    /// What the inside recursion does.
    var work: @Sendable (Sentence) -> InsideWork
    /// How many ways it looks at to split spans of n words into as many parts as a rule has symbols.
    var splits: @Sendable (_ words: Int, _ symbols: Int) -> Int
  }

  typealias Check = LessonKit.Check<Parts, Sentence>

  static let checks: [Check] = [
    shapesAreCatalan, labelsMultiply, cubicSplits, grammarConstant, threeSymbols,
  ]

  static let shapesAreCatalan = Check(
    "shapes", "one symbol:  trees of n words = C_{n−1}",
    because: "a tree without labels is a bracketing of the words", claims: ["A-233"],
    as: .consequence
  ) { parts, sentence in
    let p = sentence.grammar.rules[0].probability
    let grammar = try Grammar(
      start: "S", rules: [.init("S", .pair("S", "S"), p), .init("S", .word("w0"), 1 - p)])
    let n = sentence.words.count
    let words = [String](repeating: "w0", count: n)
    return .equalCounts(
      parts.bracketings(n), Sentence(grammar, words).leftmostDerivations().count)
  }

  static let labelsMultiply = Check(
    "labels", "N symbols, all rules:  trees = C_{n−1} N^(2n−2) ≠ C_{n−1}",
    because: "of the 2n − 1 nodes all but the top choose among N symbols",
    claims: [.against("A-233")],
    as: .consequence
  ) { parts, sentence in
    let n = sentence.words.count
    let shapes = catalan(n - 1)
    let labels = (0..<(2 * n - 2)).reduce(1) { product, _ in
      product * sentence.grammar.nonterminals.count
    }
    return .different(
      Double(parts.derivations(sentence)), Double(shapes), by: Double(shapes * labels - shapes),
      atLeast: 1)
  }

  static let cubicSplits = Check(
    "cubic", "splits looked at = (n³ − n)/6",
    because: "n − w + 1 spans of width w, each with w − 1 places to split", claims: ["A-232"],
    as: .consequence
  ) { parts, sentence in
    let n = sentence.words.count
    return .equalCounts(parts.work(sentence).splits, (n * n * n - n) / 6)
  }

  static let grammarConstant = Check(
    "grammar-constant", "work = (n³ − n)/6 · N³ ≠ (n³ − n)/6",
    because: "every split is tried with every rule: “cubic” leaves out the grammar, and presumes "
      + "that its rules are binary",
    claims: [.against("A-232")],
    as: .aside
  ) { parts, sentence in
    let n = sentence.words.count
    let splits = (n * n * n - n) / 6
    let symbols = sentence.grammar.nonterminals.count
    return .different(
      Double(parts.work(sentence).combinations), Double(splits),
      by: Double(splits * (symbols * symbols * symbols - 1)), atLeast: 1)
  }

  static let threeSymbols = Check(
    "rules-of-three", "rules of three symbols:  splits of 8 words = (9·8·7·6)/24 ≠ (8³ − 8)/6",
    because: "a span has two inner ends to choose: one power of n more for every further symbol",
    claims: [.against("A-232")], as: .aside
  ) { parts, _ in
    .different(Double(parts.splits(8, 3)), Double((512 - 8) / 6), by: 126.0 - 84, atLeast: 1)
  }

  /// Every rule of every symbol is there, and a single word that all symbols can make.
  static func random(_ cases: inout Cases) throws -> Sentence {
    let grammar = try Grammar.random(nonterminals: 2, words: 1, &cases)
    return Sentence(grammar, Array(repeating: "w0", count: try cases.integer(3...4)))
  }
}
