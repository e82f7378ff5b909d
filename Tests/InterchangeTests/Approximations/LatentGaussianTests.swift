import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Laplace and the best Gaussian: edges and refusals") struct LatentGaussianTests {
  private func number(_ json: JSON?, _ key: String) throws -> Double {
    guard case .number(let value) = try #require(json?[key]) else { return .nan }
    return value
  }

  // Catches: an edge that is refused, or answered above the evidence.
  @Test(
    "Edges have answers: no events, far offsets, narrow and wide priors, bits that a line separates"
  )
  func edges() throws {
    for text in [
      gaussian(observations: "[0]"), gaussian(offset: "[30]", observations: "[0]"),
      gaussian(offset: "[-30]", observations: "[3]"), gaussian(observations: "[100000]"),
      gaussian(variance: "1e-9"), gaussian(variance: "100", law: "bernoulli"),
      gaussian(variance: "100", offset: "[-30]", law: "bernoulli"), chain(steps: 1, "[4]"),
      chain(steps: 2, "[0, 50]"),
    ] {
      for json in [
        try approximation(JSONPlace(try JSON(parsing: text))).json,
        try approximation(JSONPlace(try JSON(parsing: best(text)))).json,
      ] {
        #expect(try number(json, "klQP") > -1e-12 && (try number(json, "klPQ")) > -1e-12, "\(text)")
        #expect(try number(json, "logEvidence").isFinite)
      }
    }
  }

  // Catches: a diagonal family that is answered with a full covariance, or the other way round.
  @Test("A diagonal q has a diagonal covariance and a smaller ELBO") func diagonal() throws {
    let text = chain(steps: 2, "[1, 3]")
    let full = try approximation(JSONPlace(try JSON(parsing: best(text)))).json
    let apart = try approximation(
      JSONPlace(try JSON(parsing: best(text, covariance: "diagonal")))
    ).json
    #expect(try number(apart, "elbo") < number(full, "elbo") - 0.01)
    guard case .array(let rows) = try #require(apart["covariance"]),
      case .array(let row) = rows[0]
    else { return }
    #expect(row[1] == .number(0))
    #expect(apart["laplace"]?["elbo"] == full["laplace"]?["elbo"])
  }

  // Catches: a mean rate beyond the doubles that is printed as a number, or that stops the answer.
  @Test("An ELBO that is minus infinity is said to be") func infinite() throws {
    let text = gaussian(variance: "10000", offset: "[-30]", observations: "[0]")
    let json = try approximation(JSONPlace(try JSON(parsing: text))).json
    #expect(json.text().contains(#""elbo":"-inf""#) || json.text().contains(#""elbo": "-inf""#))
    let fit = try approximation(JSONPlace(try JSON(parsing: best(text)))).json
    #expect(try number(fit, "elbo").isFinite)
  }

  // Catches: a lattice of any size, whatever is allowed.
  @Test("A lattice of more points than states are allowed is refused") func lattice() throws {
    let text = chain(steps: 2, "[1, 3]")
    let points = try number(
      try approximation(JSONPlace(try JSON(parsing: text))).json["work"], "points")
    #expect(points > 100)
    #expect(
      try approximationRefusal(text, ExactRequest(maxStates: 50))
        == "prior: so wide beside what is seen that the posterior takes a lattice of more than 50 "
        + "points, or more digits than there are")
  }

  @Test(
    "What cannot be answered is refused with its place",
    arguments: [
      (
        gaussian(observations: "[-1]"),
        "observations[0]: expected a whole number between 0 and 1000000000, found -1"
      ),
      (
        gaussian(law: "bernoulli", observations: "[2]"),
        "observations[0]: expected a whole number between 0 and 1, found 2"
      ),
      (gaussian(variance: "0"), "prior.covariance: expected a positive definite matrix"),
      (gaussian(variance: "-1"), "prior.covariance[0][0]: expected a variance, found -1.0"),
      (
        gaussian(features: "[[1e200]]", variance: "1e300"),
        "likelihood.features: so large that η under the prior leaves what doubles can hold"
      ),
      (
        gaussian(features: "[]", offset: "[]", observations: "[]"),
        "likelihood.features: expected 1 to 200 rows, found 0"
      ),
      (
        gaussian(
          features: list(201, "[1]"), offset: list(201, "0"), observations: list(201, "0")),
        "likelihood.features: expected 1 to 200 rows, found 201"
      ),
      (
        gaussian(extra: #", "covariance": "full""#),
        #"top level: unknown key "covariance"; allowed: approximation, prior, likelihood, observations"#
      ),
      (
        chain(steps: 4, "[1, 1, 1, 1]"),
        "prior.steps: expected a whole number between 1 and 3, found 4"
      ),
      (
        chain(steps: 2, "[1]"), "observations: expected 2 values, found 1"
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

private func best(_ text: String, covariance: String = "full") -> String {
  text.replacing(
    #""approximation": "laplace""#,
    with: #""approximation": "gaussian-vi", "covariance": "\#(covariance)""#)
}

private func gaussian(
  features: String = "[[1]]", variance: String = "1", offset: String = "[0.2]",
  law: String = "poisson", observations: String = "[1]", extra: String = ""
) -> String {
  """
  {"approximation": "laplace", "prior": {"family": "gaussian", "mean": [0], "covariance": [[\(variance)]]},
   "likelihood": {"family": "\(law)", "features": \(features), "offset": \(offset)},
   "observations": \(observations)\(extra)}
  """
}

private func chain(steps: Int, _ observations: String) -> String {
  let features = (0..<steps).map { t in (0..<steps).map { $0 == t ? 1 : 0 } }
  return """
    {"approximation": "laplace", "prior": {"family": "chain", "steps": \(steps), "initialMean": 0.1,
     "initialVariance": 1, "dynamics": 0.9, "dynamicsNoise": 0.2},
     "likelihood": {"family": "poisson", "features": \(features), "offset": \((0..<steps).map { _ in 0.3 })},
     "observations": \(observations)}
    """
}
