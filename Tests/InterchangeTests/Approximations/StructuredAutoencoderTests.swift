import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Structured autoencoders: edges and refusals") struct StructuredAutoencoderTests {
  private func number(_ json: JSON, _ key: String) throws -> Double {
    guard case .number(let value) = try #require(json[key]) else { return .nan }
    return value
  }

  @Test("One cluster, no potentials, few degrees of freedom: an answer below the evidence")
  func edges() throws {
    for text in [
      mixture(), mixture(precision: "[0, 0]", linear: "[0, 0]"),
      chain(precision: "[0, 0]", linear: "[0, 0]"), chain(precision: "[0, 0.3]", linear: "[1, 2]"),
      chain(precision: "[40, 1e-3]", linear: "[1, 2]"),
    ] {
      let json = try approximation(JSONPlace(try JSON(parsing: text))).json
      let gap = try number(json, "klGap")
      #expect(gap > 0 && gap.isFinite, "\(text)")
      #expect(try number(json, "logEvidence").isFinite)
    }
  }

  @Test("Gradients of the evidence's bound vanish with the decoder's own potentials")
  func rightPotentials() throws {
    let weight = 0.7
    let precision = weight * weight / 0.8
    let linear = [0.4, -1.2].map { weight * ($0 - 0.1) / 0.8 }
    let text = mixture(precision: "[\(precision), \(precision)]", linear: "\(linear)")
    let json = try approximation(JSONPlace(try JSON(parsing: text))).json
    #expect(try number(json, "localTermRatio") < 1e-14)
    #expect(abs(try number(json, "cosine") - 1) < 1e-14)
  }

  @Test(
    "What cannot be answered is refused with its place",
    arguments: [
      (
        mixture(precision: "[-1, 1]"),
        "potentials.precision[0]: expected a number of at least 0, found -1"
      ),
      (
        mixture(prior: #", "variance": 1"#),
        #"prior: unknown key "variance"; allowed: family, concentration, mean, kappa, dof, scale"#
      ),
      (
        mixture(responsibilities: "[[1], [0.5]]"),
        "responsibilities[1]: expected probabilities that sum to 1, found a sum of 0.5"
      ),
      (
        mixture(concentration: "[]"),
        "prior.concentration: expected at least one number, found an empty array"
      ),
      (
        mixture(
          precision: list(13, "1"), linear: list(13, "0"), responsibilities: list(13, "[1]")
        ).replacing("[[0.4], [-1.2]]", with: list(13, "[0.5]")),
        "observations: expected 1 to 12 observations, found 13"
      ),
      (
        chain(precision: "[1, 0]", linear: "[1, 1]"),
        "potentials.precision[1]: expected a number above 0, as the last linear part is not 0, found 0"
      ),
      (
        chain(precision: "[1]", linear: "[1]", observations: "[[1]]"),
        "observations: expected 2 to 200 observations, found 1"
      ),
    ])
  func refused(text: String, words: String) throws {
    #expect(try approximationRefusal(text) == words)
  }
}

/// A list of so many alike.
private func list(_ count: Int, _ entry: String) -> String {
  "[" + [String](repeating: entry, count: count).joined(separator: ", ") + "]"
}

private func mixture(
  prior: String = "", precision: String = "[0.9, 0.4]", linear: String = "[1, -0.5]",
  responsibilities: String = "[[1], [1]]", concentration: String = "[1.3]"
) -> String {
  """
  {"approximation": "structured-vae",
   "prior": {"family": "gaussian-mixture", "concentration": \(concentration), "mean": 0.1, "kappa": 0.6,
     "dof": 4, "scale": 1.5\(prior)},
   "global": {"concentration": \(concentration), "mean": [0.3], "kappa": [1.3], "dof": [5], "scale": [2]},
   "decoder": {"weights": [0.7], "bias": [0.1], "variances": [0.8]},
   "observations": [[0.4], [-1.2]], "responsibilities": \(responsibilities),
   "potentials": {"precision": \(precision), "linear": \(linear)}}
  """
}

private func chain(precision: String, linear: String, observations: String = "[[1], [0.2]]")
  -> String
{
  """
  {"approximation": "structured-vae",
   "prior": {"family": "linear-dynamical-system", "initialMean": 0.2, "initialVariance": 1.1, "mean": 0.8,
     "kappa": 2, "dof": 0.4, "scale": 0.9},
   "global": {"mean": 0.75, "kappa": 3.6, "dof": 5, "scale": 0.69},
   "decoder": {"weights": [0.63], "bias": [0.32], "variances": [0.91]},
   "observations": \(observations), "potentials": {"precision": \(precision), "linear": \(linear)}}
  """
}
