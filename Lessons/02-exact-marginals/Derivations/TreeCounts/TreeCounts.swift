import Exact
import LessonKit
import Models

extension TreeCountsDerivation {
  /// The library's counts, and the ways to get them wrong.
  static let derivation = Derivation<Parts, Sentence>(
    id: "tree-counts",
    title: "How many trees, and at what price?",
    example: .fourWords,
    draw: { try random(&$0) },
    checks: checks,
    answer: Parts(
      derivations: { derivationCount($0) ?? -1 },
      bracketings: { catalan($0 - 1) },
      work: { InsideWork(of: $0) },
      splits: { words, symbols in
        (1...words).reduce(0) { total, width in
          total + (words - width + 1) * splitCount(width: width, parts: symbols)
        }
      }),
    mistakes: mistakes)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "counts-with-the-wrong-index", "C_n bracketings of n words in place of C_{n−1}",
      source: "E-071", \.bracketings
    ) { catalan($0) },
    Mistake(
      "counts-shapes-only", "takes a Catalan number for the number of derivations",
      source: "E-071", \.derivations
    ) { catalan($0.words.count - 1) },
    Mistake(
      "splits-at-the-ends-too", "lets a part of a split be empty: k from i to j", \.work
    ) { sentence in
      var work = InsideWork(of: sentence)
      let n = sentence.words.count
      work.splits += n * (n - 1)
      return work
    },
    Mistake(
      "adds-up-tree-by-tree", "n − 1 splits for each of the C_{n−1} trees: nothing is shared",
      \.work
    ) { sentence in
      var work = InsideWork(of: sentence)
      let n = sentence.words.count
      work.splits = (n - 1) * catalan(n - 1)
      return work
    },
    Mistake(
      "cubic-whatever-the-rules", "takes every rule for one of two symbols", \.splits
    ) { words, _ in (words * words * words - words) / 6 },
    Mistake("leaves-out-the-grammar", "one operation a split, however many rules", \.work) {
      sentence in
      var work = InsideWork(of: sentence)
      work.combinations = work.splits
      return work
    },
  ]

  /// In how many ways a span of some width falls into parts, none of them empty.
  private static func splitCount(width: Int, parts: Int) -> Int {
    guard parts > 1 else { return width > 0 ? 1 : 0 }
    return (1..<max(width, 1) + 1).filter { $0 < width }.reduce(0) { total, first in
      total + splitCount(width: width - first, parts: parts - 1)
    }
  }
}
