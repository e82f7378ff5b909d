import Exact
import JSONText
import Probability
import Testing

@testable import Interchange

@Suite("Oracle: driven systems, and questions of linear dynamical systems")
struct StateSpaceQuestionTests {
  static let driven = """
    {"model": "linear-dynamical-system", "initialMean": [1, -1], "initialCovariance": [[1, 0.5], [0.5, 2]],
     "dynamics": {"steps": [[[0.9, 0], [0.1, 0.8]], [[0.5, -1], [0, 1]]]}, "dynamicsNoise": [[0.2, 0], [0, 0.1]],
     "emission": [[1, 2]], "emissionNoise": [[0.5]], "dynamicsOffset": [2, 0],
     "emissionOffset": {"steps": [[1], [0], [-1]]}, "inputMatrix": [[1], [0]], "feedthrough": [[0.5]],
     "observations": [[[1], [2], null], [[0.5]]], "inputs": [[[1], [2], [3]], [[-1]]]}
    """

  static let refusals = [
    SpecRefusal(
      driven, "\"inputs\": [[[1], [2], [3]], [[-1]]]", "\"inputs\": [[[1], [2], [3]]]",
      "inputs: expected 2 values, found 1"),
    SpecRefusal(
      driven, "[[1], [2], [3]]", "[[1], [2]]", "inputs[0]: expected 3 rows, found 2"),
    SpecRefusal(
      driven, ", \"inputs\": [[[1], [2], [3]], [[-1]]]", "", "top level: missing key \"inputs\""),
    SpecRefusal(
      driven, "\"inputMatrix\": [[1], [0]], \"feedthrough\": [[0.5]],", "",
      "inputs: there is nothing to multiply them with: inputMatrix, feedthrough"),
    SpecRefusal(
      driven, ", [[0.5, -1], [0, 1]]]", "]",
      "observations[0]: expected at most 2 steps, as dynamics has no more, found 3"),
    SpecRefusal(
      driven, "{\"steps\": [[1], [0], [-1]]}", "{\"steps\": [[1], [0]]}",
      "observations[0]: expected at most 2 steps, as emissionOffset has no more, found 3"),
    SpecRefusal(
      driven, "{\"steps\": [[1], [0], [-1]]}", "{\"step\": [[1], [0], [-1]]}",
      "emissionOffset: unknown key \"step\" (did you mean \"steps\"?); allowed: steps"),
    SpecRefusal(
      driven, "[[0.5, -1], [0, 1]]", "[[0.5, -1]]", "dynamics.steps[1]: expected 2 rows, found 1"),
    SpecRefusal(
      driven, "\"dynamicsOffset\": [2, 0]", "\"dynamicsOffset\": [2]",
      "dynamicsOffset: expected 2 entries, found 1"),
    SpecRefusal(
      driven, "\"feedthrough\": [[0.5]]", "\"feedthrough\": [[0.5, 1]]",
      "feedthrough[0]: expected 1 entries, found 2"),
    SpecRefusal(
      driven, "\"emission\": [[1, 2]]", "\"emission\": {\"steps\": []}",
      "emission: expected at least one entry, found none"),
  ]

  // Catches: a key of a driven system that is read without a check, or refused at another place.
  @Test("What does not fit is refused with its place", arguments: refusals)
  func refused(_ refused: SpecRefusal) throws {
    #expect(try refusal(refused.spec) == "")
    #expect(refused.spec.contains(refused.old))
    #expect(try refusal(refused.spec.replacing(refused.old, with: refused.new)) == refused.words)
  }

  private func asked(_ question: String, _ route: ExactRoute? = nil) throws -> JSON {
    let text = Self.driven.replacing("\"model\"", with: "\(question), \"model\"")
    return try answer(text, ExactRequest(route: route)).json
  }

  // Catches: a question that one of the routes answers otherwise; a gradient that has not the model's shape.
  @Test("Both routes answer alike")
  func routes() throws {
    let words = ["explanation", "filtered", "gradient", "entropy"]
    let question = "\"ask\": [" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    let (structured, brute) = (try asked(question, .structured), try asked(question, .bruteForce))
    for word in words + ["logEvidence", "smoothedMeans", "smoothedCovariances"] {
      let wanted = try #require(brute[word])
      #expect(differences(wanted, structured[word], tolerance: 1e-11) == [], "\(word)")
    }
    let model = try JSON(parsing: Self.driven)
    for key in [
      "dynamics", "dynamicsNoise", "emission", "emissionNoise", "dynamicsOffset", "emissionOffset",
      "inputMatrix", "feedthrough", "initialMean", "initialCovariance",
    ] {
      #expect(shape(structured["gradient"]?[key]) == shape(model[key]), "\(key)")
    }
  }

  private func shape(_ json: JSON?) -> String {
    switch json {
    case .array(let parts): "[" + parts.map(shape).joined() + "]"
    case .object(let members): "{" + members.map { $0.key + shape($0.value) }.joined() + "}"
    case .number: "n"
    default: "?"
    }
  }

  // Catches: inputs that are not counted where only the outputs see them.
  @Test("With a feedthrough alone the evidence is that of outputs without it") func feedthrough()
    throws
  {
    let fed = Self.driven.replacing("\"inputMatrix\": [[1], [0]], ", with: "")
    // y − D u with D = ½ and u = 1, 2, 3 and −1.
    let plain = fed.replacing("\"feedthrough\": [[0.5]],", with: "")
      .replacing(", \"inputs\": [[[1], [2], [3]], [[-1]]]", with: "")
      .replacing("[[[1], [2], null], [[0.5]]]", with: "[[[0.5], [1], null], [[1]]]")
    let (one, other) = (try answer(fed).json, try answer(plain).json)
    for key in ["logEvidence", "smoothedMeans", "smoothedCovariances"] {
      #expect(differences(try #require(other[key]), one[key], tolerance: 1e-13) == [], "\(key)")
    }
    #expect(
      try refusal(fed.replacing(", \"inputs\": [[[1], [2], [3]], [[-1]]]", with: ""))
        == "top level: missing key \"inputs\"")
  }

  // Catches: samples that are not those of the seed, or of another shape than the states.
  @Test("Samples have a list of numbers a step, the same for a seed")
  func samples() throws {
    let question = "\"ask\": [\"samples\"], \"samples\": 2, \"seed\": 3"
    let drawn = try asked(question)["samples"]
    #expect(shape(drawn) == "[[[[nn][nn][nn]][[nn][nn][nn]]][[[nn]][[nn]]]]")
    #expect(try asked(question)["samples"] == drawn)
  }

  // Catches: an entropy of a density that does not exist; a null in its place.
  @Test("Without full noise there is no density")
  func singular() throws {
    let text = Self.driven.replacing("[[0.2, 0], [0, 0.1]]", with: "[[0.2, 0], [0, 0]]")
      .replacing("\"model\"", with: "\"ask\": [\"explanation\", \"entropy\"], \"model\"")
    let found = try answer(text).json
    guard case .array(let entries)? = found["explanation"] else {
      Issue.record("not an array")
      return
    }
    #expect(entries[0]["logProbability"] == .null && entries[1]["logProbability"] != .null)
    guard case .array(let entropies)? = found["entropy"] else { return }
    #expect(entropies[0] == .number(-.infinity) && entropies[1] != .number(-.infinity))
  }

  static let switching = """
    {"model": "switching-lds", "initialState": [0.25, 0.75], "transition": [[0.5, 0.5], [1, 0]],
     "initialMean": [0], "initialCovariance": [[1]],
     "states": [{"dynamics": [[1]], "dynamicsNoise": [[0]]},
                {"dynamics": [[-1]], "dynamicsNoise": [[0.5]]}],
     "emission": [[1]], "emissionNoise": [[0.5]], "observations": [[[1], [2], [-1]], [[0.5]]],
     "ask": ["explanation", "samples", "filtered", "marginals", "gradient", "entropy"],
     "samples": 3}
    """
  static let mixture = """
    {"model": "bayesian-mixture", "concentration": [1, 2],
     "prior": {"family": "normal-inverse-wishart", "mean": [0, 1], "kappa": 0.5, "dof": 3,
               "scale": [[1, 0.5], [0.5, 2]]},
     "observations": [[1, 0], [0, 1], [0.5, -1]],
     "ask": ["explanation", "samples", "counts", "gradient", "entropy"], "samples": 3}
    """

  /// The shape of what is known with and before each output, of a chain of two states and one number.
  private static func beliefs(steps: Int) -> String {
    func each(_ one: String) -> String { "[" + String(repeating: one, count: steps) + "]" }
    let one = "{stateMarginals\(each("[nn]"))means\(each("[n]"))covariances\(each("[[n]]"))}"
    return "{filtered\(one)predicted\(one)}"
  }

  // Catches: a question of the models with hidden labels that one of the routes answers otherwise, or in another
  // shape than its observations have.
  @Test("Switching systems and Bayesian mixtures answer alike by both routes")
  func labels() throws {
    for (text, shapes) in [
      (
        Self.switching,
        [
          "samples": "[[[nnn][nnn][nnn]][[n][n][n]]]", "entropy": "[nn]",
          "filtered": "[" + Self.beliefs(steps: 3) + Self.beliefs(steps: 1) + "]",
        ]
      ),
      (Self.mixture, ["samples": "[[nnn][nnn][nnn]]", "entropy": "n"]),
    ] {
      let structured = try answer(text, ExactRequest(route: .structured)).json
      let brute = try answer(text, ExactRequest(route: .bruteForce)).json
      for word in ["explanation", "filtered", "marginals", "counts", "gradient", "entropy"] {
        guard let wanted = brute[word] else { continue }
        #expect(differences(wanted, structured[word], tolerance: 1e-11) == [], "\(word)")
      }
      for (word, shape) in shapes { #expect(self.shape(structured[word]) == shape) }
    }
  }

  // Catches: an explanation of a Bayesian mixture as a list of one.
  @Test("A Bayesian mixture has one posterior, and so one answer")
  func oneAnswer() throws {
    let found = try answer(Self.mixture).json
    #expect(shape(found["explanation"]?["components"]) == "[nnn]")
    #expect(
      shape(found["counts"]?["sizes"]) == "[nn]" && shape(found["counts"]?["clusters"]) == "n")
    #expect(shape(found["gradient"]?["prior"]?["scale"]) == "[[nn][nn]]")
  }
}
