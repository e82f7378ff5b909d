import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// What is read about grammars, in order.
  static let grammarBlocks: [Block] = [
    .heading("Grammars: exponentially many trees, one chart"),
    .prose(
      """
      “She saw the man with a telescope.” Who has the telescope? A grammar need not decide: it \
      gives both trees a probability and adds them up. Four words have 5 bracketings, twelve \
      have 58 786, and each bracketing can be labelled in as many ways as there are symbols for \
      its nodes. The inside recursion visits none of them. It keeps one number for every span \
      and symbol, because trees that agree on a span and its label fit the same surroundings:

          inside(A, i, j) = Σ_k Σ_{A→BC} p(A → B C) inside(B, i, k) inside(C, k, j)
      """),
    .table { _ in try telescopeTable() },
    .exercise(inside),
    .prose(
      """
      How many trees is “a Catalan number”? C_{n−1} counts shapes, for n words. Labels multiply it, \
      and rules that rewrite one symbol to one symbol, in a cycle, make it infinite. “Cubic time” \
      likewise leaves something out: each of the (n³ − n)/6 splits is tried with every binary rule, \
      and a large grammar makes that the larger factor.
      """),
    .exercise(treeCounts),
  ]

  /// The two readings, and how much of the probability each has.
  private static func telescopeTable() throws -> Table {
    let sentence = Sentence.telescope
    let grammar = sentence.grammar
    let logWeights = sentence.leftmostDerivations().map { rules in
      rules.reduce(0) { $0 + log(grammar.rules[$1].probability) }
    }
    let posterior = ExactPosterior(logJoints: logWeights)
    let readings = sentence.leftmostDerivations().map { rules in
      // NP → NP PP hangs the telescope on the man; VP → VP PP on the seeing.
      rules.contains(2) ? "the man has it" : "she looks through it"
    }
    let rows = zip(readings, zip(logWeights, posterior.probabilities ?? [])).map {
      reading, numbers -> [Table.Cell] in
      [.text(reading), .number(exp(numbers.0)), .number(numbers.1)]
    }
    let inside = GrammarPosterior(of: sentence).logEvidence
    return Table(
      title: "she saw the man with a telescope",
      columns: ["reading", "p(tree)", "p(tree | sentence)"],
      rows: rows + [["inside recursion", .number(exp(inside.value)), .empty]],
      note: "Exact. The last line adds up both trees without having built either.")
  }
}
