import Exact
import LessonKit
import Models
import Probability

/// The erratum about grammars.
let grammarErrata: [ErratumCase] = [
  // The number of trees of four words: as printed, a Catalan number.
  ErratumCase(
    "E-071",
    model: """
      the number of trees of four words, two nonterminals, all binary rules. L4 says “a Catalan number”, \
      which is right for trees without symbols
      """
  ) {
    let labelled = Sentence.fourWords
    let symbols = labelled.grammar.nonterminals.count
    let nodes = 2 * labelled.words.count - 1
    let labels = (1..<nodes).reduce(1) { product, _ in product * symbols }
    let bare = Sentence(
      try Grammar(
        start: "S", rules: [.init("S", .pair("S", "S"), 0.5), .init("S", .word("a"), 0.5)]),
      ["a", "a", "a", "a"])
    return ErratumCase.Comparison(
      printed: Double(catalan(3)), corrected: Double(catalan(3) * labels),
      independent: Double(labelled.leftmostDerivations().count),
      underCondition: (Double(catalan(3)), Double(bare.leftmostDerivations().count)))
  }
]
