import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Specs of networks, factor graphs, spins and Boltzmann machines") struct FieldSpecTests {
  static let field = """
    {"model": "factor-graph", "variables": [{"name": "a", "states": 2}, {"name": "b", "states": ["x", "y", "z"]}],
     "factors": [{"variables": ["a", "b"], "table": [[1, 2, 3], [4, 0, 6]]}, {"variables": ["b"], "table": [1, 1, 2]}],
     "observations": [{"a": 1}]}
    """
  static let spins = """
    {"model": "ising", "fields": [0.5, -1, 0], "couplings": [{"pair": [0, 1], "value": 2}],
     "observations": [[1, null, -1]]}
    """
  static let machine = """
    {"model": "restricted-boltzmann-machine", "visibleBias": [0.5, -1], "hiddenBias": [1],
     "weights": [[2], [-3]], "observations": [[1, 0]]}
    """
  static let network = NetworkFileTests.json

  static let slips = [
    SpecRefusal(
      field, #""name": "b""#, #""name": "a""#,
      "variables[1].name: there are two variables of the name \"a\""),
    SpecRefusal(
      field, #""states": 2"#, #""states": 0"#,
      "variables[0].states: expected a whole number between 1 and 1048576, found 0"),
    SpecRefusal(
      field, #"["x", "y", "z"]"#, "[]", "variables[1].states: expected at least one state, found"
    ),
    SpecRefusal(
      field, #"["x", "y", "z"]"#, #"["x", "x", "z"]"#,
      "variables[1].states: expected names that differ"),
    SpecRefusal(field, "[4, 0, 6]", "[4, 0]", "factors[0].table[1]: expected 3 values, found 2"),
    SpecRefusal(
      field, "[4, 0, 6]", "[4, -1, 6]",
      "factors[0].table[1][1]: expected a weight that is not negative, found -1"),
    SpecRefusal(field, "[1, 1, 2]", "[1, 1]", "factors[1].table: expected 3 entries, found 2"),
    SpecRefusal(
      field, #"["a", "b"]"#, #"["a", "a"]"#, "factors[0].table[0]: expected 2 values, found 3"),
    SpecRefusal(
      field, #"["b"]"#, #"["c"]"#, "factors[1].variables[0]: no variable has the name \"c\""),
    SpecRefusal(
      field, #"{"a": 1}"#, #"{"a": 2}"#,
      "observations[0].a: expected a whole number between 0 and 1, found 2"),
    SpecRefusal(
      field, #"{"a": 1}"#, #"{"a": "x"}"#,
      "observations[0].a: expected the number of a state, from 0 to 1"),
    SpecRefusal(
      field, #"{"a": 1}"#, "[1]",
      "observations[0]: expected an object of variables with their states, found"),
    SpecRefusal(
      field, "[1, 1, 2]", "[0, 0, 0]", "factors: no state of all variables has a weight above 0"),
    SpecRefusal(
      network, "[0.1, 0.9]", "[0.1, 0.8]",
      "variables[1].table[0]: expected probabilities that sum to 1, found a sum of 0.9"),
    SpecRefusal(
      network, "[[0.1, 0.9], [0.5, 0.5]]", "[[0.1, 0.9]]",
      "variables[1].table: expected 2 rows, one for each setting of the parents, found 1"),
    SpecRefusal(
      network, "[[0.5, 0.5]]", "[[1]]", "variables[0].table[0]: expected 2 numbers, found 1"),
    SpecRefusal(
      network, #"["sprinkler", "rain"]"#, #"["rain", "rain"]"#,
      "variables[3].parents: expected distinct parents"),
    SpecRefusal(
      network, #"["sprinkler", "rain"]"#, #"["wet", "rain"]"#,
      "variables[3].parents: the arrows run in a circle that leads to this variable"
    ),
    SpecRefusal(spins, "[0, 1]", "[0, 0]", "couplings[0].pair: expected two different spins"),
    SpecRefusal(
      spins, "[0, 1]", "[0, 3]",
      "couplings[0].pair[1]: expected a whole number between 0 and 2, found 3"),
    SpecRefusal(spins, "[0.5, -1, 0]", "[]", "couplings[0].pair[1]: expected a whole number"),
    SpecRefusal(
      spins, "[0.5, -1, 0]", "[0.5, -1e9, 0]",
      "fields[1]: so large that rounding would decide the answer"),
    SpecRefusal(spins, "null", "0", "observations[0][1]: expected 1, -1 or null, found 0"),
    SpecRefusal(spins, "[1, null, -1]", "[1]", "observations[0]: expected 3 values, found 1"),
    SpecRefusal(
      spins, "\"value\": 2", "\"value\": 1e9",
      "couplings[0].value: so large that rounding would decide the answer"),
    SpecRefusal(machine, "[[2], [-3]]", "[[2]]", "weights: expected 2 rows, found 1"),
    SpecRefusal(
      machine, "[1, 0]", "[1, 2]",
      "observations[0][1]: expected a whole number between 0 and 1, found 2"),
    SpecRefusal(machine, "-3", "-3e9", "weights: so large that rounding would decide the answer"),
  ]

  // Catches: a slip that is answered, or refused without the place where it stands.
  @Test("A slip is refused by its place", arguments: slips)
  func refused(slip: SpecRefusal) throws {
    let text = slip.spec.replacing(slip.old, with: slip.new)
    #expect(text != slip.spec)
    let found = try refusal(text)
    #expect(found.hasPrefix(slip.words), "\(found)")
    #expect(try refusal(slip.spec) == "")
  }

  // Catches: a question that is answered by one route alone, or with another form by the other.
  @Test("Both routes answer all questions alike", arguments: [field, spins, machine, network])
  func questions(text: String) throws {
    let json = try JSON(parsing: text)
    let spec = try oracleSpec(JSONPlace(json))
    let asked = OracleQuestions(spec.questions.filter { $0 != .samples })
    let (one, other) = (
      try oracle(JSONPlace(json), ExactRequest(route: .structured), asking: asked).json,
      try oracle(JSONPlace(json), ExactRequest(route: .bruteForce), asking: asked).json
    )
    for question in asked.asked {
      let word = question.rawValue
      let wanted = try #require(other[word])
      #expect(differences(wanted, one[word], tolerance: 1e-11) == [], "\(word)")
      #expect(differences(one[word] ?? nil, wanted, tolerance: 1e-11) == [], "\(word)")
    }
    for route in ExactRoute.allCases {
      let drawn = OracleQuestions([.samples], samples: 3, seed: 7)
      let request = ExactRequest(route: route)
      let draws = try oracle(JSONPlace(json), request, asking: drawn).json
      #expect(draws == (try oracle(JSONPlace(json), request, asking: drawn).json))
      guard case .array(let entries)? = draws["samples"], case .array(let first) = entries[0] else {
        Issue.record("no samples")
        continue
      }
      #expect(first.count == 3)
    }
  }

  // Catches: an impossible observation that has a posterior, or that ends all others.
  @Test("What is impossible is null, in every answer")
  func impossible() throws {
    let text = Self.network.replacing(
      #"{"wet": ">=2"}"#, with: #"{"sprinkler": "no", "rain": "no", "wet": ">=2"}"#)
    for route in ExactRoute.allCases {
      let asked = OracleQuestions([.explanation, .samples, .marginals, .entropy])
      let answer = try oracle(
        JSONPlace(try JSON(parsing: text)), ExactRequest(route: route), asking: asked
      )
      .json
      for key in ["posteriorMarginals", "explanation", "samples", "marginals", "entropy"] {
        guard case .array(let entries)? = answer[key] else {
          Issue.record("no \(key)")
          continue
        }
        #expect(entries.map { $0 == .null } == [true, false, false], "\(key)")
      }
    }
  }

  // Catches: a normaliser for an observation that is impossible, and has no slope to be compared with it.
  @Test("An impossible observation of a field moves no slope", arguments: ExactRoute.allCases)
  func impossibleSlopes(route: ExactRoute) throws {
    func slopes(_ observations: String) throws -> JSON {
      let text = Self.field.replacing(#"[{"a": 1}]"#, with: observations)
      let found = try oracle(
        JSONPlace(try JSON(parsing: text)), ExactRequest(route: route),
        asking: OracleQuestions([.gradient])
      ).json
      return try #require(found["gradient"])
    }
    let possible = try slopes(#"[{"a": 1}, {"b": "z"}]"#)
    // The weight of a = 1 with b = y is 0.
    let all = try slopes(#"[{"a": 1}, {"a": 1, "b": "y"}, {"b": "z"}]"#)
    #expect(differences(possible, all, tolerance: 1e-13) == [])
    // Where nothing observed is possible, nothing has a slope.
    let alone = try slopes(#"[{"a": 1, "b": "y"}]"#).flat("factors")
    #expect(alone.count == 9 && alone.allSatisfy { $0 == 0 })
  }

  // Catches: rounded tables that --rescale leaves as they are.
  @Test("Rows that were rounded are rescaled, a slip of the pen is not")
  func rescaling() throws {
    let rounded = try JSON(parsing: Self.network.replacing("[0.1, 0.9]", with: "[0.1, 0.9005]"))
    #expect(throws: OracleRefusal.self) { try oracle(JSONPlace(rounded)) }
    let answer = try oracle(JSONPlace(rescaled(rounded))).json
    #expect(answer["logEvidence"] != nil)
    let slip = try JSON(parsing: Self.network.replacing("[0.1, 0.9]", with: "[0.1, 0.95]"))
    #expect(throws: OracleRefusal.self) { try oracle(JSONPlace(rescaled(slip))) }
  }

  // Catches: an empty list that has an entry, or a missing one that has none.
  @Test("No observations have no answers; without the key there is one of nothing")
  func empty() throws {
    let empty = try JSON(parsing: Self.field.replacing(#"[{"a": 1}]"#, with: "[]"))
    let asked = OracleQuestions(OracleQuestion.allCases.filter { $0 != .filtered && $0 != .counts })
    let answer = try oracle(JSONPlace(empty), asking: asked).json
    for key in [
      "logEvidence", "posteriorMarginals", "explanation", "samples", "marginals", "entropy",
    ] {
      #expect(answer[key] == [], "\(key)")
    }
    let none = try JSON(
      parsing: Self.field.replacing(",\n \"observations\": [{\"a\": 1}]", with: ""))
    #expect(try oracle(JSONPlace(none)).json["logEvidence"] == [0])
  }
}
