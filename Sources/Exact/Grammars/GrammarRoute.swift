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
    var work = (spans: 0.0, combinations: 0.0, chains: 0.0)
    var posteriors: [GrammarPosterior] = []
    for (index, sentence) in sentences.enumerated() {
      let (n, grammar) = (Double(sentence.words.count), sentence.grammar)
      try request.requireSpans(of: sentence, index)
      posteriors.append(GrammarPosterior(scaled: sentence) ?? GrammarPosterior(of: sentence))
      work.spans += n * (n + 1) / 2
      work.combinations += (n * n * n - n) / 6 * Double(grammar.binaryRules.count)
      work.chains += n * (n + 1) / 2 * Double(grammar.unaryRules.count)
    }
    self.posteriors = posteriors
    route = .structured
    way =
      "inside and outside weights of all spans"
      + (work.chains > 0 ? ", chains of unary rules in closed form" : "")
    self.work = [
      ("sentences", Double(sentences.count)), ("spans", work.spans),
      ("terms", work.combinations + work.chains),
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
        of: sentence, budget: budget(for: count, sentence)
      ) { request.progress?(before + Double($0), all) }
      guard let found else {
        throw .hidden(index)
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
private func budget(for derivations: Double, _ sentence: Sentence) -> Int {
  let rules = 2 * sentence.words.count * sentence.grammar.longestChain
  return Int(min(0x1p62, 1e8 + 1000 * derivations * Double(rules)))
}

extension Grammar {
  /// No more rules than this are used over one and the same words where unary rules do not come back.
  fileprivate var longestChain: Int { 1 + Set(unaryRules.map(\.left)).count }
}

extension ExactRefusal {
  /// Of a sentence whose derivations are few among many attempts.
  fileprivate static func hidden(_ index: Int) -> ExactRefusal {
    .unfit(
      "observations[\(index)]",
      "its derivations hide among too many beginnings that come to nothing",
      instead: .structured, "answers")
  }
}

extension ExactRequest {
  /// Refuses a sentence whose tables of spans memory is not given to.
  fileprivate func requireSpans(of sentence: Sentence, _ index: Int) throws(ExactRefusal) {
    let (n, symbols) = (Double(sentence.words.count), Double(sentence.grammar.nonterminals.count))
    try requireMemory(
      for: 2 * (n + 1) * (n + 1) * symbols,
      "observations[\(index)]: \(counted(sentence.words.count, "word"))")
  }
}

/// The number of derivations of each sentence, all together no more than are allowed.
func derivationCounts(
  _ sentences: [Sentence], _ request: ExactRequest
) throws(ExactRefusal) -> [Double] {
  var counts: [Double] = []
  var total = 0.0
  for (index, sentence) in sentences.enumerated() {
    if let symbol = sentence.grammar.cyclicSymbol {
      throw .unfit(
        "rules",
        "unary rules lead from \"\(symbol)\" back to it, so that there are infinitely many derivations",
        instead: .structured, "adds them up")
    }
    let words = sentence.words.count
    let most = longestWrittenOut / sentence.grammar.longestChain
    guard words <= most else {
      throw .unfit(
        "observations[\(index)]",
        "\(words) words, derivations one by one are for at most \(most)",
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

// MARK: What else is asked

/// What else the derivations of each sentence say, by the route that is asked for.
///
/// The same limits as for the evidence; brute force visits the derivations once more for each question.
public func inquiries(
  into sentences: [Sentence], _ request: ExactRequest = ExactRequest()
) throws(ExactRefusal) -> [any SentenceInquiry] {
  guard request.route == .bruteForce else {
    var charts: [any SentenceInquiry] = []
    for (index, sentence) in sentences.enumerated() {
      try request.requireSpans(of: sentence, index)
      charts.append(ChartedDerivations(sentence))
    }
    return charts
  }
  return zip(sentences, try derivationCounts(sentences, request)).enumerated().map {
    let (sentence, count) = $1
    return ListedDerivations(
      sentence, budget: count > 0 ? budget(for: count, sentence) : 0, refusal: .hidden($0))
  }
}
