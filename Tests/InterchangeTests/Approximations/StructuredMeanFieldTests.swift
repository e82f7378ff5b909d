import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Structured mean field: edges and refusals") struct StructuredMeanFieldTests {
  private func number(_ json: JSON?, _ key: String) throws -> Double {
    guard case .number(let value) = try #require(json?[key]) else { return .nan }
    return value
  }

  private func answer(_ text: String) throws -> JSON {
    try approximation(JSONPlace(try JSON(parsing: text))).json
  }

  // Catches: a mean over states of the chain that changes what all of them agree about.
  @Test("One state of the chain: both halves are exact") func oneState() throws {
    let json = try answer(
      spec(
        initialState: "[1]", transition: "[[1]]", states: "[\(calm)]",
        marginals: "[[1], [1], [1]]", sweeps: "1"))
    #expect(abs(try number(json, "klGap")) < 1e-12)
    let exact = try #require(json["exact"]?["means"])
    let found = try #require(json["means"])
    #expect(differences(exact, found, tolerance: 1e-12) == [])
  }

  // Catches: a step of the dynamics that one observation alone is given.
  @Test("One step: nothing depends on the chain, and q is the posterior") func oneStep() throws {
    let json = try answer(spec(observations: "[[0.7]]", marginals: "[[0.2, 0.8]]", sweeps: "1"))
    #expect(abs(try number(json, "klGap")) < 1e-12)
  }

  // Catches: 0 · −∞ in a divergence or a mean; a first state that is impossible and stays.
  @Test("Sure and impossible states at the start, and steps that nothing was seen of")
  func extremes() throws {
    for text in [
      spec(marginals: "[[1, 0], [0, 1], [1, 0]]"), spec(observations: "[null, [1.9], null]"),
      spec(observations: "[null, null, null]"), spec(initialState: "[1, 0]"),
      spec(transition: "[[0.5, 0.5], [0, 1]]"),
    ] {
      let json = try answer(text)
      let gap = try number(json, "klGap")
      #expect(gap > -1e-10 && gap.isFinite, "\(text)")
    }
    let json = try answer(spec(initialState: "[1, 0]"))
    guard case .array(let sweeps) = try #require(json["sweeps"]) else { return }
    #expect(try number(sweeps[0], "afterContinuous") == -.infinity)
    #expect(try number(sweeps[0], "afterDiscrete").isFinite)
  }

  // Catches: a refusal without its place, or an answer where there is none.
  @Test(
    "What cannot be answered is refused with its place",
    arguments: [
      (
        spec(states: #"[\#(calm), {"dynamics": [[1]], "dynamicsNoise": [[0]]}]"#),
        "states[1].dynamicsNoise: expected a positive definite matrix"
      ),
      (
        spec(marginals: "[[0.5, 0.5], [0.5, 0.5]]"),
        "stateMarginals: expected 3 values, found 2"
      ),
      (
        spec(marginals: "[[0.5, 0.5], [0.5, 0.6], [0.5, 0.5]]"),
        "stateMarginals[1]: expected probabilities that sum to 1, found a sum of 1.1"
      ),
      (spec(observations: "[]"), "observations: expected at least one step, found an empty array"),
      (
        spec(observations: "[[[0.3]], [[0.1]], [[0.2]]]"),
        "observations[0][0]: expected a finite number, found an array of 1 value"
      ),
      (spec(sweeps: "0"), "sweeps: expected a whole number between 1 and 10000, found 0"),
      (
        spec(transition: "[[0.5, 0.4], [0, 1]]"),
        "transition[0]: expected probabilities that sum to 1, found a sum of 0.9"
      ),
    ])
  func refused(text: String, words: String) throws {
    #expect(try approximationRefusal(text) == words)
  }

  // Catches: a sum over all paths that begins before its paths are counted.
  @Test("Paths are counted before the work begins") func counted() throws {
    let refusal = try approximationRefusal(spec(), ExactRequest(maxStates: 7))
    #expect(refusal.contains("8") && refusal.contains("observations"), "\(refusal)")
  }
}

private let calm = #"{"dynamics": [[0.95]], "dynamicsNoise": [[0.02]]}"#

private func spec(
  initialState: String = "[0.5, 0.5]", transition: String = "[[0.9, 0.1], [0.2, 0.8]]",
  states: String = #"[\#(calm), {"dynamics": [[0.4]], "dynamicsNoise": [[1.2]]}]"#,
  observations: String = "[[0.3], [1.9], [-0.8]]",
  marginals: String = "[[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]", sweeps: String = "4"
) -> String {
  """
  {"approximation": "structured-mean-field", "initialState": \(initialState), "transition": \(transition),
   "initialMean": [0], "initialCovariance": [[1]], "states": \(states), "emission": [[1]],
   "emissionNoise": [[0.1]], "observations": \(observations), "stateMarginals": \(marginals),
   "sweeps": \(sweeps)}
  """
}
