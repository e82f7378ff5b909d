import GSL
public import Models
public import Probability

/// The exact answer for a corpus: its evidence, and the topics of its words.
public struct TopicPosterior: Posterior {
  /// log p(w); −∞ when a document is impossible.
  public let logEvidence: ExactValue
  /// p(z_n = k | w), word after word; nil when a document is impossible.
  public let topicMarginals: [[Double]]?
  /// P(z_i = z_j | w); nil when a document is impossible, or when it was not asked for.
  public let coassignment: [[Double]]?

  /// The most words of which every pair is looked at.
  public static let mostPaired = 64

  /// From layers of counts.
  public init(of layers: TopicLayers) {
    let corpus = layers.corpus
    let (words, topics) = (corpus.tokens.count, corpus.alpha.indices)
    let value = layers.logEvidence
    let bound = Double(words * (corpus.topicCount + 16)) * Double.ulpOfOne * max(1, abs(value))
    guard value > -.infinity else {
      self.init(ExactValue(value, roundingBound: 0), nil, nil)
      return
    }
    let marginals = (0..<words).map { n in topics.map { layers.share(n, $0, layers.forward[n]) } }
    var pairs = Array(repeating: [Double](repeating: 1, count: words), count: words)
    if words <= Self.mostPaired {
      for i in 0..<words {
        let together = topics.map { layers.sharesAfter(i, $0) }
        for j in i + 1..<max(i + 1, words) {
          let sum = together.reduce(0) { $0 + $1[j - i - 1] }
          (pairs[i][j], pairs[j][i]) = (min(1, sum), min(1, sum))
        }
      }
    }
    self.init(
      ExactValue(value, roundingBound: bound), marginals,
      words <= Self.mostPaired ? pairs : nil)
  }

  /// The same answer from all K^N assignments, one after the other.
  public static func enumerated(of corpus: TopicCorpus) -> TopicPosterior {
    enumerated(of: corpus, sum(of: corpus).straight)
  }

  /// The sum over all assignments, with the topic of each word and the pairs that share one.
  static func sum(of corpus: TopicCorpus) -> StateSum<Double> {
    let (topics, words) = (corpus.topicCount, corpus.tokens.count)
    let isPaired = words <= mostPaired
    let pairs = isPaired ? words * (words - 1) / 2 : 0
    return StateSum(power(topics, words), parts: words * topics + pairs) { numbers, tally in
      forEachPath(states: topics, length: words, in: numbers) { assignment in
        var things = assignment.indices.map { $0 * topics + assignment[$0] }
        for i in assignment.indices where isPaired {
          for j in 0..<i where assignment[i] == assignment[j] {
            things.append(words * topics + pair(i, j))
          }
        }
        tally.add(corpus.logJoint(assignment), containing: things)
      }
    }
  }

  /// The answer, from that sum.
  static func enumerated(of corpus: TopicCorpus, _ tally: LogTally<Double>) -> TopicPosterior {
    let (topics, words) = (corpus.topicCount, corpus.tokens.count)
    let value = tally.logTotal
    let roundings = Double(6 * words + 16) * max(1, abs(value)) + Double(tally.visited)
    let shares = tally.shares
    return TopicPosterior(
      ExactValue(value, roundingBound: value.isFinite ? roundings * Double.ulpOfOne : 0),
      shares.map { shares in
        (0..<words).map { Array(shares[($0 * topics)..<(($0 + 1) * topics)]) }
      },
      words > mostPaired
        ? nil
        : shares.map { shares in
          (0..<words).map { i in
            (0..<words).map { j in i == j ? 1 : shares[words * topics + pair(i, j)] }
          }
        })
  }

  private init(
    _ logEvidence: ExactValue, _ topicMarginals: [[Double]]?, _ coassignment: [[Double]]?
  ) {
    (self.logEvidence, self.topicMarginals) = (logEvidence, topicMarginals)
    self.coassignment = coassignment
  }
}

extension TopicLayers {
  /// p(z_n = k, what the messages know | w): messages into layer n, one way, and what is to come.
  func share(_ n: Int, _ k: Int, _ messages: [Double]) -> Double {
    let terms = messages.indices.map { messages[$0] + logWays(n, $0)[k] }
    return min(1, exp(logSumExp(terms) - logEvidence))
  }

  /// p(z_i = k, z_j = k | w) for all words j after i.
  func sharesAfter(_ i: Int, _ k: Int) -> [Double] {
    var messages = moved(forward[i], i, only: k)
    return (i + 1..<max(i + 1, corpus.tokens.count)).map { j in
      let share = share(j, k, messages)
      messages = moved(messages, j, only: nil)
      return share
    }
  }

  /// Messages into the layer after word n, along the ways of one topic or of all.
  private func moved(_ messages: [Double], _ n: Int, only topic: Int?) -> [Double] {
    var terms = Array(repeating: [Double](), count: forward[n + 1].count)
    for node in messages.indices {
      for k in corpus.alpha.indices where topic == nil || topic == k {
        let way = node * corpus.topicCount + k
        if let after = next[n][way] { terms[after].append(messages[node] + logSteps[n][way]) }
      }
    }
    return terms.map(logSumExp)
  }
}
