import GSL
import Models
import Networks
import Probability
import Testing

@testable import Approximate

@Suite("Draws of a decoder's slopes, and steps that learn") struct ReparameterisedFitTests {
  // Catches: a slope in the covariance that is not symmetric, doubled, or taken with the wrong root.
  @Test("A line asks for its own potential, on average over noise in the plane")
  func line() throws {
    let decoder = try LinearDecoder(
      weights: [[0.7, -0.3], [0.2, 1.1], [-0.5, 0.4]], bias: [0.1, 0, -0.2],
      variances: [0.5, 0.8, 1.3])
    let y = Vector([0.4, -1.2, 0.9])
    let q = try GaussianFactor(
      mean: Vector([0.3, -0.8]), covariance: Matrix([[0.6, 0.25], [0.25, 0.9]]))
    let rule = try FixedRule.gaussHermite(count: 6)
    var asked = QuadraticPotential.none(dimension: 2)
    var value = 0.0
    for (a, weightA) in zip(rule.nodes, rule.weights) {
      for (b, weightB) in zip(rule.nodes, rule.weights) {
        let fit = try ReparameterisedFit(of: y, by: decoder, under: q, noise: Vector([a, b]))
        asked = asked + weightA * weightB * fit.asked(under: q)
        value += weightA * weightB * fit.value
      }
    }
    let want = decoder.potential(of: y)
    for (got, want) in zip(asked.linear.array, want.linear.array) {
      #expect(abs(got - want) < 1e-12)
    }
    for (got, want) in zip(asked.precision.array, want.precision.array) {
      #expect(abs(got - want) < 1e-12)
    }
    #expect(abs(value - decoder.expectedLogLikelihood(of: y, under: q)) < 1e-12)
  }

  @Test("The networks' slopes are differences of their values")
  func networks() throws {
    var choices = try Sampler(seed: 3)
    let learner = try Pinwheel.learner(
      clusters: 2, hidden: 4, among: [Vector([1, 0]), Vector([0, 1])], &choices)
    let (x, y) = (Vector([0.4, -0.7]), Vector([0.9, 0.2]))
    let slope = learner.decoder.slope(of: y, at: x)
    for place in 0..<2 {
      func value(_ h: Double) -> Double {
        learner.decoder.logDensity(of: y, at: x.replacing(place, with: x[place] + h))
      }
      let difference = (value(1e-5) - value(-1e-5)) / 2e-5
      #expect(abs(slope[place] - difference) < 1e-5 * max(1, abs(difference)))
    }
    #expect(learner.recognition.potential(y).precision[0, 1] == 0)
    #expect(learner.recognition.potential(y).precision[0, 0] > 0)
  }

  @Test("Tours of a small pinwheel raise the ELBO, and the same seed learns the same")
  func learns() throws {
    func run() throws -> [Double] {
      var choices = try Sampler(seed: 5)
      let points = try Pinwheel.points(arms: 3, each: 8, &choices)
      var learner = try Pinwheel.learner(clusters: 3, hidden: 5, among: points, &choices)
      var optimisers = (decoder: Adam(learningRate: 0.01), recognition: Adam(learningRate: 0.01))
      return try (0..<25).map { _ in
        try learner.step(points, weight: 1, &optimisers, &choices)
      }
    }
    let (first, second) = (try run(), try run())
    #expect(first == second)
    #expect(first[20...].reduce(0, +) / 5 > first[..<5].reduce(0, +) / 5)
  }

  @Test("A chain that learns images of a dot stays a chain, and expects images")
  func dot() throws {
    var choices = try Sampler(seed: 6)
    var learner = try TurningDot.learner(hidden: 5, &choices)
    let sequence = TurningDot.sequence(from: 0.3, steps: 8)
    var optimisers = (decoder: Adam(learningRate: 0.01), recognition: Adam(learningRate: 0.01))
    let elbos = try (0..<12).map { _ in
      try learner.step(sequence, weight: 2, &optimisers, &choices)
    }
    #expect(elbos[9...].reduce(0, +) > elbos[..<3].reduce(0, +))
    let expected = try TurningDot.predicted(learner, after: sequence, steps: 3)
    #expect(expected.count == 3 && expected.allSatisfy { $0.array.allSatisfy(\.isFinite) })
  }
}
