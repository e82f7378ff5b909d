import GSL
import Models
import Probability
import Testing

@testable import Approximate

/// Catches: a sum about a mean of another iteration, a block's end that counts, a coordinate in another's place,
/// a bound with a term left out.
@Suite("Variational mixtures, a kernel's pass an iteration") struct MixtureFitTests {
  @Test(
    "Bounds and responsibilities are those of the readable form, iteration by iteration",
    arguments: [(1, 2, 5), (2, 3, 64), (2, 10, 130), (3, 2, 65), (4, 3, 40), (8, 2, 70)])
  func readable(dimension: Int, components: Int, count: Int) throws {
    var cases = try Cases(seed: 4, stream: UInt64(dimension))
    let mixture = try BayesianMixture(
      concentration: try cases.reals(components, from: 0.5, to: 2),
      prior: try .random(dimension: dimension, &cases))
    // Far from zero, where differences of squares would cancel.
    let points = try (0..<count).map { n in
      try cases.reals(dimension, from: -1, to: 1).map { $0 + (n % 2 == 0 ? 100 : 103) }
    }
    let rows = try points.map { _ in
      let row = try cases.reals(components, from: 0.05, to: 1)
      return row.map { $0 / row.reduce(0, +) }
    }
    var readable = try VariationalMixture(mixture, points, responsibilities: rows)
    var fit = try #require(try MixtureFit(mixture, points, responsibilities: rows))
    for _ in 0..<6 {
      let want = try readable.sweep().afterLocals.elbo.value
      #expect(abs(try fit.iterate(keeping: true).value - want) < 1e-9 * max(1, abs(want)))
      for (a, b) in zip(fit.responsibilities.joined(), readable.responsibilities.joined()) {
        #expect(abs(a - b) < 1e-8)
      }
    }
  }

  @Test("An iteration that keeps no responsibilities makes the same bound")
  func keeping() throws {
    let start = try VariationalMixtureTests.problem(3)
    let make = {
      try MixtureFit(
        start.mixture, start.observations, responsibilities: start.responsibilities)
    }
    guard var one = try make(), var other = try make() else { return }
    for _ in 0..<4 { #expect(try one.iterate() == other.iterate(keeping: true)) }
  }

  @Test("What the kernel has no room for is no fit, and what is no mixture is refused")
  func refusals() throws {
    var cases = try Cases(seed: 4, stream: 9)
    let wide = try BayesianMixture(
      concentration: [1, 1], prior: try .random(dimension: 9, &cases))
    let points = [[Double](repeating: 0, count: 9)]
    #expect(try MixtureFit(wide, points, responsibilities: [[0.5, 0.5]]) == nil)
    #expect(throws: ModelError.self) {
      try MixtureFit(wide, [[0, 1]], responsibilities: [[0.5, 0.5]])
    }
    let narrow = try BayesianMixture(
      concentration: [1, 1], prior: try .random(dimension: 1, &cases))
    var short = try #require(try MixtureFit(narrow, [[0], [1]], responsibilities: [[1, 0]]))
    #expect(throws: GSLError.self) { try short.iterate() }
  }
}
