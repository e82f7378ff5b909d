import JSONText
import LessonKit
import Models

extension InsideExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      The same step as in a chain, with two ends in place of one: a span does not ask what stands around it. \
      It costs n³ times the number of rules, and its derivative by a rule's log probability is \
      how often that rule is to be expected.
      """,
    HandinPart(
      "log_evidence",
      "log p(words): the log of the sum over all derivations from the start symbol.",
      given: [
        .integer("symbols", "how many nonterminals there are, numbered from 0"),
        .integer("start", "the number of the start symbol"),
        .matrix("binary_rules", "a row [A, B, C, p] for each rule A → B C of probability p"),
        .matrix("lexical_rules", "a row [A, w, p] for each rule A → w of probability p"),
        .numbers("words", "the numbers of the words; −1 for a word that no rule makes"),
      ],
      returns: .number("log p(words), −inf where no derivation makes them"), \.logEvidence
    ) { program, right in
      { sentence in program.number(sentence.given) { right(sentence) } }
    })
}

extension Sentence {
  /// What a program outside is given.
  fileprivate var given: JSON {
    let binary: [JSON] = grammar.binaryRules.map {
      [.given($0.left), .given($0.first), .given($0.second), .given($0.probability)]
    }
    let lexical: [JSON] = grammar.lexicalRules.map {
      [.given($0.left), .given($0.wordNumber), .given($0.probability)]
    }
    return [
      "symbols": .given(grammar.nonterminals.count), "start": .given(grammar.startSymbol),
      "binary_rules": .array(binary), "lexical_rules": .array(lexical),
      "words": .array(wordNumbers.map { .given($0 ?? -1) }),
    ]
  }
}
