import Exact
import GSL
import LessonKit
import Models
import Probability

extension InsideExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, Sentence>(
    id: "inside",
    title: "All trees, one span at a time",
    task: """
      Write `log_evidence`, the log probability of a sentence under a grammar in Chomsky normal form, \
      summed over all derivation trees from the start symbol. The number of trees grows exponentially with \
      the length; the number of spans only with its square. Rules are A → B C or A → word; symbols and words are \
      numbers.
      """,
    hints: [
      "Keep one number for every span (i, j) and nonterminal A: the weight of the trees of A over it.",
      "A span of one word has only lexical rules: inside(A, i, i+1) = log p(A → word_i).",
      "A longer span is split at every k strictly inside it, by every rule A → B C.",
      "inside(A, i, j) = log Σ_h Σ_{A→BC} exp(log p + inside(B, i, h) + inside(C, h, j)); "
        + "go from short spans to long ones, and read off the start symbol over the whole sentence.",
    ],
    example: .fourWords,
    draw: { try .random(lengths: 1...3, &$0) },
    checks: checks,
    answer: Parts(logEvidence: { GrammarPosterior(of: $0).logEvidence.value }),
    mistakes: mistakes, handin: handin)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "drops-the-last-split", "splits at i < k < j − 1: a half-open range taken one too short",
      \.logEvidence
    ) { sentence in
      logEvidence(sentence) { middle, end in middle < end - 1 }
    },
    Mistake(
      "keeps-only-the-last-split", "overwrites the span's weight at every k", \.logEvidence
    ) { sentence in
      logEvidence(sentence) { middle, end in middle == end - 1 }
    },
    Mistake(
      "exchanges-the-children", "gives the left part to C and the right part to B", \.logEvidence,
      // Every tree is mirrored, and with it the sentence that it spells.
      from: { right in { right(Sentence($0.grammar, $0.words.reversed())) } }),
    Mistake(
      "best-derivation", "keeps the best tree (Viterbi) in place of the sum of all trees",
      \.logEvidence
    ) { $0.potentials.total { LogMax(logWeight: $1) }.log },
    Mistake(
      "any-symbol-at-the-top", "sums over all nonterminals over the whole sentence", \.logEvidence
    ) { sentence in
      let table = sentence.potentials.inside { LogSum(logWeight: $1) }
      let symbols = 0..<sentence.grammar.nonterminals.count
      return LogSum.sum(over: symbols) { table[$0, 0, sentence.words.count] }.log
    },
    Mistake(
      "unknown-words-for-free", "a word without a rule gets weight one in place of zero",
      \.logEvidence, unknownWordsForFree),
  ]

  /// The recursion over some of the splits.
  private static func logEvidence(
    _ sentence: Sentence, where isSeen: (_ middle: Int, _ end: Int) -> Bool
  ) -> Double {
    sentence.potentials.total { part, logWeight in
      guard case .pair(_, _, let middle, let end) = part, !isSeen(middle, end) else {
        return LogSum(logWeight: logWeight)
      }
      return .zero
    }.log
  }

  @Sendable private static func unknownWordsForFree(_ sentence: Sentence) -> Double {
    let right = sentence.potentials
    let unknown = sentence.words.indices.filter { sentence.wordNumbers[$0] == nil }
    let free = unknown.flatMap { place in
      (0..<right.symbolCount).map {
        DerivationPotentials.Leaf(symbol: $0, place: place, logWeight: 0)
      }
    }
    return DerivationPotentials(
      symbolCount: right.symbolCount, start: right.start, length: right.length, pairs: right.pairs,
      leaves: right.leaves + free
    ).logPartition
  }
}
