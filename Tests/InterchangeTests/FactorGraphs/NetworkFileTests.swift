import Exact
import JSONText
import Testing

@testable import Interchange

@Suite("Networks as BIF, and evidence as text") struct NetworkFileTests {
  static let sprinkler = """
    // after Murphy's tutorial
    network "wet grass" { property author someone; }
    variable cloudy { type discrete [ 2 ] { yes, no }; property position = (1, 2); }
    variable sprinkler { type discrete[2]{ yes, no }; }
    variable rain { type discrete [ 2 ] { "yes", no }; }
    variable wet { type discrete [ 3 ] { >=2, 1_or_less, none }; }
    probability ( cloudy ) { table 0.5, 0.5; }
    probability ( sprinkler | cloudy ) { (yes) 0.1, 0.9; default 0.5 0.5; }
    /* the rest */
    probability ( wet | sprinkler, rain ) {
      (no, no) 0, 0, 1;
      (no, yes) 0.7, 0.2, 0.1;
      (yes, no) 0.6, 0.3, 0.1;
      (yes, yes) 0.9, 9e-2, 0.01;
    }
    probability ( rain | cloudy ) { (yes) 0.8, 0.2; (no) 0.2, 0.8; }
    """

  static let json = """
    {"model": "bayesian-network", "variables": [
      {"name": "cloudy", "states": ["yes", "no"], "table": [[0.5, 0.5]]},
      {"name": "sprinkler", "states": ["yes", "no"], "parents": ["cloudy"], "table": [[0.1, 0.9], [0.5, 0.5]]},
      {"name": "rain", "states": ["yes", "no"], "parents": ["cloudy"], "table": [[0.8, 0.2], [0.2, 0.8]]},
      {"name": "wet", "states": [">=2", "1_or_less", "none"], "parents": ["sprinkler", "rain"],
       "table": [[0.9, 0.09, 0.01], [0.6, 0.3, 0.1], [0.7, 0.2, 0.1], [0, 0, 1]]}],
     "observations": [{"wet": ">=2"}, {"rain": "no", "cloudy": "yes"}, {}]}
    """

  static func network(_ text: String) throws -> JSON {
    try bayesianNetwork(inInterchangeFormat: Array(text.utf8))
  }

  static func refusal(_ text: String) -> String {
    do {
      _ = try network(text)
      return ""
    } catch { return "\(error)" }
  }

  // Catches: rows in another order, a default that takes the place of a row, a comment that is read.
  @Test("The same network as BIF and as JSON has the same answer")
  func same() throws {
    let given = try observing(
      "wet=>=2; rain = no ,cloudy=yes;", in: try Self.network(Self.sprinkler))
    let found = try oracle(JSONPlace(given)).json
    let wanted = try oracle(JSONPlace(try JSON(parsing: Self.json))).json
    #expect(found == wanted)
    #expect(isInterchangeFormat(Array(Self.sprinkler.utf8)))
    #expect(!isInterchangeFormat(Array(Self.json.utf8)) && !isInterchangeFormat([]))
  }

  static let refusals: [(old: String, new: String, words: String)] = [
    ("network \"", "net \"", "line 2: expected \"network\" as the first word"),
    ("author someone; }", "author someone;", "line 3: expected"),
    ("variable rain", "variable cloudy", "line 5: there are two variables of the name \"cloudy\""),
    ("[ 3 ]", "[ 4 ]", "line 6: expected \"4\" states, found 3"),
    ("none }", "none, none }", "line 6: expected \"3\" states, found 4"),
    ("\"yes\", no", "\"no\", no", "line 5: there are two states of the name \"no\""),
    ("[ 3 ] { >=2", "[ 3 ] { \">=2", "line 6: a quotation mark that is never closed"),
    ("/* the rest */", "/* the rest", "line 9: a comment that is never closed"),
    (
      "{ yes, no }; property", "{ yes, no }; type discrete [ 1 ] { on }; property",
      "line 3: expected one \"type\" or \"property\""
    ),
    ("table 0.5, 0.5;", "table 0.5, 0.5; table 0.1, 0.9;", "line 7: a row that is there twice"),
    (
      "default 0.5 0.5;", "default 0.5 0.5; default 1 0;",
      "line 8: a \"default\" that is there twice"
    ),
    ("discrete [ 3 ]", "continuous [ 3 ]", "line 6: expected a type that is discrete"),
    ("( cloudy )", "( sunny )", "line 7: no variable before this has the name \"sunny\""),
    ("( rain | cloudy )", "( cloudy )", "line 16: cloudy has a table already"),
    ("(no, no) 0, 0, 1;", "", "line 10: wet: 4 rows are needed, one is missing"),
    ("(yes, no) 0.6", "(no, no) 0.6", "line 13: a row that is there twice"),
    ("(no, no) 0, 0, 1;", "(no) 0, 0, 1;", "line 11: expected the states of 2 parents, found 1"),
    ("(no, no) 0", "(no, dry) 0", "line 11: rain has no state \"dry\""),
    ("0, 0, 1;", "0, 1;", "line 11: expected 3 probabilities, found 2"),
    ("9e-2", "nan", "line 14: expected a number, found \"nan\""),
    ("9e-2", "1e999", "line 14: expected a number, found \"1e999\""),
    ("table 0.5, 0.5;", "table 0.5, 0.5", "line 7: expected \";\", found \"}\""),
    (
      "(yes) 0.8, 0.2; (no)", "table",
      "line 16: a \"table\" with parents does not say its order: write rows (state, …) p, …;"
    ),
    (
      "probability ( rain | cloudy ) { (yes) 0.8, 0.2; (no) 0.2, 0.8; }", "",
      "line 5: rain has no block \"probability ( … )\""
    ),
  ]

  // Catches: a refusal without its line, or a slip that is read as something else.
  @Test("A slip is refused with its line", arguments: refusals.indices)
  func refused(index: Int) {
    let (old, new, words) = Self.refusals[index]
    let text = Self.sprinkler.replacing(old, with: new, maxReplacements: 1)
    #expect(text != Self.sprinkler)
    let found = Self.refusal(text)
    #expect(found.hasPrefix(words) && !found.contains("\n"), "\(found)")
  }

  // Catches: a trap, or an answer of several lines, on a file that ends early or lost a byte.
  @Test("Every beginning of a file, and every file without one byte, is read or refused")
  func beginnings() throws {
    let bytes = Array(Self.sprinkler.utf8)
    for count in bytes.indices {
      for text in [Array(bytes[..<count]), Array(bytes[..<count] + bytes[(count + 1)...])] {
        do throws(BIFError) {
          _ = try bayesianNetwork(inInterchangeFormat: text)
        } catch {
          #expect(error.line >= 1 && !"\(error)".contains("\n"))
        }
      }
    }
  }

  // Catches: a name that writes to the terminal what it likes, or over several lines.
  @Test("A name of strange characters is shown in quotation marks")
  func strangeNames() throws {
    let strange = Self.sprinkler.replacing("rain", with: "\"ra\u{1B}[31m\nin\"")
    let answer = try oracle(JSONPlace(try Self.network(strange)), asking: .init([.explanation]))
    let texts = answer.sections.flatMap { section in
      switch section {
      case .note(let text): [text]
      case .table(_, _, let rows): rows.map(\.label)
      default: [String]()
      }
    }
    #expect(texts.count > 8 && texts.contains { $0.contains("u001b") })
    for text in texts {
      #expect(!text.unicodeScalars.contains("\u{1B}") && !text.unicodeScalars.contains("\n"))
    }
    let missing = strange.replacing("probability ( \"ra", with: "probability ( wet | \"ra")
    let found = Self.refusal(missing)
    #expect(found.hasPrefix("line ") && !found.contains("\n") && !found.contains("\u{1B}"))
    #expect(shownName("blood pressure ≥ 2") == "blood pressure ≥ 2" && shownName("") == "\"\"")
  }

  // Catches: lines within names and comments that are not counted, so that a refusal names a line above its own.
  @Test("Lines are counted within quotation marks and comments too") func lines() {
    let broken = Self.sprinkler.replacing("rain", with: "\"ra\nin\"")
    // Each of its names before a slip is a line more, and so is each line of a comment.
    let slip = broken.replacing("9e-2", with: "x")
    #expect(Self.refusal(slip) == "line 16: expected a number, found \"x\"")
    let comment = slip.replacing("/* the rest */", with: "/* the\n\nrest */")
    #expect(Self.refusal(comment) == "line 18: expected a number, found \"x\"")
  }

  // Catches: a table of 2^40 rows that is made before it is refused.
  @Test("Forty parents and a default are refused before the rows are made")
  func manyRows() throws {
    var text = "network x { }\n"
    for number in 0...40 { text += "variable v\(number) { type discrete [ 2 ] { a, b }; }\n" }
    text +=
      "probability ( v40 | \((0..<40).map { "v\($0)" }.joined(separator: ", ")) ) { default 1 0; }"
    #expect(Self.refusal(text) == "line 43: a table of more than 16777216 rows")
  }

  // Catches: a circle that is walked forever.
  @Test("Arrows in a circle are refused by the model")
  func circle() throws {
    let text = Self.sprinkler.replacing(
      "( cloudy ) { table", with: "( cloudy | wet ) { default 0.5 0.5; (none)")
    let json = try Self.network(text)
    #expect(
      throws: PlaceError(
        path: "variables[0].parents",
        complaint: "the arrows run in a circle that leads to this variable")
    ) {
      try BayesianNetworkSpec(JSONPlace(json))
    }
  }

  // Catches: evidence that is taken for a model it does not fit, or half read.
  @Test("Evidence that is none is refused")
  func evidence() throws {
    let model = try Self.network(Self.sprinkler)
    func refusal(_ text: String, _ model: JSON) -> String {
      do {
        _ = try oracle(JSONPlace(try observing(text, in: model)))
        return ""
      } catch { return "\(error)" }
    }
    #expect(refusal("", model) == "")
    #expect(refusal("wet", model) == "--evidence: expected variable=state, found \"wet\"")
    #expect(refusal("wet=", model) == "--evidence: expected variable=state, found \"wet=\"")
    #expect(
      refusal("wet=none,wet=none", model) == "--evidence: \"wet\" is there twice in one observation"
    )
    #expect(
      refusal("rain=no;wett=none", model)
        == "observations[1]: no variable has the name \"wett\" (did you mean \"wet\"?)")
    #expect(
      refusal("rain=nope", model).hasPrefix("observations[0].rain: expected one of \"yes\", \"no\"")
    )
    let field = try JSON(parsing: FieldSpecTests.field)
    #expect(refusal("a=1,b=z", field) == "")
    #expect(
      refusal("a=2", field)
        == "observations[0].a: expected a whole number between 0 and 1, found 2")
    #expect(
      refusal("rain=no", ["model": "hmm"])
        == "--evidence: goes with models whose variables have names: bayesian-network, factor-graph"
    )
  }
}
