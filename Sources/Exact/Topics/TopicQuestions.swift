import GSL
public import Models
public import Probability

extension TopicLayers: HiddenStateLaw {
  /// The most probable topics of all words, with their log joint; nil when a document is impossible.
  ///
  /// ```
  /// best_n(counts) = max_k log p(z_n = k, w_n | counts) + best_{n+1}(counts with k)
  /// ```
  /// Of topics that rounding alone tells apart (labels that may change places) the first is taken.
  public var explanation: (state: [Int], logJoint: Double)? {
    guard logEvidence > -.infinity else { return nil }
    let topics = corpus.alpha.indices
    var best = [forward[corpus.tokens.count].map { _ in 0.0 }]
    for n in corpus.tokens.indices.reversed() {
      let after = best[best.count - 1]
      best.append(
        forward[n].indices.map { node in
          topics.map { logStep(n, node, $0, after) }.max() ?? -.infinity
        })
    }
    best.reverse()
    var (assignment, node): ([Int], Int) = ([], 0)
    for n in corpus.tokens.indices {
      let values = topics.map { logStep(n, node, $0, best[n + 1]) }
      let largest = values.max() ?? -.infinity
      let topic = values.firstIndex { $0 >= largest - 1e-12 * max(1, abs(largest)) } ?? 0
      assignment.append(topic)
      node = next[n][node * corpus.topicCount + topic] ?? 0
    }
    return (assignment, best[0][0])
  }

  private func logStep(_ n: Int, _ node: Int, _ topic: Int, _ after: [Double]) -> Double {
    let way = node * corpus.topicCount + topic
    return next[n][way].map { logSteps[n][way] + after[$0] } ?? -.infinity
  }

  /// Topics of all words drawn from the posterior; nil when a document is impossible.
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws(ChoiceError) -> [[Int]]? {
    guard logEvidence > -.infinity else { return nil }
    return try draws(count, &choices) { choices throws(ChoiceError) in try sample(&choices) }
  }

  /// From the first word to the last.
  private func sample(_ choices: inout some DiscreteChoices) throws(ChoiceError) -> [Int] {
    var (assignment, node): ([Int], Int) = ([], 0)
    for n in corpus.tokens.indices {
      let topic = try choices.choose(normalised(logWays(n, node)))
      assignment.append(topic)
      node = next[n][node * corpus.topicCount + topic] ?? 0
    }
    return assignment
  }

  /// The entropy of the posterior over all assignments, in nats, by the chain rule; nil when a document is impossible.
  public var entropy: Double? {
    guard logEvidence > -.infinity else { return nil }
    var rest = forward[corpus.tokens.count].map { _ in 0.0 }
    for n in corpus.tokens.indices.reversed() {
      let after = rest
      rest = forward[n].indices.map { node in
        guard backward[n][node] > -.infinity else { return 0 }
        return mixedEntropy(logWays(n, node)) { k in
          next[n][node * corpus.topicCount + k].map { after[$0] } ?? 0
        }
      }
    }
    return rest[0]
  }
}

extension TopicCorpus {
  /// All assignments with their log joints, one by one.
  public var visitedAssignments: VisitedStates<[Int]> {
    VisitedStates { [self] each in
      try forEachPathThrowing(states: topicCount, length: tokens.count) {
        try each($0, logJoint($0))
      }
    }
  }
}
