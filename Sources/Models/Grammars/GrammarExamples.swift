public import Probability

extension Grammar {
  /// A random grammar with every binary rule and every lexical rule, all of positive probability.
  public static func random<Choices: DiscreteChoices>(
    nonterminals: Int, words: Int, _ choices: inout Choices
  ) throws -> Grammar {
    let names = (0..<nonterminals).map { "N\($0)" }
    var rights: [Right] = []
    for first in names { for second in names { rights.append(.pair(first, second)) } }
    for word in 0..<words { rights.append(.word("w\(word)")) }
    var rules: [Rule] = []
    for left in names {
      let law = try choices.simplex(rights.count)
      for (right, probability) in zip(rights, law) { rules.append(Rule(left, right, probability)) }
    }
    return try Grammar(start: "N0", rules: rules)
  }
}

extension Sentence {
  /// A random grammar with two nonterminals and two words, and a sentence of one to four of them.
  public static func random<Choices: DiscreteChoices>(
    lengths: ClosedRange<Int> = 1...4, _ choices: inout Choices
  ) throws -> Sentence {
    let grammar = try Grammar.random(nonterminals: 2, words: 2, &choices)
    var words: [String] = []
    for _ in 0..<(try choices.integer(lengths)) {
      words.append("w\(try choices.choose(below: 2))")
    }
    return Sentence(grammar, words)
  }

  /// Who has the telescope? Two parses of "she saw the man with a telescope".
  public static let telescope = Sentence(
    Grammar(
      checkedStart: "S",
      rules: [
        .init("S", .pair("NP", "VP"), 1), .init("NP", .pair("Det", "N"), 0.5),
        .init("NP", .pair("NP", "PP"), 0.2), .init("NP", .word("she"), 0.3),
        .init("VP", .pair("V", "NP"), 0.6), .init("VP", .pair("VP", "PP"), 0.4),
        .init("PP", .pair("P", "NP"), 1), .init("Det", .word("the"), 0.6),
        .init("Det", .word("a"), 0.4), .init("N", .word("man"), 0.7),
        .init("N", .word("telescope"), 0.3), .init("V", .word("saw"), 1),
        .init("P", .word("with"), 1),
      ]), ["she", "saw", "the", "man", "with", "a", "telescope"])

  /// Two nonterminals with all their rules, four words: 320 derivations.
  public static let fourWords: Sentence = {
    let rights: [Grammar.Right] = [
      .pair("N0", "N0"), .pair("N0", "N1"), .pair("N1", "N0"), .pair("N1", "N1"), .word("w0"),
      .word("w1"),
    ]
    let laws = [[0.1, 0.2, 0.05, 0.15, 0.3, 0.2], [0.15, 0.05, 0.1, 0.1, 0.2, 0.4]]
    let rules = zip(["N0", "N1"], laws).flatMap { left, law in
      zip(rights, law).map { Grammar.Rule(left, $0, $1) }
    }
    return Sentence(Grammar(checkedStart: "N0", rules: rules), ["w0", "w1", "w1", "w0"])
  }()
}
