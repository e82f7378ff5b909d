import Exact
import GSL
import LessonKit
import Probability
import Models

/// The two readings, and how much of the probability each has.
func readingsOfASentence(_ context: RunContext) throws -> Table {
  let sentence = Sentence.telescope
  let derivations = sentence.leftmostDerivations()
  let logWeights: [Double] = derivations.map { rules in
    rules.reduce(0) { $0 + log(sentence.grammar.rules[$1].probability) }
  }
  let shares = ExactPosterior(logJoints: logWeights).probabilities ?? []
  let rows = derivations.indices.map { tree -> [Table.Cell] in
    // NP → NP PP, rule 2, hangs the telescope on the man; VP → VP PP on the seeing.
    let reading = derivations[tree].contains(2) ? "the man has it" : "she looks through it"
    return [.text(reading), .exact(exp(logWeights[tree])), .exact(shares[tree])]
  }
  let inside = GrammarPosterior(of: sentence).logEvidence
  return Table(
    title: "she saw the man with a telescope",
    columns: ["reading", "p(tree)", "p(tree | sentence)"],
    rows: rows + [["inside recursion", .exact(exp(inside.value)), .empty]],
    note: "The last line adds up both trees without having built either.")
}
