import Models
import Probability
import Testing

@testable import Exact

@Suite("Exact gradient of the ELBO")
struct ExactGradientTests {
  // A fault in either route breaks this: they share neither the sum nor the factor.
  @Test("both routes agree on random documents", arguments: 0..<50)
  func routes(stream: UInt64) throws {
    var cases = try Cases(seed: 4, stream: stream)
    let document = try LatentFactorDocument.random(&cases)
    let b = try cases.probabilities(document.latentCount)
    let score = try #require(exactELBOGradient(factorised: b, of: document))
    let switching = exactELBOGradientBySwitching(factorised: b, of: document)
    for (one, other) in zip(score, switching) {
      // Each side adds at most eight terms of size below 100.
      #expect(abs(one - other) <= 64 * .ulpOfOne * 100)
    }
  }

  @Test("the mean of one score term is the gradient")
  func law() throws {
    let b = [0.35, 0.6]
    let law = ExactScoreLaw(
      factorised: b, baselines: [-3, 1], of: LatentFactorDocument.twoFactors)
    let gradient = exactELBOGradientBySwitching(factorised: b, of: LatentFactorDocument.twoFactors)
    for (one, other) in zip(law.mean, gradient) { #expect(abs(one - other) <= 1e-14) }
    #expect(law.covariance[0][1] == law.covariance[1][0])
  }

  @Test("the gradient is undefined where q stands on a state the model excludes")
  func undefined() throws {
    let model = try LatentFactorModel(prior: [0, 0.5], weights: [[1, 0], [0, 1]], bias: [0, 0])
    let document = try model.observing([0])
    #expect(exactELBOGradient(factorised: [0.3, 0.5], of: document) == nil)
    #expect(exactELBOGradient(factorised: [0, 0.5], of: document)?[0] == 0)
  }
}
