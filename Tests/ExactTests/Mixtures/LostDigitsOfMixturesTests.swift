import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Mixtures of correlated Gaussians: lost digits are measured")
struct LostDigitsOfMixturesTests {
  /// Two Gaussian processes of nearly one length on a grid, and a point that is likely under both.
  static func processes(points: Int, jitter: Double) throws -> MultivariateGaussianMixture {
    func covariance(_ length: Double) -> [[Double]] {
      (0..<points).map { i in
        (0..<points).map { j in
          let distance = Double(i - j) / Double(points - 1) / length
          return exp(-0.5 * distance * distance) + (i == j ? jitter : 0)
        }
      }
    }
    return try MultivariateGaussianMixture(
      weights: [0.5, 0.5],
      means: Array(repeating: [Double](repeating: 0, count: points), count: 2),
      covariances: [covariance(0.3), covariance(0.306)])
  }

  private func shares(_ posterior: MixturePosterior) throws -> [Double] {
    try #require(posterior.responsibilities)
  }

  // Catches: a bound that is none, or a density that differs beyond rounding.
  @Test(
    "No answer of doubles is farther off than its measure",
    arguments: [1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11])
  func bound(jitter: Double) throws {
    let mixture = try Self.processes(points: 12, jitter: jitter)
    let doubled = try #require(mixture.doubled)
    #expect(!mixture.isDoubled && doubled.isDoubled)
    for index in 0..<20 {
      let datum = (0..<12).map { sin(Double($0 * (index + 1)) / 7) }
      let (plain, careful) = (
        MixturePosterior(of: mixture, datum), MixturePosterior(of: doubled, datum)
      )
      let off = zip(try shares(plain), try shares(careful)).map { abs($0 - $1) }.max() ?? 0
      #expect(off <= plain.measuredError)
      // Beyond that a rough datum is so far out, by its own measure, that not even 32 digits are promised.
      #expect(careful.measuredError <= 1e-10 || jitter < 1e-10)
      let evidence = abs(plain.logEvidence.value - careful.logEvidence.value)
      let rounding = 4 * Double.ulpOfOne * abs(careful.logEvidence.value)
      #expect(evidence <= plain.measuredError + rounding)
    }
  }

  // Catches: 32 digits where nothing asks for them, and 16 where they do not do.
  @Test("16 digits for ordinary Gaussians, 32 for those of condition 10⁹") func route() throws {
    var cases = try Cases(seed: 41, stream: 0)
    let datum = (0..<12).map { sin(Double($0) / 3) }
    let ordinary = try MultivariateGaussianMixture(
      weights: [0.25, 0.75], means: [[0, 1], try cases.reals(2, from: -1, to: 1)],
      covariances: [[[1, 0.5], [0.5, 2]], [[2, -0.25], [-0.25, 1]]])
    let plain = try ExactAnswers(of: ordinary, [[0.5, 0.25], [40, -30]])
    #expect(!plain.way.contains("32 digits"))
    let forced = try ExactAnswers(
      of: ordinary, [[0.5, 0.25], [40, -30]], ExactRequest(digits: .thirtyTwo))
    #expect(forced.way.contains("32 digits"))
    for (one, other) in zip(plain.posteriors, forced.posteriors) {
      let (sixteen, thirtyTwo): ([Double], [Double]) = (try shares(one), try shares(other))
      for (a, b) in zip(sixteen, thirtyTwo) { #expect((a - b).magnitude <= 1e-12) }
    }
    let hard = try Self.processes(points: 12, jitter: 1e-9)
    #expect(try ExactAnswers(of: hard, [datum]).way.hasSuffix("with 32 digits"))
    #expect(throws: ExactRefusal.lossy("observations[0]")) {
      try ExactAnswers(of: hard, [datum], ExactRequest(digits: .sixteen))
    }
  }

  // Catches: a covariance refused because doubles cannot tell whether it is one.
  @Test("Condition 10¹⁶: 32 digits say whether a matrix is positive definite") func edge() throws {
    let near = try MultivariateGaussianMixture(
      weights: [1], means: [[0, 0]], covariances: [[[1, 1 - 0x1p-53], [1 - 0x1p-53, 1]]])
    let found = try ExactAnswers(of: near, [[0.5, 0.5]])
    // |Σ| = (1 − ρ)(1 + ρ), xᵀΣ⁻¹x = 2·0.25/(1 + ρ).
    let rest = 0x1p-53
    let want =
      -0.5 * (0.5 / (2 - rest) + log(rest) + log(2 - rest)) - log(2 * Double.pi)
    #expect(abs(found.logEvidence[0] - want) <= 1e-13)
    #expect(throws: ModelError.self) {
      try MultivariateGaussianMixture(
        weights: [1], means: [[0, 0]], covariances: [[[1, 1 + 0x1p-52], [1 + 0x1p-52, 1]]])
    }
  }

  // Catches: an improbable component whose density is off by more than it is improbable.
  @Test("A component is improbable only if its error leaves it so") func improbable() throws {
    // Off the line x_1 = x_2 by 22 deviations: e^-485 beside the other, if the covariance is what it seems.
    let rest = 18 * 0x1p-53
    let mixture = try MultivariateGaussianMixture(
      weights: [0.5, 0.5], means: [[0, 0], [0, 0]],
      covariances: [[[1, 0], [0, 1]], [[1, 1 - rest], [1 - rest, 1]]])
    let datum = [0, (2000 * rest).squareRoot()]
    let plain = MixturePosterior(of: mixture, datum)
    #expect(try shares(plain)[1] < 1e-100 && shares(plain)[1] > 0)
    let found = try ExactAnswers(of: mixture, [datum])
    #expect(found.way.hasSuffix("with 32 digits"))
    #expect(throws: ExactRefusal.lossy("observations[0]")) {
      try ExactAnswers(of: mixture, [datum], ExactRequest(digits: .sixteen))
    }
  }

  @Test("Far out, where the digits of a double do not tell components apart") func farOut() throws {
    // log N₁ − log N₀ = x·m − m²/2 = 1 for x = 10¹⁰, m = 10⁻¹⁰, in the first of two coordinates.
    let mixture = try MultivariateGaussianMixture(
      weights: [0.5, 0.5], means: [[0, 0], [1e-10, 0]],
      covariances: [[[1, 0], [0, 1]], [[1, 0], [0, 1]]])
    let found = try ExactAnswers(of: mixture, [[1e10, 0]])
    #expect(abs(try shares(found.posteriors[0])[1] - 1 / (1 + exp(-1))) <= 1e-9)
  }
}
