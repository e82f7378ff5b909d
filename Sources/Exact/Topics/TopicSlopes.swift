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
  public var alpha: [Double] { ofAlpha.map(\.value) }
  /// By beta[v]; nil where topics are given.
  public var beta: [Double]? { topics == nil ? ofBeta.map(\.value) : nil }
  /// By topics[k][v]; nil where they are integrated out.
  public internal(set) var topics: [[Double]]?
  private var ofAlpha: [SlopeSum]
  private var ofBeta: [SlopeSum]

  private init(zeroFor corpus: TopicCorpus) {
    ofAlpha = corpus.alpha.map { _ in SlopeSum() }
    ofBeta = []
    switch corpus.topics {
    case .given(let rows): topics = rows.map { $0.map { _ in 0 } }
    case .dirichlet(let numbers): ofBeta = numbers.map { _ in SlopeSum() }
    }
  }

  /// From layers of counts; nil when a document is impossible.
  public init?(of layers: TopicLayers) {
    guard layers.logEvidence > -.infinity else { return nil }
    let corpus = layers.corpus
    self.init(zeroFor: corpus)
    let sum = corpus.alpha.reduce(0, +)
    var (document, place) = (0, 0)
    for (n, token) in corpus.tokens.enumerated() {
      (document, place) = (token.document, token.document == document ? place : 0)
      let alphaSum = 1 / (sum + Double(place))
      for (node, reached) in layers.forward[n].enumerated() {
        for (k, logWay) in layers.logWays(n, node).enumerated() where logWay > -.infinity {
          let share = exp(reached + logWay - layers.logEvidence)
          let steep = layers.steepness[n][node * corpus.topicCount + k]
          for j in ofAlpha.indices {
            ofAlpha[j].add(share * ((j == k ? steep.alpha : 0) - alphaSum))
          }
          for v in ofBeta.indices {
            ofBeta[v].add(share * ((v == token.word ? steep.beta : 0) - steep.betaSum))
          }
        }
      }
      place += 1
    }
    if topics != nil {
      addForced(corpus) { TopicLayers($0, mostNodes: .max)?.logEvidence ?? -.infinity }
    }
  }

  /// Whether rounding decides none of them: a small Dirichlet parameter has large slopes, which may cancel.
  public var isSettled: Bool { (ofAlpha + ofBeta).allSatisfy { $0.isSettled() } }

  /// The same from all assignments: E[∂ log p(z, w)] by differences of digamma's recurrence, Σ 1/(a + i).
  public static func enumerated(of corpus: TopicCorpus) throws -> TopicSlopes? {
    var slopes = TopicSlopes(zeroFor: corpus)
    let (topics, words) = (corpus.topicCount, corpus.topics.vocabulary)
    let sum = corpus.alpha.reduce(0, +)
    var isPossible = false
    try corpus.visitedAssignments.visitShares { assignment, share in
      isPossible = true
      var inDocuments = Array(repeating: corpus.alpha.map { _ in 0 }, count: corpus.documentCount)
      var ofWords = Array(repeating: [Int](repeating: 0, count: words), count: topics)
      for (token, topic) in zip(corpus.tokens, assignment) {
        inDocuments[token.document][topic] += 1
        ofWords[topic][token.word] += 1
      }
      for (k, alpha) in corpus.alpha.enumerated() {
        for counts in inDocuments {
          slopes.ofAlpha[k].add(share * harmonic(alpha, counts[k], of: sum, counts.reduce(0, +)))
        }
      }
      guard case .dirichlet(let beta) = corpus.topics else { return }
      for (v, own) in beta.enumerated() {
        for counts in ofWords {
          slopes.ofBeta[v].add(
            share * harmonic(own, counts[v], of: beta.reduce(0, +), counts.reduce(0, +)))
        }
      }
    }
    guard isPossible else { return nil }
    if slopes.topics != nil {
      slopes.addForced(corpus) { (try? $0.visitedAssignments.logEvidence) ?? -.infinity }
    }
    return slopes
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

/// Σ_(i < n) 1/(a + i) − Σ_(i < N) 1/(A + i) = ψ(a + n) − ψ(a) − ψ(A + N) + ψ(A), one i after the other.
private func harmonic(_ a: Double, _ count: Int, of sum: Double, _ all: Int) -> Double {
  (0..<all).reduce(0) {
    $0 + ($1 < count ? 1 / (a + Double($1)) : 0) - 1 / (sum + Double($1))
  }
}
