import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// The inside recursion and the ways to get it wrong.
  static let inside: Exercise<any InsideRecursion, Sentence> = Exercise(
    .inside,
    answer: LibraryInside(),
    mistakes: [
      Mistake(
        "drops-the-last-split", "splits at i < k < j − 1: a half-open range taken one too short",
        ChangedInside(splits: { ($0 + 1)..<max($0 + 1, $1 - 1) })),
      Mistake(
        "keeps-only-the-last-split", "overwrites the span's weight at every k",
        ChangedInside(overwrites: true)),
      Mistake(
        "exchanges-the-children", "gives the left part to C and the right part to B",
        ChangedInside(exchangesChildren: true)),
      Mistake(
        "best-derivation", "keeps the best tree (Viterbi) in place of the sum of all trees",
        ChangedInside(combine: { max($0, $1) })),
      Mistake(
        "any-symbol-at-the-top", "sums over all nonterminals over the whole sentence",
        ChangedInside(anySymbolAtTheTop: true)),
      Mistake(
        "unknown-words-for-free", "a word without a rule gets weight one in place of zero",
        ChangedInside(unknownWord: 0)),
    ])
}

private struct LibraryInside: InsideRecursion {
  func logEvidence(_ sentence: Sentence) -> Double {
    GrammarPosterior(of: sentence).logEvidence.value
  }
}

/// The recursion with one of its parts exchanged.
private struct ChangedInside: InsideRecursion {
  var splits: @Sendable (_ start: Int, _ end: Int) -> Range<Int> = { ($0 + 1)..<$1 }
  var overwrites = false
  var exchangesChildren = false
  var combine: @Sendable (Double, Double) -> Double = { logAddExp($0, $1) }
  var anySymbolAtTheTop = false
  var unknownWord = -Double.infinity

  func logEvidence(_ sentence: Sentence) -> Double {
    let grammar = sentence.grammar
    let length = sentence.words.count
    let symbols = grammar.nonterminals.count
    let nothing = [Double](repeating: -.infinity, count: symbols)
    var table = Array(repeating: Array(repeating: nothing, count: length + 1), count: length + 1)
    for (place, word) in sentence.words.enumerated() {
      let rules = grammar.lexicalRules.filter { $0.word == word }
      for rule in rules { table[place][place + 1][rule.left] = rule.logProbability }
      if rules.isEmpty { table[place][place + 1] = nothing.map { _ in unknownWord } }
    }
    for width in stride(from: 2, through: length, by: 1) {
      for start in 0...(length - width) {
        let end = start + width
        for middle in splits(start, end) {
          if overwrites { table[start][end] = nothing }
          for rule in grammar.binaryRules {
            let (one, two) =
              exchangesChildren ? (rule.second, rule.first) : (rule.first, rule.second)
            let way = rule.logProbability + table[start][middle][one] + table[middle][end][two]
            table[start][end][rule.left] = combine(table[start][end][rule.left], way)
          }
        }
      }
    }
    let top = table[0][length]
    return anySymbolAtTheTop ? logSumExp(top) : top[grammar.startSymbol]
  }
}
