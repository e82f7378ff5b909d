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
  /// 1/(α_k + n_dk), 1/(β_w + n_kw) and 1/(B + n_k) of the way, for its slopes; the last two 0 where topics are given.
  let steepness: [[(alpha: Double, beta: Double, betaSum: Double)]]
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
    let urns = TopicUrns(corpus)
    var layer = [TopicCounts(urns)]
    var (next, logSteps): ([[Int?]], [[Double]]) = ([], [])
    var steepness: [[(alpha: Double, beta: Double, betaSum: Double)]] = []
    var (forward, nodes): ([[Double]], Int) = ([[0]], 1)
    for (n, token) in corpus.tokens.enumerated() {
      let word = urns.words[n]
      let endsDocument =
        n + 1 == corpus.tokens.count || corpus.tokens[n + 1].document != token.document
      var (numbers, found): ([TopicCounts: Int], [TopicCounts]) = ([:], [])
      var (ways, steps): ([Int?], [Double]) = ([], [])
      var terms: [[Double]] = []
      var slopes: [(alpha: Double, beta: Double, betaSum: Double)] = []
      for (node, counts) in layer.enumerated() {
        for k in topics {
          let logStep = counts.logPredictive(k, token.word, word, urns)
          steps.append(logStep)
          slopes.append(counts.steepness(k, token.word, word, urns))
          guard logStep > -.infinity else {
            ways.append(nil)
            continue
          }
          let after = counts.adding(k, word, endsDocument: endsDocument)
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
      steepness.append(slopes)
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
    self.steepness = steepness
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

/// What the predictive probabilities of a corpus are made of, with the words that occur numbered anew.
private struct TopicUrns {
  let alpha: [Double]
  let topics: TopicCorpus.Topics
  /// Σ_k α_k and Σ_v β_v.
  let (alphaSum, betaSum): (Double, Double)
  /// Each token's word, as a number among those that occur.
  let words: [Int]
  /// How many different words occur.
  let distinct: Int

  init(_ corpus: TopicCorpus) {
    var numbers: [Int: Int] = [:]
    words = corpus.tokens.map { token in
      let number = numbers[token.word] ?? numbers.count
      numbers[token.word] = number
      return number
    }
    (alpha, topics, distinct) = (corpus.alpha, corpus.topics, numbers.count)
    alphaSum = corpus.alpha.reduce(0, +)
    if case .dirichlet(let beta) = topics { betaSum = beta.reduce(0, +) } else { betaSum = 0 }
  }
}

/// Counts of topics so far: in this document, and of each word where topics are integrated out.
private struct TopicCounts: Hashable {
  private var inDocument: [Int]
  /// Topic after topic, word after word of those that occur; empty where topics are given.
  private var ofWords: [Int]
  private let distinct: Int

  init(_ urns: TopicUrns) {
    inDocument = urns.alpha.map { _ in 0 }
    (ofWords, distinct) = ([], urns.distinct)
    if case .dirichlet = urns.topics {
      ofWords = Array(repeating: 0, count: distinct * urns.alpha.count)
    }
  }

  /// The counts with one more word, by its number among those that occur.
  func adding(_ topic: Int, _ word: Int, endsDocument: Bool) -> TopicCounts {
    var other = self
    other.inDocument[topic] += 1
    if !ofWords.isEmpty { other.ofWords[topic * distinct + word] += 1 }
    if endsDocument { other.inDocument = inDocument.map { _ in 0 } }
    return other
  }

  /// log p(z_n = k, w_n | before) of a symbol, whose number among those that occur is `word`.
  func logPredictive(_ topic: Int, _ symbol: Int, _ word: Int, _ urns: TopicUrns) -> Double {
    let ofTopic =
      log(urns.alpha[topic] + Double(inDocument[topic]))
      - log(urns.alphaSum + Double(inDocument.reduce(0, +)))
    switch urns.topics {
    case .given(let rows): return ofTopic + log(rows[topic][symbol])
    case .dirichlet(let beta):
      let words = ofWords[(topic * distinct)..<((topic + 1) * distinct)]
      return ofTopic + log(beta[symbol] + Double(words[words.startIndex + word]))
        - log(urns.betaSum + Double(words.reduce(0, +)))
    }
  }

  /// One over each of the numbers whose logarithms that is made of.
  func steepness(
    _ topic: Int, _ symbol: Int, _ word: Int, _ urns: TopicUrns
  ) -> (alpha: Double, beta: Double, betaSum: Double) {
    let ofTopic = 1 / (urns.alpha[topic] + Double(inDocument[topic]))
    guard case .dirichlet(let beta) = urns.topics else { return (ofTopic, 0, 0) }
    let words = ofWords[(topic * distinct)..<((topic + 1) * distinct)]
    return (
      ofTopic, 1 / (beta[symbol] + Double(words[words.startIndex + word])),
      1 / (urns.betaSum + Double(words.reduce(0, +)))
    )
  }
}
