import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Approximation: wake-sleep") struct WakeSleepCaseTests {
  static let machine = """
    {"approximation": "wake-sleep",
     "generative": {"bias": [0.5], "layers": [{"weights": [[1, -2]], "bias": [0.1, -0.2]}]},
     "recognition": {"layers": [{"weights": [[1], [0.5]], "bias": [0]}]},
     "data": [{"x": [1, 0], "probability": 0.25}, {"x": [1, 1], "probability": 0.75}]}
    """

  static let refusals = [
    SpecRefusal(
      machine, "\"probability\": 0.75", "\"probability\": 0.5",
      "data: expected probabilities that sum to 1, found a sum of 0.75"),
    SpecRefusal(
      machine, "\"probability\": 0.25", "\"probability\": 0",
      "data[0].probability: expected a probability above 0, found 0"),
    SpecRefusal(
      machine, "[{\"x\": [1, 0], \"probability\": 0.25}, {\"x\": [1, 1], \"probability\": 0.75}]",
      "[]", "data: expected at least one pattern, found an empty array"),
    SpecRefusal(
      machine, "{\"x\": [1, 1]", "{\"x\": [1, 0]",
      "data[1].x: expected distinct patterns, found one twice"),
    SpecRefusal(
      machine, "{\"x\": [1, 1]", "{\"x\": [1]", "data[1].x: expected 2 values, found 1"),
    SpecRefusal(
      machine, "{\"x\": [1, 1]", "{\"x\": [1, 2]",
      "data[1].x[1]: expected a whole number between 0 and 1, found 2"),
    SpecRefusal(
      machine, "[[1], [0.5]]", "[[1]]",
      "recognition.layers[0].weights: expected 2 rows, found 1"),
    SpecRefusal(
      machine, "\"bias\": [0]}", "\"bias\": [0, 1]}",
      "recognition.layers[0].weights[0]: expected 2 numbers, found 1"),
    SpecRefusal(
      machine, "[{\"weights\": [[1], [0.5]], \"bias\": [0]}]",
      "[{\"weights\": [[1], [0.5]], \"bias\": [0]}, {\"weights\": [[1]], \"bias\": [0]}]",
      "recognition.layers: expected as many layers as the generative network has hidden ones, 1, "
        + "found 2"),
    SpecRefusal(
      machine, "[[1, -2]]", "[[1, null]]",
      "generative.layers[0].weights[0][1]: expected a finite number, found null"),
    SpecRefusal(
      machine, "\"bias\": [0.5]", "\"bias\": [0.5, 1, 1, 1, 1, 1, 1]",
      "generative.layers[0].weights: expected 7 rows, found 1"),
    SpecRefusal(
      machine, "\"bias\": [0.1, -0.2]", "\"bias\": [-1e308, 1e308]",
      "generative: so large that the answer leaves the range of a double"),
    SpecRefusal(
      machine, "\"data\"", "\"dada\"",
      "top level: unknown key \"dada\" (did you mean \"data\"?); allowed: approximation, "
        + "generative, recognition, data"),
  ]

  @Test("Each refusal names the place and the reason", arguments: refusals)
  func refusal(item: SpecRefusal) throws {
    #expect(item.spec.contains(item.old))
    let spoilt = item.spec.replacing(item.old, with: item.new, maxReplacements: 1)
    #expect(try approximationRefusal(spoilt) == item.words)
  }

  @Test("More hidden units than can be run are refused, more states than are allowed too")
  func tooMany() throws {
    let rows = Array(repeating: "[1]", count: 7).joined(separator: ", ")
    let seven = Array(repeating: "1", count: 7).joined(separator: ", ")
    let wide = """
      {"approximation": "wake-sleep",
       "generative": {"bias": [\(seven)], "layers": [{"weights": [\(rows)], "bias": [0]}]},
       "recognition": {"layers": [{"weights": [[\(seven)]], "bias": [\(seven)]}]},
       "data": [{"x": [1], "probability": 1}]}
      """
    #expect(
      try approximationRefusal(wide)
        == "generative: expected at most 6 hidden units in all, found 7")
    #expect(
      try approximationRefusal(Self.machine, ExactRequest(maxOutcomes: 7))
        == "generative: dreams of 1 hidden and 2 observed units: 8 outcomes to visit, the limit is 7 "
        + "(--max-outcomes)")
    #expect(try approximationRefusal(Self.machine, ExactRequest(maxOutcomes: 8)) == "")
  }

  // Catches: draws that are not counted, or counted in their order.
  @Test("Three draws of the hidden units are counted before the work") func draws() throws {
    // Of 16 settings there are 16 · 17 · 18 / 6 sets of three, for each of two patterns.
    let wide = try JSON(parsing: WakeSleepGradientTests.machine).text()
    #expect(
      try approximationRefusal(wide, ExactRequest(maxOutcomes: 1631))
        == "data: three draws for each of 2 patterns: 1632 outcomes to visit, the limit is 1631 "
        + "(--max-outcomes)")
    #expect(try approximationRefusal(wide, ExactRequest(maxOutcomes: 1632)) == "")
  }

  @Test("With one hidden unit recognition can be exact: cosines of nothing are null")
  func exactRecognition() throws {
    // log odds of the unit: 0.5 + Σ x W + Σ softplus(c) − softplus(c + W) with W = 0.
    let text = """
      {"approximation": "wake-sleep",
       "generative": {"bias": [0.5], "layers": [{"weights": [[0]], "bias": [0.25]}]},
       "recognition": {"layers": [{"weights": [[0]], "bias": [0.5]}]},
       "data": [{"x": [1], "probability": 1}]}
      """
    let answer = try approximation(JSONPlace(try JSON(parsing: text))).json
    #expect(answer["cosines"]?["recognition"] == .null)
    guard case .array(let gaps) = answer["klQP"], case .number(let gap) = gaps[0] else {
      Issue.record("no klQP")
      return
    }
    #expect(abs(gap) < 1e-15)
  }
}
