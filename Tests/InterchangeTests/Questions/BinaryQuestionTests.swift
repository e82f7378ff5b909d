import Exact
import JSONText
import Probability
import Testing

@testable import Interchange

@Suite("Oracle: questions of documents and belief networks") struct BinaryQuestionTests {
  static let document = """
    {"model": "latent-factor", "prior": [0.3, 1], "weights": [[1, 0, -1], [0, 2, 0.5]],
     "bias": [0.1, 0, -0.2], "observations": [[0, 1, 1], []], QUESTION}
    """
  static let network = """
    {"model": "sigmoid-belief-network", "bias": [0.5, -1],
     "layers": [{"weights": [[1, -2], [0, 3]], "bias": [0.1, -0.2]}, {"weights": [[2], [-1]], "bias": [0.3]}],
     "observations": [[1], [0]], QUESTION}
    """

  private func asked(
    _ text: String, _ question: String, _ route: ExactRoute? = nil
  ) throws -> JSON {
    try answer(
      text.replacing("QUESTION", with: question), ExactRequest(route: route)
    ).json
  }

  // Catches: a question that one of the routes answers otherwise, or not at all.
  @Test("Both routes answer alike", arguments: [document, network])
  func routes(text: String) throws {
    let question = "\"ask\": [\"explanation\", \"entropy\", \"gradient\"]"
    let structured = try asked(text, question, .structured)
    let brute = try asked(text, question, .bruteForce)
    for word in ["explanation", "entropy", "gradient"] {
      let wanted = try #require(brute[word])
      #expect(differences(wanted, structured[word], tolerance: 1e-12) == [])
    }
  }

  // Catches: a certain factor that is drawn off; samples of one observation for another, or too few of them; draws
  // that are not those of the seed.
  @Test("Samples are as many as were asked for, the same for a seed")
  func samples() throws {
    let question = "\"ask\": [\"samples\"], \"samples\": 50, \"seed\": 7"
    let first = try #require(try asked(Self.document, question)["samples"])
    #expect(try asked(Self.document, question)["samples"] == first)
    #expect(try asked(Self.document, question.replacing("7", with: "8"))["samples"] != first)
    guard case .array(let documents) = first else { return }
    #expect(documents.count == 2)
    for case .array(let draws) in documents {
      #expect(draws.count == 50)
      for case .array(let bits) in draws { #expect(bits.count == 2 && bits[1] == .number(1)) }
    }
  }

  // Catches: layers in another order or shape than the network's.
  @Test("A belief network answers layer by layer, the top first")
  func layers() throws {
    let found = try asked(Self.network, "\"ask\": [\"marginals\", \"samples\", \"gradient\"]")
    func counts(_ json: JSON?) -> [Int] {
      guard case .array(let parts)? = json else { return [] }
      return parts.map { if case .array(let units) = $0 { units.count } else { -1 } }
    }
    guard case .array(let marginals)? = found["marginals"],
      case .array(let samples)? = found["samples"], case .array(let draws) = samples[0]
    else {
      Issue.record("not arrays")
      return
    }
    #expect(marginals.count == 2 && counts(marginals[0]["layers"]) == [2, 2])
    #expect(counts(draws[0]) == [2, 2])
    #expect(counts(found["gradient"]?["bias"]) == [-1, -1])
    #expect(counts(found["gradient"]?["layers"]).count == 2)
  }

  // Catches: an entry for an observation that is not there; a gradient that needs one.
  @Test("Nothing observed, nothing answered, and slopes of zero")
  func empty() throws {
    let none = Self.network.replacing("[[1], [0]]", with: "[]")
    let found = try asked(
      none, "\"ask\": [\"explanation\", \"samples\", \"marginals\", \"entropy\", \"gradient\"]")
    for word in ["explanation", "samples", "marginals", "entropy"] {
      #expect(found[word] == .array([]), "\(word)")
    }
    #expect(found["gradient"]?["bias"] == .numbers([0, 0]))
  }

  // Catches: a question that is answered by a model that cannot, or refused without saying what can be asked.
  @Test("What has no answer is refused with what has one")
  func refused() throws {
    #expect(
      try refusal(Self.document.replacing("QUESTION", with: "\"ask\": [\"filtered\"]"))
        == "ask: this model has no answer to \"filtered\"; it answers explanation, samples, gradient, "
        + "entropy")
    let large = Self.network.replacing("-2", with: "-2e6").replacing(
      "QUESTION", with: "\"ask\": [\"entropy\"]")
    #expect(
      try refusal(large) == "layers: so large that rounding would decide the answer")
  }
}
