import JSONText
import Testing

@Suite("JSON: values with their places")
struct PlaceTests {
  static let file: JSON = [
    "weights": [[1, 2, 3], [4, 5, 6], [7, 8, 9, 10, 11, "nan"]],
    "prior": [1.2, 0.5],
    "q": ["probabilities": [0.1, 0.9]],
    "count": 2.5,
    "model": "mixtrue",
    "odd key\n": true,
    "single": false,
  ]

  typealias Read = @Sendable (JSONPlace) throws(PlaceError) -> Void

  static let refusals: [(message: String, read: Read)] = [
    (
      #"weights[2][5]: expected a finite number, found "nan""#,
      { (top) throws(PlaceError) in _ = try top.member("weights").array()[2].numbers() }
    ),
    (
      "weights[2]: expected 3 numbers, found 6",
      { (top) throws(PlaceError) in _ = try top.member("weights").matrix() }
    ),
    (
      "weights: expected 2 rows, found 3",
      { (top) throws(PlaceError) in _ = try top.member("weights").matrix(rows: 2, columns: 3) }
    ),
    (
      "weights[0]: expected 2 numbers, found 3",
      { (top) throws(PlaceError) in _ = try top.member("weights").matrix(columns: 2) }
    ),
    (
      "weights[0][1]: expected a probability between 0 and 1, found 2",
      { (top) throws(PlaceError) in _ = try top.member("weights").probabilityMatrix() }
    ),
    (
      "q.probabilities: expected 3 numbers, found 2",
      { (top) throws(PlaceError) in
        _ = try top.member("q").member("probabilities").probabilities(count: 3)
      }
    ),
    (
      "q.probabilities: expected 1 number, found 2",
      { (top) throws(PlaceError) in
        _ = try top.member("q").member("probabilities").numbers(count: 1)
      }
    ),
    (
      "prior[0]: expected a probability between 0 and 1, found 1.2",
      { (top) throws(PlaceError) in _ = try top.member("prior").probabilities() }
    ),
    (
      "prior[1]: expected a whole number between 0 and 3, found 0.5",
      { (top) throws(PlaceError) in
        _ = try top.member("prior").array()[1].index(below: 4)
      }
    ),
    (
      "prior[0]: expected a whole number that is not negative, found 1.2",
      { (top) throws(PlaceError) in _ = try top.member("prior").integers(in: 0...Int.max) }
    ),
    (
      "count: expected a whole number, found 2.5",
      { (top) throws(PlaceError) in _ = try top.member("count").integer() }
    ),
    (
      "count: expected an array of 4 numbers, found 2.5",
      { (top) throws(PlaceError) in _ = try top.member("count").numbers(count: 4) }
    ),
    (
      "count: expected an object, found 2.5",
      { (top) throws(PlaceError) in _ = try top.member("count").object() }
    ),
    (
      "q: expected a string, found an object",
      { (top) throws(PlaceError) in _ = try top.member("q").string() }
    ),
    (
      "q: expected a finite number, found an object",
      { (top) throws(PlaceError) in _ = try top.member("q").number() }
    ),
    (
      "prior: expected true or false, found an array of 2 values",
      { (top) throws(PlaceError) in _ = try top.member("prior").bool() }
    ),
    (
      #"model: unknown name "mixtrue" (did you mean "mixture"?)"#,
      { (top) throws(PlaceError) in
        _ = try top.member("model").string(among: ["hmm", "mixture"])
      }
    ),
    (
      #"model: expected one of "hmm", "pcfg", found "mixtrue""#,
      { (top) throws(PlaceError) in _ = try top.member("model").string(among: ["hmm", "pcfg"]) }
    ),
    (
      #"["odd key\n"]: expected a finite number, found true"#,
      { (top) throws(PlaceError) in _ = try top.member("odd key\n").number() }
    ),
    (
      #"top level: missing key "bias""#,
      { (top) throws(PlaceError) in _ = try top.member("bias") }
    ),
    (
      #"q: unknown key "probabilities"; allowed: x"#,
      { (top) throws(PlaceError) in _ = try top.member("q").object(allowing: ["x"]) }
    ),
    (
      #"q: missing key "x""#,
      { (top) throws(PlaceError) in
        _ = try top.member("q").object(requiring: ["probabilities", "x"])
      }
    ),
  ]

  @Test("the table of refusals", arguments: refusals)
  func refusal(message: String, read: Read) {
    let error = #expect(throws: PlaceError.self) { try read(JSONPlace(Self.file)) }
    #expect(error?.description == message)
  }

  // Catches: a key of no letters that is shown as none.
  @Test("a key that is empty, or longer than a line, stands in quotation marks")
  func strangeKeys() {
    func path(_ key: String) -> String {
      let error = #expect(throws: PlaceError.self) {
        try JSONPlace(JSON.object([("a", .object([(key, .string("x"))]))])).member("a").member(key)
          .number()
      }
      return error?.path ?? ""
    }
    #expect(path("") == #"a[""]"#)
    #expect(path(String(repeating: "k", count: 40)) == "a." + String(repeating: "k", count: 40))
    #expect(path(String(repeating: "k", count: 41)).hasSuffix("…\"]"))
  }

  @Test("an unknown key is named, with the key that was meant, and the top by its name")
  func unknownKey() {
    let place = JSONPlace(["wieghts": []], named: "spec")
    let error = #expect(throws: PlaceError.self) {
      try place.object(requiring: ["weights"], allowing: ["name"])
    }
    #expect(
      error?.description
        == #"spec: unknown key "wieghts" (did you mean "weights"?); allowed: weights, name"#)
  }

  @Test("what is right is read")
  func accepts() throws {
    let json = try JSON(
      parsing:
        #"{"n": 3, "p": [0, 1, 0.5], "m": [[1, 2], [3, 4]], "s": "hmm", "b": true, "z": null}"#)
    let top = try JSONPlace(json).object(
      requiring: ["n", "p", "m"], allowing: ["s", "b", "z", "t"])
    #expect(try top.member("n").integer(in: 1...3) == 3)
    #expect(try top.member("n").positiveNumber() == 3)
    #expect(try top.member("p").probabilities(count: 3) == [0, 1, 0.5])
    #expect(try top.member("m").matrix(rows: 2, columns: 2) == [[1, 2], [3, 4]])
    #expect(try top.member("m").array()[1].integers(count: 2, in: 0...4) == [3, 4])
    #expect(try top.member("s").string(among: ["hmm"]) == "hmm")
    #expect(try top.member("b").bool())
    #expect(try top.member("z").isNull)
    #expect(try top.optional("t") == nil)
    #expect(try top.optional("n")?.path == "n")
    #expect(try JSONPlace([]).matrix() == [])
  }

  @Test("numbers at the edge: zero is not positive, 2^53 + 1 is no whole number that was written")
  func edges() {
    #expect(throws: PlaceError.self) { try JSONPlace(0).positiveNumber() }
    #expect(throws: PlaceError.self) { try JSONPlace(-0.1).probability() }
    #expect(throws: PlaceError.self) { try JSONPlace(.number(.nan)).number() }
    #expect(throws: PlaceError.self) { try JSONPlace(1e300).integer() }
    #expect(throws: PlaceError.self) { try JSONPlace(9_007_199_254_740_994).integer() }
    #expect(throws: PlaceError.self) { try JSONPlace(0).index(below: 0) }
  }

  @Test("a found value is cut at forty characters, and no line is broken by it")
  func excerpts() {
    let long = String(repeating: "ab\u{1B}\n", count: 1000)
    let error = #expect(throws: PlaceError.self) { try JSONPlace(.string(long)).number() }
    #expect(
      error?.description
        == #"top level: expected a finite number, found "ab\u001b\nab\u001b\nab\u001b\nab\u001b…""#)
  }
}

@Suite("JSON: did you mean")
struct NearestTests {
  let names = ["00-jensen-elbo", "01-kl-forms", "03-mean-field", "04-nvil", "06-vae"]

  @Test(
    "slips are understood",
    arguments: [
      ("04-nvli", "04-nvil"), ("04-NVIL", "04-nvil"), ("06vae", "06-vae"),
      ("3-mean-feild", "03-mean-field"),
    ])
  func slips(typed: String, name: String) {
    #expect(nearest(to: typed, among: names) == name)
  }

  @Test("what is far from everything gets no guess", arguments: ["", "x", "completely-else", "07"])
  func strangers(typed: String) {
    #expect(nearest(to: typed, among: names) == nil)
  }

  @Test("the nearest come first, no more than asked for, ties in the order given")
  func order() {
    #expect(nearest(2, to: "test", among: ["text", "tent", "test", "best"]) == ["test", "text"])
    #expect(nearest(9, to: "test", among: ["text", "tent", "test"]) == ["test", "text", "tent"])
  }

  @Test("a megabyte typed is no name")
  func megabyte() {
    #expect(nearest(to: String(repeating: "a", count: 1 << 20), among: names) == nil)
  }
}
