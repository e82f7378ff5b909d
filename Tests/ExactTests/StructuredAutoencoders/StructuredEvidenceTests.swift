import GSL
import Models
import Networks
import Probability
import Testing

@testable import Exact

@Suite("Evidence of structured autoencoders") struct StructuredEvidenceTests {
  /// A decoder that shows the latent number as it is, but for noise of variance v.
  private func window(_ variance: Double) throws -> LinearDecoder {
    try LinearDecoder(weights: [[1]], bias: [0], variances: [variance])
  }

  private func law(_ stream: Int) throws -> (LatentMixture, [[Double]]) {
    var cases = try Cases(seed: 91, stream: UInt64(stream))
    let mixture = try LatentMixture.random(components: 1 + stream % 3, &cases)
    return (mixture, try (0..<4).map { _ in [try cases.real(from: -2, to: 2)] })
  }

  @Test("Seen without noise, the latents are a Bayesian mixture's observations", arguments: 0..<9)
  func withoutNoise(stream: Int) throws {
    let (mixture, points) = try law(stream)
    let seen = try BayesianMixture(
      concentration: mixture.parameters.weights.concentration,
      prior: mixture.parameters.components[0])
    let want = try BayesianMixturePosterior(bySubsets: seen, points).logEvidence.value
    // The difference is of the order of the noise: half of it at half the noise.
    let (coarse, fine) = (
      try mixture.exactLogEvidence(of: points.map { Vector($0) }, through: window(1e-6)).value,
      try mixture.exactLogEvidence(of: points.map { Vector($0) }, through: window(5e-7)).value
    )
    #expect(abs(2 * fine - coarse - want) < 1e-8, "\(coarse), \(fine), \(want)")
  }

  @Test("Known steps: the evidence of a chain is a quotient of normalisers", arguments: 0..<9)
  func dynamics(stream: Int) throws {
    var cases = try Cases(seed: 92, stream: UInt64(stream))
    let dynamics = try LatentDynamics.random(&cases)
    let path = try cases.reals(4, from: -2, to: 2)
    var eta = dynamics.parameters.naturalParameters
    for (before, after) in zip(path, path.dropFirst()) {
      for (place, term) in [after * before, before * before, after * after, 1].enumerated() {
        eta[place] += term
      }
    }
    let (mean, variance) = (dynamics.initialMean[0], dynamics.initialCovariance[0][0])
    let start =
      -0.5 * (log(2 * Double.pi * variance) + (path[0] - mean) * (path[0] - mean) / variance)
    let want =
      try MatrixNormalInverseWishart(naturalParameters: eta).logPartition()
      - dynamics.parameters.logPartition() + start - 1.5 * log(2 * Double.pi)
    let (coarse, fine) = (
      try dynamics.exactLogEvidence(of: path.map { Vector([$0]) }, through: window(1e-6)).value,
      try dynamics.exactLogEvidence(of: path.map { Vector([$0]) }, through: window(5e-7)).value
    )
    #expect(abs(2 * fine - coarse - want) < 1e-8, "\(coarse), \(fine), \(want)")
  }

  @Test("Exchangeable points, and outputs that say nothing")
  func laws() throws {
    let (mixture, points) = try law(2)
    let decoder = try LinearDecoder(
      weights: [[0.7], [-0.4]], bias: [0.1, 0], variances: [0.5, 0.8])
    let outputs = points.map { Vector([$0[0], $0[0] * $0[0]]) }
    let value = try mixture.exactLogEvidence(of: outputs, through: decoder)
    let turned = try mixture.exactLogEvidence(of: outputs.reversed(), through: decoder)
    #expect(abs(value.value - turned.value) <= value.errorBound + turned.errorBound)
    let blind = try LinearDecoder(weights: [[0], [0]], bias: [0.1, 0], variances: [0.5, 0.8])
    let flat = try mixture.exactLogEvidence(of: outputs, through: blind)
    let want = outputs.reduce(0) { $0 + blind.logConstant(of: $1) }
    #expect(abs(flat.value - want) <= flat.errorBound)
  }
}
