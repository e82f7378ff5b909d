import Models
import Testing

@Suite("Mixtures and latent Gaussians given badly") struct MixtureRefusalTests {
  @Test("Each refusal names the place and the reason") func refusals() {
    #expect(
      throws: ModelError("weights", "expected probabilities that sum to 1, found a sum of 6.0")
    ) { try BernoulliMixture(weights: [1, 1, 1, 1, 1, 1], probabilities: []) }
    #expect(throws: ModelError("probabilities[1]", "expected 2 entries, found 1")) {
      try BernoulliMixture(weights: [0.5, 0.5], probabilities: [[0.1, 0.2], [0.3]])
    }
    #expect(
      throws: ModelError(
        "probabilities[0][1]", "expected a probability between 0 and 1, found 1.5")
    ) { try BernoulliMixture(weights: [1], probabilities: [[0.1, 1.5]]) }
    #expect(throws: ModelError("variances[0]", "expected a positive number, found -1.0")) {
      try GaussianMixture(weights: [1], means: [0], variances: [-1])
    }
    #expect(throws: ModelError("means[0]", "expected a finite number, found nan")) {
      try GaussianMixture(weights: [1], means: [.nan], variances: [1])
    }
    #expect(throws: ModelError("count", "expected a number of at least 0, found -1")) {
      try PoissonCount(shift: 0, count: -1)
    }
    #expect(throws: ModelError("noise", "expected a positive variance, found 0.0")) {
      try LinearGaussian(slope: 1, noise: 0, observed: 1)
    }
  }
}
