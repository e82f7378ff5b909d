import GSL
public import Models

/// What there is to know of the words before each word, with the ways from one to the next.
///
/// ```
/// p(z_n = k, w_n | before) = (α_k + n_dk) / (A + n_d) · (β_w + n_kw) / (B + n_k)
/// ```
/// The topics of earlier words matter by their counts alone: how many words of this document each topic has, and
/// how often it has each word of the vocabulary (only that, once the document ends; nothing, where topics are given).
/// A layer has one node for each such table of counts, where enumeration has one for each assignment of topics.
/// Reference: Griffiths and Steyvers 2004, equation 5, of which this is the sequential form.
public struct TopicLayers: Sendable {
  /// The corpus.
  public let corpus: TopicCorpus
  /// Layer after layer, node after node, topic after topic: the node that follows; nil for what is impossible.
  let next: [[Int?]]
  /// The logarithm of the probability of that way, of topic and word.
  let logSteps: [[Double]]
  /// log p(counts, words so far), layer after layer.
  let forward: [[Double]]
  /// log p(words to come | counts), layer after layer.
  let backward: [[Double]]

  /// How many nodes all layers have.
  public var nodeCount: Int { forward.reduce(0) { $0 + $1.count } }
  /// log p(w).
  public var logEvidence: Double { backward[0][0] }

  /// Finds the layers and passes messages in both directions; nil where more nodes than allowed are found.
  public init?(_ corpus: TopicCorpus, mostNodes: Int) {
    let topics = corpus.alpha.indices
    var layer = [TopicCounts(corpus)]
    var (next, logSteps): ([[Int?]], [[Double]]) = ([], [])
    var (forward, nodes): ([[Double]], Int) = ([[0]], 1)
    for (n, token) in corpus.tokens.enumerated() {
      let endsDocument =
        n + 1 == corpus.tokens.count || corpus.tokens[n + 1].document != token.document
      var (numbers, found): ([TopicCounts: Int], [TopicCounts]) = ([:], [])
      var (ways, steps): ([Int?], [Double]) = ([], [])
      var terms: [[Double]] = []
      for (node, counts) in layer.enumerated() {
        for k in topics {
          let logStep = counts.logPredictive(k, token.word, corpus)
          steps.append(logStep)
          guard logStep > -.infinity else {
            ways.append(nil)
            continue
          }
          let after = counts.adding(k, token.word, endsDocument: endsDocument)
          let number = numbers[after] ?? found.count
          if number == found.count {
            (numbers[after], nodes) = (number, nodes + 1)
            guard nodes <= mostNodes else { return nil }
            found.append(after)
            terms.append([])
          }
          ways.append(number)
          terms[number].append(forward[n][node] + logStep)
        }
      }
      (layer, next, logSteps) = (found, next + [ways], logSteps + [steps])
      forward.append(terms.map(logSumExp))
    }
    var backward = [layer.map { _ in 0.0 }]
    for (ways, steps) in zip(next, logSteps).reversed() {
      let after = backward[backward.count - 1]
      backward.append(
        stride(from: 0, to: ways.count, by: topics.count).map { first in
          logSumExp(
            topics.map { k in
              ways[first + k].map { steps[first + k] + after[$0] } ?? -.infinity
            })
        })
    }
    self.corpus = corpus
    (self.next, self.logSteps, self.forward) = (next, logSteps, forward)
    self.backward = backward.reversed()
  }

  /// log p(topic k of word n, the words from n on | counts), for each topic.
  func logWays(_ n: Int, _ node: Int) -> [Double] {
    corpus.alpha.indices.map { k in
      let way = node * corpus.topicCount + k
      return next[n][way].map { logSteps[n][way] + backward[n + 1][$0] } ?? -.infinity
    }
  }
}

/// Counts of topics so far: in this document, and of each word of the vocabulary where topics are integrated out.
private struct TopicCounts: Hashable {
  private var inDocument: [Int]
  /// Topic after topic; empty where topics are given.
  private var ofWords: [Int]
  private let vocabulary: Int

  init(_ corpus: TopicCorpus) {
    inDocument = corpus.alpha.map { _ in 0 }
    vocabulary = corpus.topics.vocabulary
    ofWords = []
    if case .dirichlet = corpus.topics {
      ofWords = Array(repeating: 0, count: vocabulary * corpus.topicCount)
    }
  }

  func adding(_ topic: Int, _ word: Int, endsDocument: Bool) -> TopicCounts {
    var other = self
    other.inDocument[topic] += 1
    if !ofWords.isEmpty { other.ofWords[topic * vocabulary + word] += 1 }
    if endsDocument { other.inDocument = inDocument.map { _ in 0 } }
    return other
  }

  func logPredictive(_ topic: Int, _ word: Int, _ corpus: TopicCorpus) -> Double {
    let ofTopic = log(corpus.alpha[topic] + Double(inDocument[topic]))
    let all = log(corpus.alpha.reduce(0, +) + Double(inDocument.reduce(0, +)))
    switch corpus.topics {
    case .given(let rows): return ofTopic - all + log(rows[topic][word])
    case .dirichlet(let beta):
      let words = ofWords[(topic * vocabulary)..<((topic + 1) * vocabulary)]
      return ofTopic - all + log(beta[word] + Double(words[words.startIndex + word]))
        - log(beta.reduce(0, +) + Double(words.reduce(0, +)))
    }
  }
}
