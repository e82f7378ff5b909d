import GSL
public import Models

/// How often each topic is expected to have each word, and each document each topic, given all words.
///
/// ```
/// topicWords[k][v] = Σ_(n: w_n = v) p(z_n = k | w),     documentTopics[d][k] = Σ_(n in d) p(z_n = k | w)
/// ```
public struct ExpectedTopics: Sendable, Equatable {
  /// A row a topic.
  public private(set) var topicWords: [[Double]]
  /// A row a document.
  public private(set) var documentTopics: [[Double]]

  private init(zeroFor corpus: TopicCorpus) {
    let words = [Double](repeating: 0, count: corpus.topics.vocabulary)
    topicWords = corpus.alpha.map { _ in words }
    documentTopics = Array(repeating: corpus.alpha.map { _ in 0 }, count: corpus.documentCount)
  }

  /// From layers of counts; nothing where a document is impossible.
  public init(of layers: TopicLayers) {
    let corpus = layers.corpus
    self.init(zeroFor: corpus)
    guard layers.logEvidence > -.infinity else { return }
    for (n, token) in corpus.tokens.enumerated() {
      for k in corpus.alpha.indices { add(token, k, layers.share(n, k, layers.forward[n])) }
    }
  }

  /// The same from all assignments.
  public static func enumerated(of corpus: TopicCorpus) throws -> ExpectedTopics {
    var found = ExpectedTopics(zeroFor: corpus)
    try corpus.visitedAssignments.visitShares { assignment, share in
      for (token, topic) in zip(corpus.tokens, assignment) { found.add(token, topic, share) }
    }
    return found
  }

  private mutating func add(_ token: TopicCorpus.Token, _ topic: Int, _ share: Double) {
    topicWords[topic][token.word] += share
    documentTopics[token.document][topic] += share
  }
}
