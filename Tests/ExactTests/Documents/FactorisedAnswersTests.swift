import Exact
import Models
import Probability
import Testing

/// The factorised sum against the states one by one.
///
/// Catches: a wrong half or power in the product of normalisers, a block or slab left out or counted
/// twice, filling-up that adds weight, a flipped factor put back the wrong way, underflow that is
/// taken for zero.
@Suite struct FactorisedAnswersTests {
  /// Sizes on both sides of every block: 32 rows, 64 columns, 16 words.
  @Test(arguments: [
    (0, 1), (0, 5), (1, 2), (2, 16), (3, 17), (5, 15), (6, 33), (7, 8), (9, 3), (11, 16),
  ])
  func sizesThatDoNotDivideEvenly(factors: Int, words: Int) throws {
    var sampler = try Sampler(seed: UInt64(100 * factors + words))
    let model = try randomModel(factors, words, weights: 2, &sampler)
    let documents = try [[], [words - 1], Array(repeating: 0, count: 33)].map(model.observing)
    try expectAgreement(model, documents)
  }

  /// 300 apart, normalisers underflow as products and every state needs its own logarithm.
  @Test(arguments: [30.0, 300, 3000])
  func weightsFarApart(scale: Double) throws {
    for seed in 1...6 {
      var sampler = try Sampler(seed: UInt64(seed))
      let model = try randomModel(7, 5, weights: scale, &sampler)
      let documents = try [[0, 4, 4], [2], []].map(model.observing)
      try expectAgreement(model, documents)
    }
  }

  @Test func longDocuments() throws {
    var sampler = try Sampler(seed: 5)
    let model = try randomModel(8, 6, weights: 1.5, &sampler)
    let words = try (0..<2000).map { _ in try sampler.choose(below: 6) }
    try expectAgreement(model, [try model.observing(words)])
  }

  @Test func certainAndNearlyCertainFactors() throws {
    var sampler = try Sampler(seed: 8)
    let drawn = try randomModel(6, 4, weights: 2, &sampler)
    let priors: [[Double]] = [
      [0, 1, 0.3, 1, 0, 0.8], [1e-300, 0.3, 0.7, 1e-9, 0.5, 0.25],
      [1 - 1e-12, 0.3, 0.7, 1e-12, 0.5, 0.25], [1, 0, 1, 0, 1, 0],
    ]
    for prior in priors {
      let model = try LatentFactorModel(prior: prior, weights: drawn.weights, bias: drawn.bias)
      try expectAgreement(model, try [[0, 3, 3], [1]].map(model.observing))
    }
  }

  @Test func theLogEvidenceAloneIsTheSame() throws {
    var sampler = try Sampler(seed: 3)
    for factors in [1, 6, 10] {
      let model = try randomModel(factors, 9, weights: 2, &sampler)
      let document = try model.observing([0, 8, 8, 3])
      let fast = factorisedLogEvidence(of: document)
      let slow = ExactMarginals(of: document).logEvidence
      #expect(abs(fast.value - slow.value) <= fast.roundingBound + slow.roundingBound)
    }
  }

  /// More factors than one call takes: the outer settings move the bias.
  @Test func factorsBeyondOneBlock() throws {
    var sampler = try Sampler(seed: 4)
    // Many words make the blocks small: eight factors each.
    let model = try randomModel(9, 9000, weights: 1, &sampler)
    let document = try model.observing([3, 8999, 3])
    let fast = factorisedLogEvidence(of: document)
    let slow = ExactMarginals(of: document)
    let bound = fast.roundingBound + slow.logEvidence.roundingBound
    #expect(abs(fast.value - slow.logEvidence.value) <= bound)
    let marginals = try #require(DocumentPosterior(factorised: document)?.marginals)
    for (found, exact) in zip(marginals, try #require(slow.marginals)) {
      #expect(abs(found - exact) <= 1e-12)
    }
  }

  /// A part of the sum is e^1500 times as large as the one before it; catches parts that are scaled by the first.
  @Test(arguments: [0, 5, 6, 11])
  func partsFarApart(factor: Int) throws {
    var sampler = try Sampler(seed: 6)
    var weights = (0..<12).map { _ in (0..<2).map { _ in sampler.uniform() } }
    weights[factor] = [0, 800]
    let model = try LatentFactorModel(
      prior: [Double](repeating: 0.25, count: 12), weights: weights, bias: [0, -500])
    try expectAgreement(model, [try model.observing([1, 1, 1])])
  }

  @Test func scoresBeyondTheDoublesHaveNoFactorisedAnswer() throws {
    let model = try LatentFactorModel(
      prior: [0.3, 0.4], weights: [[1e308, -1e308], [1e308, 1]], bias: [1e308, 0])
    #expect(DocumentPosterior(factorised: try model.observing([0, 1])) == nil)
  }

  private func randomModel(
    _ factors: Int, _ words: Int, weights scale: Double, _ sampler: inout Sampler
  ) throws -> LatentFactorModel {
    try LatentFactorModel(
      prior: (0..<factors).map { _ in 0.02 + 0.96 * sampler.uniform() },
      weights: (0..<factors).map { _ in
        (0..<words).map { _ in scale * (2 * sampler.uniform() - 1) }
      },
      bias: (0..<words).map { _ in sampler.uniform() })
  }

  private func expectAgreement(
    _ model: LatentFactorModel, _ documents: [LatentFactorDocument]
  ) throws {
    let fast = try documents.map { try #require(DocumentPosterior(factorised: $0)) }
    let slow = documents.map { DocumentPosterior(of: $0) }
    for (one, other) in zip(fast.map(\.logEvidence), slow.map(\.logEvidence)) {
      #expect(abs(one.value - other.value) <= one.roundingBound + other.roundingBound)
    }
    for (one, other) in zip(fast.map(\.marginals), slow.map(\.marginals)) {
      for (a, b) in zip(try #require(one), try #require(other)) { #expect(abs(a - b) <= 1e-10) }
    }
    let (fastSum, slowSum) = (
      fast.sumOfGradients(under: model), slow.sumOfGradients(under: model)
    )
    #expect((fastSum.prior == nil) == (slowSum.prior == nil))
    let pairs = zip(fastSum.flattened, slowSum.flattened)
    // The tolerance of the exchanged cases, ten times over: log p itself is off by its roundings,
    // and a share of the sum with it.
    for (a, b) in pairs { #expect(abs(a - b) <= 1e-10 * max(1, abs(b))) }
  }
}
