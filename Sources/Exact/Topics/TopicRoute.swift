public import Models
import Probability

extension ExactAnswers where Answer == TopicPosterior {
  /// Sums over tables of counts, or over all assignments of topics to words.
  ///
  /// The documents share their topics, so that there is one answer for all of them.
  public init(
    of corpus: TopicCorpus, _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let isBruteForce = request.route == .bruteForce
    let words = corpus.tokens.count
    let assignments = power(corpus.topicCount, words)
    let posterior: TopicPosterior
    if isBruteForce {
      try request.require(assignments, "observations: \(counted(words, "word"))")
      let tallies = try request.tallies([TopicPosterior.sum(of: corpus)], states: assignments)
      posterior = TopicPosterior.enumerated(of: corpus, tallies[0])
      work = [("words", Double(words)), ("states", assignments)]
    } else {
      let layers = try request.layers(of: corpus)
      posterior = TopicPosterior(of: layers)
      work = [("words", Double(words)), ("nodes", Double(layers.nodeCount))]
    }
    let value = posterior.logEvidence.value
    guard value.isFinite || value == -.infinity else { throw .overflow("observations") }
    posteriors = [posterior]
    route = isBruteForce ? .bruteForce : .structured
    way =
      isBruteForce
      ? "sum over all \(countText(assignments)) assignments of topics, one by one"
      : "sums over tables of counts, word after word"
  }

  /// The sum over all assignments, to be shared out.
  public static func sharedSums(
    of corpus: TopicCorpus, _ request: ExactRequest
  ) throws(ExactRefusal) -> SharedSums {
    let assignments = power(corpus.topicCount, corpus.tokens.count)
    try request.require(assignments, "observations: \(counted(corpus.tokens.count, "word"))")
    return SharedSums([TopicPosterior.sum(of: corpus).tree], states: assignments)
  }
}

extension ExactRequest {
  /// The most tables of counts that are kept, all layers together.
  static let mostTables = 1 << 20

  /// The layers of a corpus, or the refusal that there are too many tables of counts.
  public func layers(of corpus: TopicCorpus) throws(ExactRefusal) -> TopicLayers {
    // A table has a number for each topic and word that occurs; two layers of them are kept at a time.
    let distinct = Set(corpus.tokens.map(\.word)).count
    let most = min(ExactRequest.mostTables, (1 << 25) / (corpus.topicCount * (distinct + 1)))
    guard let layers = TopicLayers(corpus, mostNodes: most) else {
      throw .tooManyCells(
        what: "observations: \(counted(corpus.tokens.count, "word"))",
        needed: Double(most) + 1, limit: Double(most))
    }
    return layers
  }
}
