public import JSONText
public import Models

/// A probabilistic grammar and its sentences, as `"model": "pcfg"` describes them.
public struct GrammarSpec: Sendable, Equatable {
  /// The grammar.
  public let grammar: Grammar
  /// The sentences, each as a list of words; a sentence may be empty and words may be unknown.
  public let sentences: [[String]]

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["model", "start", "rules", "observations"])
    let start = try place.member("start").string()
    let rules = try place.member("rules").each(GrammarSpec.rule)
    try GrammarSpec.refuseSilentUnaryRules(rules, place.member("rules"))
    grammar = try place.making { () throws(ModelError) in
      try Grammar(start: start, rules: rules, allowsDeadEnds: true)
    }
    sentences = try place.member("observations").each { sentence throws(PlaceError) in
      try sentence.each { word throws(PlaceError) in try word.string() }
    }
  }

  /// A rule S → N that means the nonterminal N would be read as the word "N", and no sentence derived; where the
  /// word is meant, `"unary": false` says so.
  private static func refuseSilentUnaryRules(
    _ rules: [Grammar.Rule], _ place: JSONPlace
  ) throws(PlaceError) {
    let places = try place.array()
    let lefts = Set(rules.map(\.left))
    for (rule, place) in zip(rules, places) {
      guard case .word(let word) = rule.right, lefts.contains(word),
        try place.optional("unary") == nil
      else { continue }
      throw try place.member("right").error(
        "expected 1 word or 2 nonterminals, found \(excerpt(of: word)), "
          + "which is the left side of a rule and so no word; add \"unary\": true for 1 nonterminal"
      )
    }
  }

  private static func rule(_ place: JSONPlace) throws(PlaceError) -> Grammar.Rule {
    try place.object(requiring: ["left", "right", "probability"], allowing: ["unary"])
    let left = try place.member("left").string()
    let symbols = try place.member("right")
    let right = try symbols.each { symbol throws(PlaceError) in try symbol.string() }
    let probability = try place.member("probability").probability()
    let isUnary = try place.optional("unary")?.bool()
    if isUnary == true, right.count != 1 {
      throw symbols.error("expected 1 nonterminal of a unary rule, found \(right.count) symbols")
    }
    switch right.count {
    case 1:
      let only = isUnary == true ? Grammar.Right.unary(right[0]) : .word(right[0])
      return Grammar.Rule(left, only, probability)
    case 2: return Grammar.Rule(left, .pair(right[0], right[1]), probability)
    default: throw symbols.error("expected 1 word or 2 nonterminals, found \(right.count) symbols")
    }
  }
}
