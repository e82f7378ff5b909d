import Approximate
import Exact
import Foundation
import GSL
import Models
import Probability
import Testing

@Suite("Autoencoders with one latent number") struct LatentLineTests {
  static let line = LinearGaussian.unit
  static let sine = try? ScalarAutoencoder(
    decoder: try ScalarDecoder([
      .init(weights: [[6]], bias: [0.3], activation: .sine)
    ]), noise: .gaussian(variance: 0.5), observed: [0.4])

  // Catches: a grid that misses mass, a bound that is none.
  @Test("Quadrature finds the closed form of a linear model", arguments: [0.01, 0.5, 40.0])
  func linear(noise: Double) throws {
    let model = try LinearGaussian(slope: 1.3, noise: noise, observed: 0.9)
    let (found, exact) = (LatentLinePosterior(of: model), model.exactPosterior)
    #expect(
      abs(found.logEvidence.value - exact.logEvidence.value)
        <= found.logEvidence.errorBound + exact.logEvidence.roundingBound)
    #expect(abs(found.mean.value - exact.mean) <= found.mean.errorBound + 1e-15)
    #expect(abs(found.variance.value - exact.variance) <= found.variance.errorBound + 1e-15)
    #expect(found.logEvidence.errorBound < 1e-10)
  }

  // Catches: a sign or a factor in a gradient of the bound.
  @Test("The gradient of the bound is the slope of the bound") func gradient() throws {
    let model = try #require(LatentLineTests.sine)
    let code = GaussianCode(mean: 0.2, logSd: -0.1)
    let step = 1e-5
    func elbo(_ m: Double, _ s: Double) -> Double {
      LatentLineBound(of: model, at: GaussianCode(mean: m, logSd: s)).elbo.value
    }
    let found = LatentLineBound(of: model, at: code).gradient.map(\.value)
    let slopes = [
      (elbo(0.2 + step, -0.1) - elbo(0.2 - step, -0.1)) / (2 * step),
      (elbo(0.2, -0.1 + step) - elbo(0.2, -0.1 - step)) / (2 * step),
    ]
    // Third derivatives of up to 6³ times the step squared, and rounding over the step.
    for (a, b) in zip(found, slopes) { #expect(abs(a - b) < 1e-7) }
  }

  // Catches: an integral over t with a wrong power, factor or factorial.
  @Test("The integral for K samples is the K-fold one", arguments: [1, 2])
  func samples(count: Int) throws {
    let model = try LinearGaussian(slope: 1.3, noise: 0.4, observed: 0.9)
    let code = GaussianCode(mean: 0.4, logSd: -0.6)
    let law = ImportanceWeightedLaw(of: model, at: code, samples: count)
    let direct = try noiseMoments(noises: count) { choices in
      let drawn = try ImportanceWeightedSample(model, code, samples: count, &choices)
      return [drawn.value] + drawn.gradient + drawn.doublyReparameterised
    }
    func agree(_ one: QuadratureValue, _ other: QuadratureValue, _ what: String) {
      #expect(
        abs(one.value - other.value) <= 1e-10 * (1 + abs(one.value)), "\(what): \(one) \(other)")
    }
    agree(law.bound, direct.means[0], "bound")
    for d in 0..<2 {
      agree(law.gradient[d].mean, direct.means[1 + d], "mean \(d)")
      agree(law.gradient[d].variance, direct.variances[1 + d], "variance \(d)")
      agree(law.doublyReparameterised[d].mean, direct.means[3 + d], "doubly, mean \(d)")
      agree(law.doublyReparameterised[d].variance, direct.variances[3 + d], "doubly \(d)")
    }
  }

  // Catches: an estimator that is biased, and a variance that is not the published one.
  @Test("Reparameterised 14 times worse than the score on a sine decoder") func sineDecoder() throws
  {
    let model = try #require(LatentLineTests.sine)
    let code = GaussianCode(mean: 0.2, logSd: -0.1)
    let exact = LatentLineBound(of: model, at: code).gradient.map(\.value)
    let estimators: [any NoiseGradient] = [
      ScoreGradient(), PathwiseGradient(), AnalyticDivergenceGradient(), PathOnlyGradient(),
    ]
    let laws = try estimators.map { estimator in
      try noiseMoments { try estimator.estimate(model, code, &$0) }
    }
    for law in laws {
      for d in 0..<2 { #expect(abs(law.mean[d] - exact[d]) < 1e-9) }
    }
    #expect(abs(laws[1].variance[0] - 30.34) < 0.005)
    #expect(abs(laws[0].variance[0] - 2.11) < 0.005)
  }

  /// log p(x|z) is 0 on one side of a threshold and −1 on the other: no grid sees exactly where.
  private struct Step: LatentLine {
    let threshold: Double
    let highestLogLikelihood = 0.0
    func logLikelihood(_ z: Double) -> Double { z < threshold ? -1 : 0 }
    func likelihoodSlope(_ z: Double) -> Double { 0 }
  }

  // Catches: a bound on the error that leaves out how much the last refinement moved.
  @Test("A mean that never settles says by how much", arguments: [-0.7071, 0.1234, 0.31415])
  func step(threshold: Double) {
    let prior = GaussianCode(mean: 0, logSd: 0)
    let law = ImportanceWeightedLaw(of: Step(threshold: threshold), at: prior, samples: 1)
    // One draw of the prior: E log w = −P(z < threshold).
    let off = abs(law.bound.value + 0.5 * erfc(-threshold / 2.0.squareRoot()))
    #expect(law.bound.errorBound > 1e-9 && law.bound.errorBound < 1e-3)
    #expect(off > 1e-9 && off <= 4 * law.bound.errorBound, "\(off) \(law.bound.errorBound)")
  }
}
