import Exact
import JSONText
import Testing

@testable import Interchange

extension JSON {
  /// The number times a factor.
  fileprivate func scaled(_ factor: Double) -> JSON {
    if case .number(let number) = self { .number(number * factor) } else { .null }
  }
}

@Suite("What else is asked of grammars and trees") struct StructureQuestionTests {
  static let grammar = """
    {"model": "pcfg", "start": "S", "rules": [
       {"left": "S", "right": ["NP", "VP"], "probability": 0.75},
       {"left": "S", "right": ["VP"], "unary": true, "probability": 0.25},
       {"left": "NP", "right": ["fish"], "probability": 0.5},
       {"left": "NP", "right": ["NP", "NP"], "probability": 0.5},
       {"left": "VP", "right": ["fish"], "probability": 0.5},
       {"left": "VP", "right": ["NP"], "unary": true, "probability": 0.5}],
     "observations": [["fish"], ["fish", "fish", "fish"], ["NP"], []]
    """
  static let trees = [
    (false, false), (false, true), (true, false), (true, true),
  ].map { singleRoot, projective in
    """
    {"model": "spanning-tree", "singleRoot": \(singleRoot), "projective": \(projective),
     "scores": [[0, 1.5, -0.5, 0.125], [0, 0, 0.75, -1], [0, -0.25, 0, 0.5], [0, 0.5, 1, 0]]
    """
  }

  private func ask(
    _ text: String, _ words: String, _ route: ExactRoute? = nil, samples: Int = 1, seed: UInt64 = 1
  ) throws -> JSON {
    let asked = words.split(separator: " ").compactMap { OracleQuestion(rawValue: String($0)) }
    return try oracle(
      JSONPlace(try JSON(parsing: text + "}")), ExactRequest(route: route),
      asking: OracleQuestions(asked, samples: samples, seed: seed)
    ).json
  }

  // Catches: a question answered by the route that was not asked for, a key or a shape of one route alone.
  @Test("Grammars: both routes say the same of every question")
  func grammars() throws {
    let words = "explanation marginals gradient entropy"
    let (one, other) = (
      try ask(Self.grammar, words, .structured), try ask(Self.grammar, words, .bruteForce)
    )
    for word in words.split(separator: " ").map(String.init) where word != "explanation" {
      #expect(
        differences(try #require(one[word]), other[word], tolerance: 1e-12) == [], "\(word)")
    }
    for index in 0..<4 {
      let (best, listed) = (one["explanation"]?[index], other["explanation"]?[index])
      #expect(
        differences(
          try #require(best?["logProbability"] ?? best), listed?["logProbability"] ?? listed,
          tolerance: 1e-12) == [])
    }
    #expect(one["method"] == "structured" && other["method"] == "brute-force")
  }

  // Catches: a tree that is written upside down, an impossible sentence with an explanation.
  @Test("A tree is its rules, leftmost first, and nested names")
  func form() throws {
    let found = try ask(Self.grammar, "explanation samples entropy", samples: 3)
    #expect(
      found["explanation"]?[0]?["tree"] == ["S", ["VP", ["NP", "fish"]]] as JSON
        || found["explanation"]?[0]?["tree"] == ["S", ["VP", "fish"]] as JSON)
    let rules = try #require(found["explanation"]?[1]?["rules"])
    #expect(
      rules == [0, 3, 2, 2, 4] as JSON || rules == [0, 3, 2, 2, 5, 2] as JSON
        || rules == [0, 2, 5, 3, 2, 2] as JSON)
    for word in ["explanation", "samples", "entropy"] {
      #expect(found[word]?[2] == .null && found[word]?[3] == .null)
    }
    guard case .array(let draws) = try #require(found["samples"]?[1]) else { return }
    #expect(draws.count == 3)
  }

  // Catches: another generator for each sentence, draws that do not come from the seed.
  @Test("The same seed draws the same trees, another one others", arguments: trees + [grammar])
  func seeds(model: String) throws {
    let one = try ask(model, "samples", samples: 40, seed: 7)["samples"]
    #expect(try ask(model, "samples", samples: 40, seed: 7)["samples"] == one)
    #expect(try ask(model, "samples", samples: 40, seed: 8)["samples"] != one)
  }

  // Catches: a rule about crossing edges or about the root that one question forgets.
  @Test("Trees: both routes say the same of every question", arguments: trees)
  func fields(model: String) throws {
    let words = "explanation gradient entropy"
    let (one, other) = (try ask(model, words, .structured), try ask(model, words, .bruteForce))
    for word in ["logPartition", "edgeMarginals"] + words.split(separator: " ").map(String.init) {
      #expect(
        differences(try #require(one[word]), other[word], tolerance: 1e-12) == [], "\(word)")
    }
    #expect(one["gradient"]?["scores"] == one["edgeMarginals"])
  }

  // Catches: trees that no reader of JSON takes, because they are nested too deep.
  @Test("A tree of 160 words in a row is given by its rules alone")
  func deep() throws {
    let words = Array(repeating: "\"a\"", count: 160).joined(separator: ",")
    let text = """
      {"model": "pcfg", "start": "S", "rules": [
         {"left": "S", "right": ["A", "S"], "probability": 0.5},
         {"left": "S", "right": ["a"], "probability": 0.5},
         {"left": "A", "right": ["a"], "probability": 1}], "observations": [[\(words)], ["a", "a"]]
      """
    let found = try ask(text, "explanation samples")
    #expect(found["explanation"]?[0]?["tree"] == nil)
    #expect(found["explanation"]?[1]?["tree"] == ["S", ["A", "a"], ["S", "a"]] as JSON)
    guard case .array(let rules) = try #require(found["explanation"]?[0]?["rules"]) else { return }
    #expect(rules.count == 319)
    #expect(try JSON(parsing: found.text(.pretty)) == found)
  }

  // Catches: a word that is taken for a nonterminal of the same name, or the other way round.
  @Test("A word with the name of a nonterminal is told apart by \"unary\"")
  func names() throws {
    func evidence(_ key: String) throws -> JSON? {
      try oracle(
        JSONPlace(
          try JSON(
            parsing: """
              {"model": "pcfg", "start": "S", "rules": [
                 {"left": "S", "right": ["N"]\(key), "probability": 1},
                 {"left": "N", "right": ["a"], "probability": 1}], "observations": [["a"], ["N"]]}
              """))
      ).json["logEvidence"]
    }
    #expect(try evidence(", \"unary\": true") == [0, .number(-.infinity)])
    #expect(try evidence(", \"unary\": false") == [.number(-.infinity), 0])
    #expect(throws: OracleRefusal.self) { try evidence("") }
  }

  // Catches: a slope that leaves the doubles and is printed all the same.
  @Test("A slope by a probability of 10⁻³²⁰ is refused")
  func overflow() throws {
    let text = """
      {"model": "pcfg", "start": "S", "rules": [
         {"left": "S", "right": ["a"], "probability": 1e-320},
         {"left": "S", "right": ["b"], "probability": 1}], "observations": [["a"]]
      """
    for route in [ExactRoute.structured, .bruteForce] {
      #expect(throws: OracleRefusal.unanswered(.overflow("rules"))) {
        try ask(text, "gradient", route)
      }
    }
  }

  // Catches: an entropy that is a difference of numbers a million times as large.
  @Test("Trees whose entropy would be lost in the difference are refused by name")
  func lostEntropy() throws {
    let text = """
      {"model": "spanning-tree", "singleRoot": true,
       "scores": [[0, 0, 0], [0, 0, 400000], [0, 400000.5, 0]]
      """
    #expect(throws: OracleRefusal.unanswered(.imprecise("scores"))) { try ask(text, "entropy") }
    #expect(try ask(text, "explanation")["explanation"]?["heads"] == [2, 0] as JSON)
  }

  // Catches: constituents that are left out though they have digits that are promised.
  @Test("A constituent of a probability of 10⁻¹¹ is there, one of 10⁻¹³ is not") func rare() throws
  {
    func spans(_ rare: Double) throws -> JSON? {
      try ask(
        """
        {"model": "pcfg", "start": "S", "rules": [
           {"left": "S", "right": ["A"], "unary": true, "probability": \(1 - rare)},
           {"left": "S", "right": ["B"], "unary": true, "probability": \(rare)},
           {"left": "A", "right": ["a"], "probability": 1},
           {"left": "B", "right": ["a"], "probability": 1}], "observations": [["a"]]
        """, "marginals")["marginals"]?[0]
    }
    let found = try #require(try spans(1e-11))
    #expect(found[2]?["symbol"] == "B" && found[3] == nil)
    #expect(
      differences(1, found[2]?["expectedCount"].map { $0.scaled(1e11) }, tolerance: 1e-4) == [])
    #expect(try spans(1e-13)?[1] != nil && spans(1e-13)?[2] == nil)
  }

  // Catches: shares of derivations that add up to a little more than one.
  @Test("Probabilities of constituents end at one by brute force as well")
  func constituents() throws {
    let file = try #require(GoldenCase.all.first { $0.name == "pcfg-attachment" }).read()
    let found = try oracle(
      JSONPlace(try #require(file["spec"])), ExactRequest(route: .bruteForce),
      asking: OracleQuestions([.marginals])
    ).json["marginals"]
    guard case .array(let spans) = try #require(found?[0]) else { return }
    #expect(spans.count == 14)
    for span in spans {
      guard case .number(let probability) = try #require(span["probability"]) else { return }
      #expect(probability > 0 && probability <= 1)
    }
  }
}
