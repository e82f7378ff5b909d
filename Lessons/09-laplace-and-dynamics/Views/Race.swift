import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// A model with the exact answer, Laplace's Gaussian and the best one.
struct Race: Sendable {
  /// A letter for tables.
  let name: String
  /// What is seen, in a few words.
  let words: String
  let model: LatentGaussian
  let exact: LatentGaussianPosterior
  let laplace: LaplaceApproximation
  let best: BestGaussian

  init(_ name: String, _ words: String, _ model: LatentGaussian) throws {
    guard let exact = try LatentGaussianPosterior(of: model) else {
      throw ModelError("prior", "the posterior takes too many points")
    }
    (self.name, self.words, self.model, self.exact) = (name, words, model, exact)
    laplace = try LaplaceApproximation(of: model)
    best = try BestGaussian(for: model)
  }

  /// What Laplace's log-evidence has too much.
  var errorOfLaplace: QuadratureValue {
    QuadratureValue(
      laplace.logEvidence - exact.logEvidence.value, errorBound: exact.logEvidence.errorBound)
  }

  /// KL(q‖p(z|y)) of Laplace's Gaussian and of the best.
  func gapOfLaplace() throws -> QuadratureValue { try gap(try model.elbo(of: laplace.q)) }
  func gapOfBest() throws -> QuadratureValue { try gap(best.elbo) }

  private func gap(_ elbo: Double) throws -> QuadratureValue {
    QuadratureValue(
      exact.logEvidence.value - elbo, errorBound: exact.logEvidence.errorBound)
  }
}

// MARK: The six of the lesson

extension Race {
  /// A count of three, and none at all, for a log-rate z + .2.
  static func count(_ name: String, _ count: Int) throws -> Race {
    try Race(
      name, "y = \(count) ~ Poisson(e^(z + .2))",
      LatentGaussian(
        mean: [0], covariance: [[1]], features: [[1]], offset: [0.2], law: .poisson,
        observations: [count]))
  }

  /// One bit that is 1, and a prior that hardly says anything.
  static func bit(deviation: Double = 10, offset: Double = 2.3) throws -> Race {
    try Race(
      "D", "one bit, log odds z + \(offset)",
      LatentGaussian(
        mean: [0], covariance: [[deviation * deviation]], features: [[1]], offset: [offset],
        law: .bernoulli, observations: [1]))
  }

  static func all() throws -> [Race] {
    [
      try count("A", 3), try count("B", 0),
      try Race("C", "counts 1, 3 on a walk", try ChainProblem.twoSteps().model.latentGaussian()),
      try bit(),
      try Race(
        "E", "three bits that a line separates",
        LatentGaussian(
          mean: [0, 0], covariance: [[25, 0], [0, 25]],
          features: [[1, 0.5], [2, -1], [-0.3, -1.5]], offset: [0, 0, 0], law: .bernoulli,
          observations: [1, 1, 0])),
      try Race(
        "F", "three bits that none separates",
        LatentGaussian(
          mean: [0, 0.5], covariance: [[2, 0.5], [0.5, 1]],
          features: [[1, 0.5], [2, -1], [0.3, 1.5]], offset: [0.2, -0.1, 0.4], law: .bernoulli,
          observations: [1, 1, 0])),
    ]
  }

  /// What stands above the table.
  static let givens: [Given] = [
    Given("A", words: "z ~ N(0, 1), y = 3 ~ Poisson(e^(z + .2))"),
    Given("B", words: "the same, y = 0"),
    Given("C", words: "z₁ ~ N(0, 1), z₂ ~ N(.9 z₁, .19), counts 1 and 3 with log-rates z + .3"),
    Given("D", words: "z ~ N(0, 100), one bit, 1, with log odds z + 2.3"),
    Given(
      "E",
      words:
        "z ~ N((0, 0), [[25, 0], [0, 25]]), bits 1, 1, 0, f = (1, .5), (2, −1), (−.3, −1.5), c = 0"),
    Given(
      "F",
      words:
        "z ~ N((0, .5), [[2, .5], [.5, 1]]), bits 1, 1, 0, f = (1, .5), (2, −1), (.3, 1.5), c = (.2, −.1, .4)"
    ),
  ]
}
