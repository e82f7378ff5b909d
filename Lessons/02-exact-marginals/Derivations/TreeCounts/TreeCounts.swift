import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// How many trees there are, and what it costs to sum them.
struct TreeCountFunctions: Sendable {
  /// The number of derivations of a sentence.
  var derivations: @Sendable (Sentence) -> Int = { derivationCount($0) ?? -1 }
  /// The number of binary bracketings of n words.
  var bracketings: @Sendable (_ words: Int) -> Int = { catalan($0 - 1) }
  /// What the inside recursion does.
  var work: @Sendable (Sentence) -> InsideWork = { InsideWork(of: $0) }
}

/// C_m = (2m)! / (m! (m + 1)!), by C_{m+1} = C_m · 2(2m + 1)/(m + 2).
func catalan(_ m: Int) -> Int {
  (0..<max(0, m)).reduce(1) { $0 * 2 * (2 * $1 + 1) / ($1 + 2) }
}

extension Page {
  /// Catalan's number counts shapes; labels multiply it.
  static let treeCounts: Exercise<TreeCountFunctions, Sentence> = Exercise(
    Sheet(
      id: "tree-counts", title: "How many trees, and at what price?", task: "", hints: [],
      example: .fourWords,
      draw: { cases in
        // Every rule of every symbol is there, and a single word that all symbols can make.
        let grammar = try Grammar.random(nonterminals: 2, words: 1, &cases)
        return Sentence(grammar, Array(repeating: "w0", count: try cases.integer(3...4)))
      },
      lines: [shapesAreCatalan, labelsMultiply, cubicSplits, grammarConstant]),
    answer: TreeCountFunctions(),
    mistakes: [
      Mistake(
        "counts-with-the-wrong-index", "C_n bracketings of n words in place of C_{n−1}",
        source: "E-071", TreeCountFunctions(bracketings: { catalan($0) })),
      Mistake(
        "counts-shapes-only", "takes a Catalan number for the number of derivations",
        source: "E-071", TreeCountFunctions(derivations: { catalan($0.words.count - 1) })),
      Mistake(
        "splits-at-the-ends-too", "lets a part of a split be empty: k from i to j",
        TreeCountFunctions(work: { sentence in
          var work = InsideWork(of: sentence)
          let n = sentence.words.count
          work.splits += n * (n - 1)
          return work
        })),
      Mistake(
        "leaves-out-the-grammar", "one operation a split, however many rules",
        TreeCountFunctions(work: { sentence in
          var work = InsideWork(of: sentence)
          work.combinations = work.splits
          return work
        })),
    ])

  private static let shapesAreCatalan: Line<TreeCountFunctions, Sentence> = Line(
    "shapes", "one symbol:  trees of n words = C_{n−1}",
    because: "a tree without labels is a bracketing of the words", claims: ["A-233"]
  ) { functions, sentence in
    let p = sentence.grammar.rules[0].probability
    let grammar = try Grammar(
      start: "S", rules: [.init("S", .pair("S", "S"), p), .init("S", .word("w0"), 1 - p)])
    let n = sentence.words.count
    let words = [String](repeating: "w0", count: n)
    return .equalCounts(
      functions.bracketings(n), Sentence(grammar, words).leftmostDerivations().count)
  }

  private static let labelsMultiply: Line<TreeCountFunctions, Sentence> = Line(
    "labels", "N symbols, all rules:  trees = C_{n−1} N^(2n−2) ≠ C_{n−1}",
    because: "of the 2n − 1 nodes all but the top choose among N symbols", claims: ["A-233"]
  ) { functions, sentence in
    let n = sentence.words.count
    let shapes = catalan(n - 1)
    let labels = (0..<(2 * n - 2)).reduce(1) { product, _ in
      product * sentence.grammar.nonterminals.count
    }
    return .different(
      Double(functions.derivations(sentence)), Double(shapes),
      by: Double(shapes * labels - shapes), atLeast: 1)
  }

  private static let cubicSplits: Line<TreeCountFunctions, Sentence> = Line(
    "cubic", "splits looked at = (n³ − n)/6",
    because: "n − w + 1 spans of width w, each with w − 1 places to split", claims: ["A-232"]
  ) { functions, sentence in
    let n = sentence.words.count
    return .equalCounts(functions.work(sentence).splits, (n * n * n - n) / 6)
  }

  private static let grammarConstant: Line<TreeCountFunctions, Sentence> = Line(
    "grammar-constant", "work = (n³ − n)/6 · N³ ≠ (n³ − n)/6",
    because: "every split is tried with every rule: “cubic” leaves out the grammar, and presumes "
      + "that its rules are binary",
    claims: ["A-232"]
  ) { functions, sentence in
    let n = sentence.words.count
    let splits = (n * n * n - n) / 6
    let symbols = sentence.grammar.nonterminals.count
    return .different(
      Double(functions.work(sentence).combinations), Double(splits),
      by: Double(splits * (symbols * symbols * symbols - 1)), atLeast: 1)
  }
}
