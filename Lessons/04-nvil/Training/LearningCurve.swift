import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// What is known, exactly, of a pair of networks in the middle of learning.
struct Checkpoint: Sendable {
  let step: Int
  let documents: Int
  /// Σ_x log p(x), by enumeration.
  let logEvidence: Double
  /// Σ_x ELBO, by enumeration.
  let elbo: Double
  /// The same from draws of q, as anyone without enumeration would see it.
  let sampled: MonteCarloValue
  /// Σ_x of the best bound that coordinate ascent finds from many starts with independent bits of
  /// each document's own; at the end of learning only.
  var bestProduct: Double?

  var gap: Double { logEvidence - elbo }
}

/// Neural variational inference on the corpus, watched by enumeration.
enum LearningCurve {
  /// The exact gap has settled when it moved by less than this, per document, twice running.
  static let settled = 0.03
  /// The steps between two looks, once the first ones are over.
  static let interval = 80
  /// Where patience ends.
  static let longest = 960

  /// Steps of .15, half of that after 60 of them.
  static var settings: NVILSettings {
    var settings = NVILSettings()
    (settings.learningRate, settings.halvingTime) = (0.15, 60)
    return settings
  }

  /// Trains until the exact gap has settled and returns what was seen on the way.
  static func train(seed: UInt64) throws -> [Checkpoint] {
    let corpus = try Corpus.documents()
    var sampler = try Sampler(seed: seed, stream: 4)
    let networks = DocumentNetworks(
      words: Corpus.vocabulary.count, features: 4, prior: Corpus.prior
    ) { sampler.standardNormal() }
    var training = NVILTraining(networks, corpus: corpus, settings: settings)
    var seen = [try look(at: training, seed: seed)]
    var next = 5
    while training.time < longest, !hasSettled(seen) {
      while training.time < next { try training.step(&sampler) }
      seen.append(try look(at: training, seed: seed))
      next += min(next, interval)
    }
    if let last = seen.indices.last { seen[last].bestProduct = try bestProducts(training) }
    return seen
  }

  /// Whether the gap hardly moved in the last two intervals.
  static func hasSettled(_ seen: [Checkpoint]) -> Bool {
    let last = seen.suffix(3)
    guard let first = last.first, last.count == 3, first.step >= interval else { return false }
    return zip(last, last.dropFirst()).allSatisfy {
      abs($0.gap - $1.gap) < settled * Double($0.documents)
    }
  }

  /// The climbs of coordinate ascent for each document: from the network's q, from the marginals of
  /// the posterior, and from near each of the 16 states.
  static let climbs = 18

  /// For each document the best of these climbs: a product of bits that no network has to produce.
  private static func bestProducts(_ training: NVILTraining) throws -> Double {
    let model = try training.networks.model()
    let corners = (0..<16).map { state in latents(state, count: 4).map { 0.05 + 0.9 * $0 } }
    return try training.corpus.reduce(0) { total, document in
      let observed = try model.observing(document.words)
      let table = JointTable(observed)
      let starts = [
        training.networks.probabilities(document.words),
        ExactMarginals(of: observed).marginals,
      ]
      let climbs = (starts.compactMap(\.self) + corners).map { b in
        var q = MeanField(factors: b.map { [1 - $0, $0] })
        return q.ascend(table, tolerance: 1e-7, sweeps: 60).last?.elbo ?? -.infinity
      }
      return total + (climbs.max() ?? -.infinity)
    }
  }

  /// Whether the inference network could give each document any λ that it likes.
  ///
  /// λ = M h + v is a linear map of the word frequencies, and any such map can be had with as many
  /// features as bits. Documents whose counts are linearly independent can be given any λ by one.
  static func isAmortisationFree(_ corpus: [Document]) -> Bool {
    var rows = corpus.map(\.counts.array)
    // Gauss's elimination; of a dependent row nothing is left.
    while let row = rows.popLast() {
      guard let pivot = row.indices.max(by: { abs(row[$0]) < abs(row[$1]) }),
        abs(row[pivot]) > 1e-9
      else { return false }
      for other in rows.indices {
        let factor = rows[other][pivot] / row[pivot]
        for place in row.indices { rows[other][place] -= factor * row[place] }
      }
    }
    return true
  }

  private static func look(at training: NVILTraining, seed: UInt64) throws -> Checkpoint {
    let model = try training.networks.model()
    var (evidence, bound) = (CompensatedSum(), CompensatedSum())
    for document in training.corpus {
      let observed = try model.observing(document.words)
      evidence.add(ExactPosterior(of: observed).logEvidence.value)
      let b = training.networks.probabilities(document.words)
      bound.add(exactELBO(factorised: b, of: observed).value)
    }
    let sampled = try sampledMoments(draws: 50, seed: seed) { choices in
      var total = 0.0
      for document in training.corpus {
        total += try training.networks.elboEstimate(document, &choices)
      }
      return [total]
    }
    return Checkpoint(
      step: training.time, documents: training.corpus.count, logEvidence: evidence.value,
      elbo: bound.value,
      sampled: sampled.estimate(0))
  }

  /// Σ_x log p(x) under the model that the documents were drawn from.
  static func trueLogEvidence() throws -> Double {
    let model = try Corpus.trueModel()
    return try Corpus.documents().reduce(0) {
      $0 + ExactPosterior(of: try model.observing($1.words)).logEvidence.value
    }
  }
}
