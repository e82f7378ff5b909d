import GSL
public import Models
import Probability

/// The slopes of log p(w) by the Dirichlets' parameters, or by the words of given topics.
///
/// ```
/// ∂ log p(w) / ∂α_k = Σ_n p(z_n = k | w) E[1/(α_k + n_dk)] − Σ_d Σ_(i < n_d) 1/(A + i)
/// ```
/// and likewise by β_v, whose second sum is over what each topic has had of words. By Fisher's identity they are
/// means of the slopes of log p(z, w); every way from a table of counts to the next carries its own.
public struct TopicSlopes: Sendable, Equatable {
  /// By alpha[k].
  public internal(set) var alpha: [Double]
  /// By beta[v]; nil where topics are given.
  public internal(set) var beta: [Double]?
  /// By topics[k][v]; nil where they are integrated out.
  public internal(set) var topics: [[Double]]?

  private init(zeroFor corpus: TopicCorpus) {
    alpha = corpus.alpha.map { _ in 0 }
    switch corpus.topics {
    case .given(let rows): topics = rows.map { $0.map { _ in 0 } }
    case .dirichlet(let numbers): beta = numbers.map { _ in 0 }
    }
  }

  /// From layers of counts; nil when a document is impossible.
  public init?(of layers: TopicLayers) {
    guard layers.logEvidence > -.infinity else { return nil }
    let corpus = layers.corpus
    self.init(zeroFor: corpus)
    for (n, token) in corpus.tokens.enumerated() {
      for (node, reached) in layers.forward[n].enumerated() {
        for (k, logWay) in layers.logWays(n, node).enumerated() where logWay > -.infinity {
          let share = exp(reached + logWay - layers.logEvidence)
          let steep = layers.steepness[n][node * corpus.topicCount + k]
          alpha[k] += share * steep.alpha
          beta?[token.word] += share * steep.beta
          for v in beta?.indices ?? 0..<0 { beta?[v] -= share * steep.betaSum }
        }
      }
    }
    let lost = Self.lost(corpus)
    alpha = alpha.map { $0 - lost }
    if topics != nil {
      addForced(corpus) { TopicLayers($0, mostNodes: .max)?.logEvidence ?? -.infinity }
    }
  }

  /// The same from all assignments: E[∂ log p(z, w)] by differences of digamma's recurrence, Σ 1/(a + i).
  public static func enumerated(of corpus: TopicCorpus) throws -> TopicSlopes? {
    var slopes = TopicSlopes(zeroFor: corpus)
    let (topics, words) = (corpus.topicCount, corpus.topics.vocabulary)
    let betas: [Double]? = if case .dirichlet(let beta) = corpus.topics { beta } else { nil }
    let means = try corpus.visitedAssignments.mean(of: topics + words) { assignment in
      var inDocuments = Array(repeating: corpus.alpha.map { _ in 0 }, count: corpus.documentCount)
      var ofWords = Array(repeating: [Int](repeating: 0, count: words), count: topics)
      for (token, topic) in zip(corpus.tokens, assignment) {
        inDocuments[token.document][topic] += 1
        ofWords[topic][token.word] += 1
      }
      let byAlpha = corpus.alpha.indices.map { k in
        inDocuments.reduce(0) { $0 + harmonic(corpus.alpha[k], $1[k]) }
      }
      let byBeta = (0..<words).map { v in
        guard let betas else { return 0.0 }
        let sum = betas.reduce(0, +)
        return ofWords.reduce(0) {
          $0 + harmonic(betas[v], $1[v]) - harmonic(sum, $1.reduce(0, +))
        }
      }
      return byAlpha + byBeta
    }
    guard let means else { return nil }
    let lost = lost(corpus)
    slopes.alpha = means[..<topics].map { $0 - lost }
    if betas != nil { slopes.beta = Array(means[topics...]) }
    if slopes.topics != nil {
      slopes.addForced(corpus) { (try? $0.visitedAssignments.logEvidence) ?? -.infinity }
    }
    return slopes
  }

  /// Σ_d Σ_(i < n_d) 1/(A + i), which no topic changes.
  private static func lost(_ corpus: TopicCorpus) -> Double {
    let sum = corpus.alpha.reduce(0, +)
    return (0..<corpus.documentCount).reduce(0) { total, d in
      total + harmonic(sum, corpus.tokens.count { $0.document == d })
    }
  }

  /// Slopes by the words of given topics, zeros among them.
  ///
  /// ```
  /// ∂ p(w) / ∂ topics[k][v] = Σ_(n: w_n = v) p(w, z_n = k) without the factor of w_n
  /// ```
  /// Documents share nothing then, so that only the word's own is looked at.
  private mutating func addForced(_ corpus: TopicCorpus, _ logEvidence: (TopicCorpus) -> Double) {
    for d in 0..<corpus.documentCount {
      let whole = logEvidence(corpus.document(d))
      for n in corpus.tokens.indices where corpus.tokens[n].document == d {
        for k in corpus.alpha.indices {
          let forced = logEvidence(corpus.document(d, forcing: n, to: k))
          topics?[k][corpus.tokens[n].word] += exp(forced - whole)
        }
      }
    }
  }
}

/// Σ_(i < n) 1/(a + i) = ψ(a + n) − ψ(a).
private func harmonic(_ a: Double, _ count: Int) -> Double {
  (0..<count).reduce(0) { $0 + 1 / (a + Double($1)) }
}
