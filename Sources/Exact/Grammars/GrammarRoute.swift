public import Models
import Probability

/// The longest sentence whose derivations are written out one by one.
private let longestWrittenOut = 500

extension ExactAnswers where Answer == GrammarPosterior {
  /// Inside and outside weights of all spans, or all derivations.
  ///
  /// Structured, it is the kernel with dense tables, or the readable recursion where that is no use.
  public init(
    of sentences: [Sentence], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    if request.route == .bruteForce {
      try self.init(derivationsOf: sentences, request)
    } else {
      try self.init(spansOf: sentences, request)
    }
  }

  private init(spansOf sentences: [Sentence], _ request: ExactRequest) throws(ExactRefusal) {
    var work = (spans: 0.0, combinations: 0.0)
    var posteriors: [GrammarPosterior] = []
    for (index, sentence) in sentences.enumerated() {
      let (n, grammar) = (Double(sentence.words.count), sentence.grammar)
      try request.requireMemory(
        for: 2 * (n + 1) * (n + 1) * Double(grammar.nonterminals.count),
        "observations[\(index)]: \(counted(sentence.words.count, "word"))")
      posteriors.append(GrammarPosterior(scaled: sentence) ?? GrammarPosterior(of: sentence))
      work.spans += n * (n + 1) / 2
      work.combinations += (n * n * n - n) / 6 * Double(grammar.binaryRules.count)
    }
    self.posteriors = posteriors
    route = .structured
    way = "inside and outside weights of all spans"
    self.work = [
      ("sentences", Double(sentences.count)), ("spans", work.spans), ("terms", work.combinations),
    ]
  }

  private init(derivationsOf sentences: [Sentence], _ request: ExactRequest) throws(ExactRefusal) {
    let counts = try derivationCounts(sentences, request)
    let all = counts.reduce(0, +)
    var done = 0.0
    var posteriors: [GrammarPosterior] = []
    for (index, (sentence, count)) in zip(sentences, counts).enumerated() {
      // A sentence without derivations is not searched for them.
      guard count > 0 else {
        posteriors.append(.impossible)
        continue
      }
      let before = done
      let found = GrammarPosterior.enumerated(
        of: sentence, budget: budget(for: count, sentence.words.count)
      ) { request.progress?(before + Double($0), all) }
      guard let found else {
        throw .unfit(
          "observations[\(index)]",
          "its derivations hide among too many beginnings that come to nothing",
          instead: .structured, "answers")
      }
      posteriors.append(found)
      done += count
    }
    self.posteriors = posteriors
    route = .bruteForce
    way = "sum over all \(countText(all)) derivations, one by one"
    work = [("sentences", Double(sentences.count)), ("states", all)]
  }
}

/// How many rules may be tried for a number of derivations: a thousand for each one they use.
private func budget(for derivations: Double, _ words: Int) -> Int {
  Int(min(0x1p62, 1e8 + 1000 * derivations * Double(2 * words)))
}

/// The number of derivations of each sentence, all together no more than are allowed.
private func derivationCounts(
  _ sentences: [Sentence], _ request: ExactRequest
) throws(ExactRefusal) -> [Double] {
  var counts: [Double] = []
  var total = 0.0
  for (index, sentence) in sentences.enumerated() {
    let words = sentence.words.count
    guard words <= longestWrittenOut else {
      throw .unfit(
        "observations[\(index)]",
        "\(words) words, derivations one by one are for at most \(longestWrittenOut)",
        instead: .structured, "has no such limit")
    }
    let count = derivationCount(sentence).map { Double($0) } ?? .infinity
    counts.append(count)
    total += count
    try request.require(total, "observations[\(index)]: \(counted(words, "word"))")
  }
  return counts
}

extension GrammarPosterior: Posterior {
  /// Of a sentence that has no derivation.
  fileprivate static var impossible: GrammarPosterior {
    GrammarPosterior(logEvidence: .init(-.infinity, roundingBound: 0), expectedCounts: nil)
  }
}
