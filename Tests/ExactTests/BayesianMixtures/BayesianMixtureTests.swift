import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Bayesian mixtures by several routes") struct BayesianMixtureTests {
  @Test("All assignments, and sets of observations component by component")
  func routes() throws {
    let assignments = Route<DrawnMixture>("all assignments") { drawn in
      try BayesianMixturePosterior(enumerating: drawn.mixture, drawn.observations).numbers
    }
    let subsets = Route<DrawnMixture>("sets of observations") { drawn in
      try BayesianMixturePosterior(bySubsets: drawn.mixture, drawn.observations).numbers
    }
    let uniform = Route<DrawnMixture>("weights known to be equal") { try $0.withEqualWeights() }
    try expectAgreement(
      assignments, subsets, faultsInOne: [uniform, assignments.offByAPercent()],
      faultsInOther: [subsets.offByAPercent()], roundings: 4096, draw: DrawnMixture.random)
  }

  @Test("One component: the block's evidence, and nobody apart")
  func oneComponent() throws {
    var cases = try Cases(seed: 5, stream: 0)
    let prior = try NormalInverseWishart.random(dimension: 2, &cases)
    let observations = [[0.1, -1], [2, 0.5], [-1, -1.5]]
    let mixture = try BayesianMixture(concentration: [2.5], prior: prior)
    let answer = try BayesianMixturePosterior(bySubsets: mixture, observations)
    let block = try BlockEvidence(prior).logEvidence(of: observations)
    #expect(abs(answer.logEvidence.value - block) <= answer.logEvidence.roundingBound)
    #expect(answer.coassignment.joined().allSatisfy { abs($0 - 1) <= 16 * Double.ulpOfOne })
  }

  @Test("Permuting the observations permutes the coassignment and leaves the evidence")
  func exchangeable() throws {
    for stream in 0..<20 {
      var cases = try Cases(seed: 9, stream: UInt64(stream))
      let drawn = try DrawnMixture.random(&cases)
      let answer = try BayesianMixturePosterior(bySubsets: drawn.mixture, drawn.observations)
      let turned = try BayesianMixturePosterior(
        bySubsets: drawn.mixture, drawn.observations.reversed())
      let rounding = answer.logEvidence.roundingBound
      #expect(abs(turned.logEvidence.value - answer.logEvidence.value) <= 2 * rounding)
      let back = turned.coassignment.reversed().map { Array($0.reversed()) }
      for (one, other) in zip(back.joined(), answer.coassignment.joined()) {
        #expect(abs(one - other) <= 4 * rounding)
      }
    }
  }

  @Test("No observations, and one") func few() throws {
    var cases = try Cases(seed: 5, stream: 1)
    let prior = try NormalInverseWishart.random(dimension: 1, &cases)
    let mixture = try BayesianMixture(concentration: [0.4, 1.7], prior: prior)
    for answer in [
      try BayesianMixturePosterior(bySubsets: mixture, []),
      try BayesianMixturePosterior(enumerating: mixture, []),
    ] {
      #expect(abs(answer.logEvidence.value) <= answer.logEvidence.roundingBound)
      #expect(answer.coassignment.isEmpty)
    }
    let one = try BayesianMixturePosterior(enumerating: mixture, [[0.7]])
    let block = try BlockEvidence(prior).logEvidence(of: [[0.7]])
    #expect(abs(one.logEvidence.value - block) <= one.logEvidence.roundingBound)
    #expect(one.coassignment == [[1]])
  }

  @Test("Concentrations from 10^-300 to 10^308") func concentrations() throws {
    var cases = try Cases(seed: 5, stream: 2)
    let prior = try NormalInverseWishart.random(dimension: 1, &cases)
    let observations = [[0.7], [-0.2]]
    let together = try BlockEvidence(prior).logEvidence(of: observations)
    // Two components of which each gets everything, as a Dirichlet does when it shrinks to corners.
    let tiny = try BayesianMixturePosterior(
      bySubsets: try BayesianMixture(concentration: [1e-300, 1e-300], prior: prior), observations)
    #expect(abs(tiny.logEvidence.value - together) <= tiny.logEvidence.roundingBound)
    #expect(tiny.coassignment[0][1] == 1)
    // Weights that are certainly one half, although the concentrations' sum is beyond the doubles.
    let huge = try BayesianMixturePosterior(
      bySubsets: try BayesianMixture(concentration: [1.5e308, 1.5e308], prior: prior), observations)
    let apart = try observations.reduce(0.0) { try $0 + BlockEvidence(prior).logEvidence(of: [$1]) }
    let expected = logAddExp(together, apart) - log(2)
    #expect(abs(huge.logEvidence.value - expected) <= huge.logEvidence.roundingBound)
  }

  @Test("A billion degrees of freedom: large logarithms, of which the posterior is a difference")
  func manyDegreesOfFreedom() throws {
    // The second point mirrors the third, so that the first is as likely with the one as with the other.
    let prior = try NormalInverseWishart(mean: [0], kappa: 0.5, dof: 1e9, scale: [[1e-6]])
    let mixture = try BayesianMixture(concentration: [1, 2], prior: prior)
    let observations = [[0.0], [0.3], [-0.3]]
    let one = try BayesianMixturePosterior(bySubsets: mixture, observations)
    let other = try BayesianMixturePosterior(enumerating: mixture, observations)
    #expect(one.logEvidence.value < -1e9)
    #expect(abs(one.coassignment[0][1] - one.coassignment[0][2]) <= 256 * Double.ulpOfOne)
    for (a, b) in zip(one.numbers, other.numbers) {
      #expect(abs(a - b) <= 256 * Double.ulpOfOne * max(1, abs(a)))
    }
    #expect(throws: ModelError.self) {
      try BayesianMixturePosterior(
        bySubsets: try BayesianMixture(
          concentration: [1, 2],
          prior: try NormalInverseWishart(mean: [0], kappa: 0.5, dof: 1e25, scale: [[1]])),
        observations)
    }
  }

  @Test("What does not fit is refused by its place") func refusals() throws {
    let scale = [[1.0, 0], [0, 1]]
    #expect(throws: ModelError("kappa", "expected a positive number, found 0.0")) {
      try NormalInverseWishart(mean: [0, 0], kappa: 0, dof: 3, scale: scale)
    }
    #expect(throws: ModelError("dof", "expected a number above 1, found 1.0")) {
      try NormalInverseWishart(mean: [0, 0], kappa: 1, dof: 1, scale: scale)
    }
    #expect(throws: ModelError("scale", "expected a positive definite matrix")) {
      try NormalInverseWishart(mean: [0, 0], kappa: 1, dof: 3, scale: [[1, 1], [1, 1]])
    }
    #expect(
      throws: ModelError("scale[1][0]", "expected a symmetric matrix, found 0.25 and 0.5")
    ) { try NormalInverseWishart(mean: [0, 0], kappa: 1, dof: 3, scale: [[1, 0.5], [0.25, 1]]) }
    let prior = try NormalInverseWishart(mean: [0, 0], kappa: 1, dof: 3, scale: scale)
    #expect(throws: ModelError("concentration", "expected at least one entry, found none")) {
      try BayesianMixture(concentration: [], prior: prior)
    }
    #expect(throws: ModelError("concentration[1]", "expected a positive number, found -1.0")) {
      try BayesianMixture(concentration: [1, -1], prior: prior)
    }
    let mixture = try BayesianMixture(concentration: [1, 1], prior: prior)
    #expect(throws: ModelError("observations[1]", "expected 2 entries, found 1")) {
      try BayesianMixturePosterior(bySubsets: mixture, [[1, 2], [1]])
    }
    #expect(
      throws: ModelError(
        "observations",
        "the scatter of 2 of them is singular to 32 digits beside prior.scale")
    ) { try BayesianMixturePosterior(bySubsets: mixture, [[1e30, 2e30], [0, 0]]) }
  }
}

extension BayesianMixturePosterior {
  var numbers: [Double] { [logEvidence.value] + coassignment.joined() }
}

/// A mixture with up to five observations.
struct DrawnMixture: Sendable {
  let mixture: BayesianMixture
  let observations: [[Double]]

  static func random(_ choices: inout Cases) throws -> DrawnMixture {
    let mixture = try BayesianMixture.random(&choices)
    var observations: [[Double]] = []
    for _ in 0..<(try choices.integer(0...5)) {
      observations.append(try choices.reals(mixture.prior.dimension, from: -4, to: 4))
    }
    return DrawnMixture(mixture: mixture, observations: observations)
  }

  /// The mistake of taking the mixing weights for known: an infinite concentration.
  func withEqualWeights() throws -> [Double] {
    let certain = try BayesianMixture(
      concentration: mixture.concentration.map { _ in 1e15 }, prior: mixture.prior)
    return try BayesianMixturePosterior(bySubsets: certain, observations).numbers
  }
}
