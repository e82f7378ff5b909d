public import Exact
import JSONText
import Models
import Probability

extension GrammarSpec: OracleSpec {
  /// The evidence of each sentence, and how often each rule is used in all of them.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in
      try ExactAnswers(of: sentences.map { Sentence(grammar, $0) }, request)
    }
    var uses = [Double](repeating: 0, count: grammar.rules.count)
    for posterior in found.posteriors {
      for (rule, count) in (posterior.expectedCounts ?? []).enumerated() { uses[rule] += count }
    }
    return OracleAnswer(
      found,
      members: [
        ("logEvidence", .numbers(found.logEvidence)), ("expectedCounts", .numbers(uses)),
      ],
      sections: sections(found.logEvidence, uses))
  }

  private func sections(_ logEvidence: [Double], _ uses: [Double]) -> [OracleSection] {
    guard !logEvidence.isEmpty else { return OracleSection.evidence([], of: "sentence") }
    let shown = OracleSection.shownCount(of: uses.count)
    let bars = OracleSection.bars(
      title: "expected uses of the rules", labels: grammar.rules.prefix(shown).map(\.text),
      values: Array(uses.prefix(shown)))
    return OracleSection.evidence(logEvidence, of: "sentence") + [bars]
      + (shown < uses.count ? [.omitted(uses.count - shown)] : [])
  }
}

extension Grammar.Rule {
  /// The rule as one writes it: S → NP VP.
  var text: String {
    switch right {
    case .unary(let only): "\(excerptBare(left)) → \(excerptBare(only))"
    case .word(let word): "\(excerptBare(left)) → \(excerpt(of: word))"
    case .pair(let first, let second):
      "\(excerptBare(left)) → \(excerptBare(first)) \(excerptBare(second))"
    }
  }
}

/// A name without what a terminal would take for a command, in quotation marks only if it has blanks.
func excerptBare(_ name: String) -> String {
  let quoted = excerpt(of: name)
  return name.isEmpty || name.contains(" ") ? quoted : String(quoted.dropFirst().dropLast())
}
