import JSONText
import Testing

@testable import Interchange

@Suite("Approximations: steep decoders") struct SteepDecoderTests {
  /// A decoder with a small step of some steepness and height at z = −0.008, and a q that lies around it.
  private func spec(_ steepness: Double, _ height: Double) -> String {
    """
    {"approximation": "vae-1d", "decoder": {"layers": [
      {"weights": [[\(steepness)]], "bias": [\(0.00801022 * steepness)], "activation": "tanh"},
      {"weights": [[\(height)]], "bias": [0.1]}]},
     "likelihood": {"family": "gaussian", "variance": 1}, "x": [1.4181543124310516],
     "q": {"mean": 0.42786028096348605, "logSd": 0.4111411900666741}, "beta": []}
    """
  }

  // Catches: a grid that does not move because it sees the peak of a slope on none of its points; a gradient that
  // is answered though its routes agree to three digits only.
  @Test(
    "Every estimator's mean is the gradient to nine digits, or the spec is refused",
    arguments: [(20, 0.01), (681.2712694364992, 1e-5)])
  func means(steepness: Double, height: Double) throws {
    let answer: JSON
    do {
      answer = try approximation(JSONPlace(try JSON(parsing: spec(steepness, height)))).json
    } catch let refusal as OracleRefusal {
      let words = "\(refusal)"
      #expect(steepness > 50, "\(words)")
      #expect(words.contains("grid"), "\(words)")
      return
    }
    for estimator in ["scoreFunction", "reparameterised", "analyticKL", "stickingTheLanding"] {
      let mean = answer["estimators"]?[estimator]?["mean"]
      let gradient = try #require(answer["gradient"])
      #expect(differences(gradient, mean, tolerance: 2e-9) == [], "\(steepness): \(estimator)")
    }
  }
}
