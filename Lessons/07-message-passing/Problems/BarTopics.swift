import GSL
import Networks
import Probability

/// Documents whose words are the pixels of a square and whose topics are its rows and columns.
///
/// Reference: Griffiths and Steyvers 2004, figure 1.
struct BarTopics {
  static let side = 5
  /// The counts of both Dirichlet priors.
  static let (weightCount, wordCount) = (0.3, 0.1)

  /// The ten true topics, rows and columns: their pixels are equally likely.
  static let topics: [[Double]] = (0..<side).flatMap { bar in
    let (row, column) = (0..<side * side).reduce(into: ([Double](), [Double]())) { bars, pixel in
      bars.0.append(pixel / side == bar ? 1 / Double(side) : 0)
      bars.1.append(pixel % side == bar ? 1 / Double(side) : 0)
    }
    return [row, column]
  }

  /// How often each word is in each document, a row a document.
  let counts: Matrix

  /// Two hundred documents of sixty words, drawn from the model with the true topics.
  init(seed: UInt64 = 7) throws {
    var generator = try Generator(seed: seed)
    var rows: [[Double]] = []
    for _ in 0..<200 {
      var shares: [Double] = []
      for _ in Self.topics { shares.append(try generator.gamma(shape: Self.weightCount, scale: 1)) }
      let whole = shares.reduce(0, +)
      var words = Self.topics[0].map { _ in 0.0 }
      for _ in 0..<60 {
        var left = generator.uniform() * whole
        let topic = shares.firstIndex { share in
          left -= share
          return left < 0
        }
        let place = try generator.uniform(below: Self.side)
        let bar = (topic ?? 0) / 2
        words[(topic ?? 0) % 2 == 0 ? bar * Self.side + place : place * Self.side + bar] += 1
      }
      rows.append(words)
    }
    counts = Matrix(rows)
  }
}

/// Mean field for latent Dirichlet allocation, q(z) q(π) q(φ), on counts.
///
/// Reference: Blei, Ng and Jordan 2003, with a prior on the topics as well.
struct TopicFit {
  /// q(π_d), one a document, and q(φ_k), one a topic.
  private(set) var weights: [DirichletLaw]
  private(set) var topics: [DirichletLaw]

  /// Topics that begin nearly alike, with noise from a seed.
  init(_ data: BarTopics, seed: UInt64) throws {
    var generator = try Generator(seed: seed, stream: 1)
    let flat = BarTopics.topics.map { _ in 1.0 }
    weights = try (0..<data.counts.rows).map { _ in try DirichletLaw(concentration: flat) }
    topics = try BarTopics.topics.map { topic in
      try DirichletLaw(concentration: topic.map { _ in 20 + 40 * generator.uniform() })
    }
  }

  /// One sweep: all q(z), then q(π) and q(φ).
  ///
  /// ```
  /// r_dvk = P_dk F_vk / Σ_j P_dj F_vj,   P_dk = e^(E log π_dk),   F_vk = e^(E log φ_kv)
  /// q(π_d) = Dirichlet(α + Σ_v n_dv r_dvk)     q(φ_k) = Dirichlet(β + Σ_d n_dv r_dvk)
  /// ```
  /// All uses of word v in document d have one responsibility, so sums over words are products of
  /// matrices.
  mutating func sweep(_ data: BarTopics) throws {
    let p = Matrix(try weights.map { try $0.meanParameters().map(exp) })
    let f = Matrix(try topics.map { try $0.meanParameters().map(exp) })
    let total = p.times(f)
    let shares = total.withEntries(zip(data.counts.array, total.array).map { $0 / $1 })
    weights = try updated(p, shares.times(f.transposed()), prior: BarTopics.weightCount)
    topics = try updated(f, p.transposed().times(shares), prior: BarTopics.wordCount)
  }

  private func updated(_ here: Matrix, _ sums: Matrix, prior: Double) throws -> [DirichletLaw] {
    try (0..<here.rows).map { row in
      try DirichletLaw(
        concentration: (0..<here.columns).map { prior + here[row, $0] * sums[row, $0] })
    }
  }

  /// E[φ_k], a row a topic.
  var means: [[Double]] {
    topics.map { topic in
      let whole = topic.concentration.reduce(0, +)
      return topic.concentration.map { $0 / whole }
    }
  }
}

extension TopicFit {
  /// For each true topic the learned one that stands for it, the nearest pairs first.
  var order: [Int] {
    let means = self.means
    var pairs = BarTopics.topics.indices.flatMap { truth in
      means.indices.map { (truth: truth, found: $0, off: off(means[$0], truth)) }
    }
    pairs.sort { $0.off < $1.off }
    var order = means.map { _ in -1 }
    for pair in pairs where order[pair.truth] < 0 && !order.contains(pair.found) {
      order[pair.truth] = pair.found
    }
    return order
  }

  /// How many bars are found: a total variation below a tenth.
  var found: Int {
    let means = self.means
    return order.enumerated().count { off(means[$0.element], $0.offset) < 0.1 }
  }

  private func off(_ mean: [Double], _ truth: Int) -> Double {
    0.5 * zip(mean, BarTopics.topics[truth]).reduce(0) { $0 + abs($1.0 - $1.1) }
  }
}
