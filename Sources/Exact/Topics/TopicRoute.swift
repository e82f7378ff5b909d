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
    guard let layers = TopicLayers(corpus, mostNodes: ExactRequest.mostTables) else {
      throw .tooManyCells(
        what: "observations: \(counted(corpus.tokens.count, "word"))",
        needed: Double(ExactRequest.mostTables) + 1, limit: Double(ExactRequest.mostTables))
    }
    return layers
  }
}
