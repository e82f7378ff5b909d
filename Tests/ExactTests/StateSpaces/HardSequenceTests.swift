import Probability
import Testing

@testable import Exact
@testable import Models

/// A sequence on which covariances lose all their digits, with its answer to twenty.
///
/// The answers come from the dense joint law in arithmetic of sixty digits, from the doubles as
/// they stand in the model.
struct HardSequence: Sendable {
  let noise: [[Double]]
  let emissionNoise: Double
  let logEvidence: Double
  let means: [Double]
  let covariances: [Double]

  /// Two states of which next to nothing is known at first, seen through one output.
  var sequence: LinearDynamicalSequence {
    get throws {
      try LinearDynamicalSystem(
        initialMean: [1, -2], initialCovariance: [[1e8, 2e7], [2e7, 3e8]],
        dynamics: [[0.9, 0.4], [-0.3, 0.8]], dynamicsNoise: noise, emission: [[0.6, 0.8]],
        emissionNoise: [[emissionNoise]]
      ).observing([[1.5], [-0.75], [2.25], [0.5]])
    }
  }
}

extension SmootherTests {
  /// No noise in the dynamics: after two outputs nothing of 10⁸ is left.
  static let diffuse = HardSequence(
    noise: [[0, 0], [0, 0]], emissionNoise: 0.25, logEvidence: -31.581455558432469361,
    means: [
      -0.17887583926482594061, 1.1181553072555231441, 0.28627386756386593195,
      0.94818699758386634513, 0.63692127984102590421, 0.67266743779793334181,
      0.8422961269760966796, 0.34705756628603893913,
    ],
    covariances: [
      0.67303126151918645881, -0.15661021215435497917, -0.15661021215435497917,
      0.13521388136144300522, 0.45403019009723634773, -0.23241612586713157136,
      -0.23241612586713157136, 0.22228259944214070115, 0.23599005926516923114,
      -0.19090739502504773583, -0.19090739502504773583, 0.29468332116794448912,
      0.10084795497362382933, -0.083963090242882096729, -0.083963090242882096729,
      0.3014719804933726381,
    ])

  /// Noise of rank one, and outputs that are exact to six digits: 10⁸ beside 10⁻¹².
  static let precise = HardSequence(
    noise: [[0.5, 0.25], [0.25, 0.125]], emissionNoise: 1e-12, logEvidence: -34.823259689554021712,
    means: [
      1.4717573916648228996, 0.7711819562472918323, -0.23711290399136011286,
      -0.75966532199592210604, 2.4723716121556415767, 0.95822129087378758404,
      1.5234767476761368294, -0.51760756075439018546,
    ],
    covariances: [
      1.3923128929897805782, -1.0442346697404576406, -1.0442346697404576406,
      0.78317600230549738572, 1.283155562178224111, -0.96236667163291005153,
      -0.96236667163291005153, 0.72177500372567651485, 1.1825561661035992168,
      -0.88691712457677039454, -0.88691712457677039454, 0.66518784343344353236,
      1.0898437626799462559, -0.81738282200973134482, -0.81738282200973134482,
      0.61303711650868974829,
    ])

  @Test("variances from 10⁸ to 10⁻¹² keep all their digits in square-root form")
  func hard() throws {
    for hard in [Self.diffuse, Self.precise] {
      let posterior = StateSpacePosterior(of: try hard.sequence)
      let got = Self.numbers(posterior)
      let want = [hard.logEvidence] + hard.means + hard.covariances
      #expect(got.count == want.count)
      // (n + m)² = 9 rotations a step and pass, of which each keeps what it turns to a few ε.
      let allowed = 4 * 2 * 9 * 8 * Double.ulpOfOne
      for (g, w) in zip(got, want) {
        #expect((g - w).magnitude <= allowed * max(1, w.magnitude), "\(g) against \(w)")
      }
    }
  }

  @Test("the dense law, with 32 digits, answers where doubles are singular, and says so beyond")
  func denseOfHard() throws {
    // 10⁸ beside 10⁻¹² is singular to the precision of doubles once three outputs are seen.
    let sequence = try Self.precise.sequence
    let still = try still(sequence.system, noiseScale: 1).observing(sequence.observations)
    let (dense, messages) = (
      try StateSpacePosterior.dense(of: still), StateSpacePosterior(of: still)
    )
    for (g, w) in zip(messages.means + messages.covariances, dense.means + dense.covariances) {
      #expect((g - w).magnitude <= 1e-9 * max(1, w.magnitude), "\(g) against \(w)")
    }
    let worse = try self.still(sequence.system, noiseScale: 1e-30).observing(sequence.observations)
    let error = #expect(throws: (any Error).self) { try StateSpacePosterior.dense(of: worse) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("positive definite"))
  }

  // Catches: a bound of the dense law that is never too large, and a route that does not ask for it.
  @Test(
    "the dense law is held to its own bound: 1 beside 10⁻¹⁸ is answered, a misfit of 10¹² is not")
  func denseWithinItsBound() throws {
    // 1 beside 10⁻¹⁸ is singular to the precision of doubles once three outputs of two states are seen.
    let (outputs, system) = (
      [[1.0], [2], [3], [4]],
      try LinearDynamicalSystem(
        initialMean: [0, 0], initialCovariance: [[1, 0], [0, 1]], dynamics: [[1, 0.5], [0, 1]],
        dynamicsNoise: [[0.5, 0.25], [0.25, 0.125]], emission: [[1, 0]], emissionNoise: [[1e-18]])
    )
    let still = try still(system, noiseScale: 1).observing(outputs)
    let (dense, messages) = (
      try StateSpacePosterior.dense(of: still), StateSpacePosterior(of: still)
    )
    for (g, w) in zip(messages.means + messages.covariances, dense.means + dense.covariances) {
      #expect((g - w).magnitude <= 1e-9 * max(1, w.magnitude), "\(g) against \(w)")
    }
    #expect(try StateSpacePosterior.measuredDense(of: still).error <= 1e-9)
    let far = try self.still(Self.precise.sequence.system, noiseScale: 1)
      .observing(Self.precise.sequence.observations)
    #expect(try StateSpacePosterior.measuredDense(of: far).error > 1e-9)
    #expect(throws: ExactRefusal.self) {
      try ExactAnswers(of: [far], ExactRequest(route: .bruteForce))
    }
  }

  /// A system without noise in its dynamics.
  private func still(
    _ system: LinearDynamicalSystem, noiseScale: Double
  ) -> LinearDynamicalSystem {
    LinearDynamicalSystem(
      checkedMean: system.initialMean, initialCovariance: system.initialCovariance,
      dynamics: system.dynamics, dynamicsNoise: [[0, 0], [0, 0]], emission: system.emission,
      emissionNoise: system.emissionNoise.map { $0.map { $0 * noiseScale } })
  }
}
