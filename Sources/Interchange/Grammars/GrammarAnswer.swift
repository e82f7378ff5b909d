import Exact
import JSONText
import Models
import Probability

extension GrammarSpec: OracleSpec {
  /// The longest sentence whose derivations are written out one by one.
  private static let longestWrittenOut = 500

  /// Inside and outside weights of all spans, or all derivations.
  public func answer(_ request: OracleRequest) throws(OracleRefusal) -> OracleAnswer {
    let derivations = request.method == .bruteForce ? try derivationCounts(request) : nil
    var logEvidence: [Double] = []
    var uses = [Double](repeating: 0, count: grammar.rules.count)
    var work = (spans: 0.0, combinations: 0.0, done: 0.0)
    let all = derivations?.reduce(0, +) ?? 0
    for (index, words) in sentences.enumerated() {
      let sentence = Sentence(grammar, words)
      let n = Double(words.count)
      let spans = n * (n + 1) / 2
      let posterior: GrammarPosterior
      if let derivations {
        // A sentence without derivations is not searched for them.
        guard derivations[index] > 0 else {
          logEvidence.append(-.infinity)
          continue
        }
        let found = GrammarPosterior.enumerated(
          of: sentence, budget: GrammarSpec.budget(for: derivations[index], words.count)
        ) { request.progress?(work.done + Double($0), all) }
        guard let found else {
          throw .unfit(
            "observations[\(index)]",
            "its derivations hide among too many beginnings that come to nothing; "
              + "--method structured answers")
        }
        posterior = found
        work.done += derivations[index]
      } else {
        try request.requireMemory(
          for: 2 * (n + 1) * (n + 1) * Double(grammar.nonterminals.count),
          "observations[\(index)]: \(counted(words.count, "word"))")
        posterior = GrammarPosterior(scaled: sentence) ?? GrammarPosterior(of: sentence)
      }
      work.spans += spans
      work.combinations += (n * n * n - n) / 6 * Double(grammar.binaryRules.count)
      logEvidence.append(posterior.logEvidence.value)
      for (rule, count) in (posterior.expectedCounts ?? []).enumerated() { uses[rule] += count }
    }
    return OracleAnswer(
      method: derivations == nil ? .structured : .bruteForce,
      route: derivations == nil
        ? "inside and outside weights of all spans"
        : "sum over all \(countText(all)) derivations, one by one",
      work: [("sentences", Double(sentences.count))]
        + (derivations == nil
          ? [("spans", work.spans), ("terms", work.combinations)] : [("states", all)]),
      members: [("logEvidence", .numbers(logEvidence)), ("expectedCounts", .numbers(uses))],
      sections: sections(logEvidence, uses))
  }

  /// How many rules may be tried for a number of derivations: a thousand for each one they use.
  private static func budget(for derivations: Double, _ words: Int) -> Int {
    Int(min(0x1p62, 1e8 + 1000 * derivations * Double(2 * words)))
  }

  /// The number of derivations of each sentence, all together no more than are allowed.
  private func derivationCounts(_ request: OracleRequest) throws(OracleRefusal) -> [Double] {
    var counts: [Double] = []
    var total = 0.0
    for (index, words) in sentences.enumerated() {
      let place = "observations[\(index)]: \(counted(words.count, "word"))"
      guard words.count <= GrammarSpec.longestWrittenOut else {
        throw .unfit(
          "observations[\(index)]",
          "\(words.count) words, derivations one by one are for at most "
            + "\(GrammarSpec.longestWrittenOut); --method structured has no such limit")
      }
      let count = derivationCount(Sentence(grammar, words)).map { Double($0) } ?? .infinity
      counts.append(count)
      total += count
      try request.require(total, place)
    }
    return counts
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
  fileprivate var text: String {
    switch right {
    case .word(let word): "\(excerptBare(left)) → \(excerpt(of: word))"
    case .pair(let first, let second):
      "\(excerptBare(left)) → \(excerptBare(first)) \(excerptBare(second))"
    }
  }
}

/// A name without what a terminal would take for a command, in quotation marks only if it has blanks.
private func excerptBare(_ name: String) -> String {
  let quoted = excerpt(of: name)
  return name.isEmpty || name.contains(" ") ? quoted : String(quoted.dropFirst().dropLast())
}
