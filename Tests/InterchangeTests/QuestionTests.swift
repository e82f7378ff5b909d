import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("What else is asked of an oracle")
struct QuestionTests {
  private static let hmm = """
    {"model": "hmm", "initial": [0.6, 0.4], "transition": [[0.7, 0.3], [0, 1]],
     "emission": {"family": "categorical", "probabilities": [[0.5, 0.4, 0.1], [0.1, 0, 0.9]]},
     "observations": [[0, 1, 2], [2, null, 1]]
    """

  private static let gaussian = """
    {"model": "hmm", "initial": [0.6, 0.4], "transition": [[0.7, 0.3], [0.2, 0.8]],
     "emission": {"family": "gaussian", "means": [0.5, -1], "variances": [2, 0.7]},
     "observations": [[0.3, null, -1.1, 2]]
    """

  private func answer(
    _ text: String, _ more: String = "", _ route: ExactRoute? = nil,
    asking questions: OracleQuestions = OracleQuestions()
  ) throws -> JSON {
    try oracle(
      JSONPlace(try JSON(parsing: text + more + "}")), ExactRequest(route: route),
      asking: questions
    ).json
  }

  // Catches: a question that is answered by the route that was not asked for, or by both alike and wrongly.
  @Test("Every question of hmm has the same answer by all paths", arguments: [hmm, gaussian])
  func twins(model: String) throws {
    let words = ["explanation", "filtered", "counts", "gradient", "entropy"]
    let questions = OracleQuestions(words.compactMap(OracleQuestion.init))
    let (structured, visited) = (
      try answer(model, "", .structured, asking: questions),
      try answer(model, "", .bruteForce, asking: questions)
    )
    for word in words {
      let (one, other) = (try #require(structured[word]), try #require(visited[word]))
      #expect(differences(one, other, tolerance: 1e-11).isEmpty, "\(word)")
    }
  }

  // Catches: slopes with another sign or scale, or of another sequence.
  @Test("Slopes by means and variances are those of differences") func differencesOfEvidence()
    throws
  {
    let gradient = try answer(Self.gaussian, ", \"ask\": [\"gradient\"]")["gradient"]?["emission"]
    let step = 1e-5
    func evidence(_ old: String, _ new: String) throws -> Double {
      let text = Self.gaussian.replacing(old, with: new)
      guard case .number(let value) = try answer(text)["logEvidence"]?[0] else { return .nan }
      return value
    }
    for (key, place, old, value, pattern) in [
      ("means", 0, "[0.5, -1]", 0.5, "[#, -1]"), ("means", 1, "[0.5, -1]", -1, "[0.5, #]"),
      ("variances", 0, "[2, 0.7]", 2, "[#, 0.7]"), ("variances", 1, "[2, 0.7]", 0.7, "[2, #]"),
    ] {
      func at(_ number: Double) throws -> Double {
        try evidence(old, pattern.replacing("#", with: "\(number)"))
      }
      let slope = (try at(value + step) - at(value - step)) / (2 * step)
      guard case .number(let found) = gradient?[key]?[place] else {
        Issue.record("no slope by \(key)[\(place)]")
        continue
      }
      #expect(abs(found - slope) < 1e-8, "\(key)[\(place)]")
    }
  }

  // Catches: keys that are read in the file alone, or beside it alone; a seed that is not used.
  @Test("Questions stand in the file or beside it; the same seed, the same bytes") func places()
    throws
  {
    let keys = ", \"ask\": [\"samples\"], \"samples\": 20, \"seed\": 3"
    let inside = try answer(Self.hmm, keys)
    let beside = try answer(
      Self.hmm, asking: OracleQuestions([.samples], samples: 20, seed: 3))
    #expect(inside.text() == beside.text())
    let other = try answer(Self.hmm, asking: OracleQuestions([.samples], samples: 20, seed: 4))
    #expect(inside["samples"]?.text() != other["samples"]?.text())
    guard case .array(let drawn) = inside["samples"]?[0] else {
      Issue.record("no samples")
      return
    }
    #expect(drawn.count == 20)
  }

  // Catches: one of both places that is not looked at where the other says something, or that outweighs it.
  @Test("What the file asks and what is asked beside it are answered both, in one order")
  func together() throws {
    let beside = OracleQuestions([.entropy, .samples], samples: 5, seed: 4)
    let keys = ", \"ask\": [\"entropy\", \"explanation\", \"entropy\"], \"samples\": 2, \"seed\": 3"
    guard case .object(let members) = try answer(Self.hmm, keys, asking: beside) else { return }
    let words = OracleQuestion.allCases.map(\.rawValue)
    #expect(members.map(\.key).filter(words.contains) == ["explanation", "samples", "entropy"])
    let alone = try answer(
      Self.hmm, asking: OracleQuestions([.samples], samples: 2, seed: 3))["samples"]
    #expect(members.first { $0.key == "samples" }?.value == alone)
  }

  // Catches: an impossible sequence that is explained.
  @Test("An impossible observation has nothing to ask about") func impossible() throws {
    let text = Self.hmm.replacing("[2, null, 1]", with: "[1, 1, 1]")
      .replacing("[0.6, 0.4]", with: "[0, 1]")
    let words = ["explanation", "samples", "filtered", "entropy"]
    let answer = try answer(
      text, asking: OracleQuestions(words.compactMap(OracleQuestion.init)))
    for word in words { #expect(answer[word]?[1] == .null, "\(word)") }
  }

  @Test(
    "What cannot be asked is refused",
    arguments: [
      (
        ", \"ask\": [\"marginals\"]",
        "ask: this model has no answer to \"marginals\"; it answers explanation, samples, "
          + "filtered, counts, gradient, entropy"
      ),
      (
        ", \"ask\": [\"entrop\"]",
        "ask[0]: unknown name \"entrop\" (did you mean \"entropy\"?)"
      ),
      (", \"ask\": \"entropy\"", "ask: expected an array of values, found \"entropy\""),
      (
        ", \"ask\": [\"samples\"], \"samples\": 0",
        "samples: expected a whole number between 1 and 1000000, found 0"
      ),
      (
        ", \"ask\": [\"samples\"], \"seed\": -1",
        "seed: expected a whole number between 0 and 9007199254740992, found -1"
      ),
    ])
  func refusals(keys: String, sentence: String) throws {
    let refusal = #expect(throws: OracleRefusal.self) { try answer(Self.hmm, keys) }
    #expect(refusal?.description == sentence)
  }
}

extension JSON {
  subscript(place: Int) -> JSON? {
    guard case .array(let elements) = self, elements.indices.contains(place) else { return nil }
    return elements[place]
  }
}
