import Exact
import GSL
import LessonKit
import Probability

/// Latent Dirichlet allocation on a few words: K = 2 topics over V = 3 words.
///
/// ```
/// π_d ~ Dirichlet(α),   φ_k ~ Dirichlet(β),   z_dn ~ π_d,   w_dn ~ φ_{z_dn}
/// ```
struct TopicsProblem: Sendable {
  let alpha: [Double]
  let beta: [Double]
  /// Words by number, a list for each document.
  let documents: [[Int]]
  /// A π and a φ at which the mixture of topics is evaluated.
  let proportions: [Double]
  let topics: [[Double]]
  /// Where the variational fit begins: q(z = 0) of each word in order.
  let start: [Double]

  static let example = TopicsProblem(
    alpha: [0.6, 0.9], beta: [0.5, 0.7, 0.4], documents: [[0, 0, 1], [2, 1]],
    proportions: [0.3, 0.7], topics: [[0.6, 0.3, 0.1], [0.1, 0.3, 0.6]],
    start: [0.8, 0.7, 0.6, 0.2, 0.4])

  static func random(_ cases: inout Cases) throws -> TopicsProblem {
    func distribution(_ count: Int) throws -> [Double] {
      let weights = try cases.reals(count, from: 0.2, to: 1)
      return weights.map { $0 / weights.reduce(0, +) }
    }
    return TopicsProblem(
      alpha: try cases.reals(2, from: 0.4, to: 2), beta: try cases.reals(3, from: 0.4, to: 2),
      documents: [
        try (0..<2).map { _ in try cases.integer(0...2) }, [try cases.integer(0...2), 1],
      ],
      proportions: try distribution(2), topics: [try distribution(3), try distribution(3)],
      start: try cases.reals(4, from: 0.15, to: 0.85))
  }

  /// Document and word of each place.
  var tokens: [(document: Int, word: Int)] {
    documents.enumerated().flatMap { d, words in words.map { (d, $0) } }
  }

  /// α plus counts of a document, β plus counts of a topic, where each word has weights over topics.
  func posteriors(_ weights: [[Double]]) -> (documents: [[Double]], topics: [[Double]]) {
    var found = (documents: documents.map { _ in alpha }, topics: alpha.map { _ in beta })
    for (token, row) in zip(tokens, weights) {
      for (k, weight) in row.enumerated() {
        found.documents[token.document][k] += weight
        found.topics[k][token.word] += weight
      }
    }
    return found
  }

  private func logPartitions(_ all: (documents: [[Double]], topics: [[Double]])) throws -> Double {
    try (all.documents + all.topics).reduce(0) {
      try $0 + DirichletLaw(concentration: $1).logPartition()
    }
  }

  /// Every z with log p(w, z).
  func assignments() throws -> [(labels: [Int], logJoint: Double)] {
    let none = try logPartitions(posteriors([]))
    return try (0..<(1 << tokens.count)).map { state in
      let labels = tokens.indices.map { (state >> $0) & 1 }
      let counted = try logPartitions(posteriors(labels.map { $0 == 0 ? [1, 0] : [0, 1] }))
      return (labels, counted - none)
    }
  }

  /// log p(w), word by word: an urn for each document and one for each topic, all histories of topics.
  func logEvidenceByUrns() -> Double {
    func continued(_ place: Int, _ documents: [[Double]], _ topics: [[Double]]) -> Double {
      guard place < tokens.count else { return 1 }
      let (d, word) = tokens[place]
      return alpha.indices.reduce(0) { sum, k in
        let weight =
          documents[d][k] / documents[d].reduce(0, +) * topics[k][word] / topics[k].reduce(0, +)
        var (documents, topics) = (documents, topics)
        documents[d][k] += 1
        topics[k][word] += 1
        return sum + weight * continued(place + 1, documents, topics)
      }
    }
    let start = posteriors([])
    return log(continued(0, start.documents, start.topics))
  }

  /// KL(q‖p(z, π, φ|w)) of a factorised q whose Dirichlet factors are the best for its rows.
  func divergenceFromPosterior(_ rows: [[Double]]) throws -> Double {
    let all = try assignments()
    let total = logSumExp(all.map(\.logJoint))
    let q = posteriors(rows)
    var sum = 0.0
    for (labels, logJoint) in all {
      let weight = zip(rows, labels).reduce(1) { $0 * $1.0[$1.1] }
      let exact = posteriors(labels.map { $0 == 0 ? [1, 0] : [0, 1] })
      let global = try zip(q.documents + q.topics, exact.documents + exact.topics).reduce(0) {
        try $0
          + DirichletLaw(concentration: $1.0)
          .bregmanDivergence(from: DirichletLaw(concentration: $1.1))
      }
      sum += weight * (log(weight) - (logJoint - total) + global)
    }
    return sum
  }
}

extension TopicsProblem: Shown {
  /// Priors, words, and the point.
  var givens: [Given] {
    [
      Given("α", alpha), Given("β", beta), Given("w", documents.map { $0.map(Double.init) }),
      Given("π", proportions).folded, Given("φ", topics).folded, Given("q(z_n = 0)", start),
    ]
  }
}
