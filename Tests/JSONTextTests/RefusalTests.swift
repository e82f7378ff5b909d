import JSONText
import Testing

@Suite("JSON: what is refused, and in which words")
struct RefusalTests {
  static let table: [(text: String, message: String)] = [
    ("", "the file is empty"),
    (" \n ", "line 2, column 2: expected a value, found the end of the file"),
    ("[1, 2", #"line 1, column 6: expected "," or "]", found the end of the file"#),
    ("[1 2]", #"line 1, column 4: expected "," or "]", found "2""#),
    ("[1,]", #"line 1, column 4: expected a value, found "]""#),
    ("[,1]", #"line 1, column 2: expected a value, found ",""#),
    ("{\"a\":1,}", #"line 1, column 8: expected a key in quotation marks, found "}""#),
    ("{a:1}", #"line 1, column 2: expected a key in quotation marks, found "a""#),
    ("{\"a\" 1}", #"line 1, column 6: expected ":", found "1""#),
    ("{\"a\":1 \"b\":2}", #"line 1, column 8: expected "," or "}", found '"'"#),
    ("{\n \"a\": 1,\n \"a\": 2}", #"line 3, column 2: duplicate key "a""#),
    ("{\"\\u0061\":1,\"a\":2}", #"line 1, column 13: duplicate key "a""#),
    ("1 2", #"line 1, column 3: expected the end of the file, found "2""#),
    ("{} x", #"line 1, column 4: expected the end of the file, found "x""#),
    ("01", "line 1, column 1: expected a number without leading zeros, found 01"),
    ("[-00.5]", "line 1, column 2: expected a number without leading zeros, found -00"),
    ("1.", "line 1, column 3: expected a digit after the decimal point, found the end of the file"),
    (".5", #"line 1, column 1: expected a value, found ".""#),
    ("+1", #"line 1, column 1: expected a value, found "+""#),
    ("-", "line 1, column 2: expected a digit, found the end of the file"),
    ("1e", "line 1, column 3: expected a digit in the exponent, found the end of the file"),
    ("1e+x", #"line 1, column 4: expected a digit in the exponent, found "x""#),
    ("0x10", #"line 1, column 2: expected the end of the file, found "x""#),
    ("NaN", "line 1, column 1: expected a value, found NaN, which JSON does not have"),
    ("[nan]", "line 1, column 2: expected a value, found nan, which JSON does not have"),
    ("-Infinity", "line 1, column 2: expected a value, found Infinity, which JSON does not have"),
    ("1e999", "line 1, column 1: expected a number that fits a double, found 1e999"),
    ("[0,-1e400]", "line 1, column 4: expected a number that fits a double, found -1e400"),
    ("True", #"line 1, column 1: expected a value, found "True""#),
    ("nul", #"line 1, column 1: expected a value, found "nul""#),
    ("'a'", #"line 1, column 1: expected a value, found "'""#),
    ("\"a", "line 1, column 3: expected the closing quotation mark, found the end of the file"),
    (
      "\"a\nb\"",
      "line 1, column 3: expected control characters in a string to be escaped, found byte 0x0A"
    ),
    (#""\q""#, ##"line 1, column 3: expected one of "\/bfnrtu after a backslash, found "q""##),
    (#""\u12g4""#, #"line 1, column 6: expected four hexadecimal digits after \u, found "g""#),
    (#""é\ud800""#, #"line 1, column 3: expected a pair of surrogates, found \ud800 alone"#),
    (#""\ud800\u0041""#, #"line 1, column 2: expected a pair of surrogates, found \ud800 alone"#),
    (#""\udc00\ud800""#, #"line 1, column 2: expected a pair of surrogates, found \udc00 alone"#),
    ("\u{FEFF}1", "line 1, column 1: expected a value, found a byte order mark"),
    ("/* */1", #"line 1, column 1: expected a value, found "/""#),
  ]

  @Test("the table of refusals", arguments: table)
  func refusals(text: String, message: String) {
    expectRefusal(Array(text.utf8), message)
  }

  @Test(
    "bytes that are not UTF-8",
    arguments: [
      [0xFF], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE2, 0x82],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let first = "0x" + String(bytes[0], radix: 16, uppercase: true)
    expectRefusal([0x22] + bytes + [0x22], "line 1, column 2: expected UTF-8, found byte \(first)")
  }

  @Test("every file of one byte: digits are read, all others refused")
  func oneByte() {
    for byte in UInt8.min...UInt8.max {
      let value = try? JSON(parsing: [byte])
      #expect((value != nil) == (0x30...0x39 ~= byte), "\(byte)")
    }
  }

  /// Catches reading past the end, and taking a beginning for the whole.
  @Test("a valid file cut at any length is refused")
  func truncations() throws {
    let text =
      #"{"naïve": [1.5e-3, -2, true, false, null, "é\n\ud83d\ude00"], "b": {"c": [[], {}]}}"#
    let bytes = Array(text.utf8)
    _ = try JSON(parsing: bytes)
    for length in bytes.indices {
      #expect(throws: JSONError.self) { try JSON(parsing: Array(bytes[..<length])) }
    }
  }

  /// Catches trusting a byte in the middle: every single replacement either reads or is refused.
  @Test("a valid file with any byte replaced never traps")
  func replacements() {
    let bytes = Array(#"{"é": [1.5e-3, "\ud83d\ude00"], "b": null}"#.utf8)
    var refused = 0
    for index in bytes.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = bytes
        changed[index] = byte
        if (try? JSON(parsing: changed)) == nil { refused += 1 }
      }
    }
    #expect(refused > bytes.count * 128)
  }

  @Test("nesting: 200 levels are read, 201 refused, however they are mixed")
  func depth() throws {
    let arrays = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    _ = try JSON(parsing: arrays)
    expectRefusal(Array("[\(arrays)]".utf8), "line 1, column 201: nested deeper than 200 levels")
    let objects = String(repeating: #"{"a":"#, count: 201)
    expectRefusal(Array(objects.utf8), "line 1, column 1001: nested deeper than 200 levels")
    let mixed =
      String(repeating: #"[{"a":"#, count: 100) + "1" + String(repeating: "}]", count: 100)
    _ = try JSON(parsing: mixed)
  }

  @Test("ten megabytes of opening brackets are refused at once")
  func depthBomb() {
    let bomb = [UInt8](repeating: 0x5B, count: 10 << 20)
    expectRefusal(bomb, "line 1, column 201: nested deeper than 200 levels")
  }

  @Test("a file beyond the size limit is refused by its size, unread")
  func size() {
    let file = [UInt8](repeating: 0x20, count: 65 << 20)
    expectRefusal(
      file, "the file has 65 MB (68157440 bytes), the limit is 64 MB (67108864 bytes)")
    let error = #expect(throws: JSONError.self) {
      try JSON(parsing: "[1]", limits: .init(bytes: 2))
    }
    #expect(error?.description == "the file has 3 bytes, the limit is 2 bytes")
  }

  @Test("a refusal repeats little of a long input, and nothing a terminal would obey")
  func excerpts() {
    let key = "\u{1B}[31m" + String(repeating: "k", count: 1000)
    let text = JSON.object([(key, 1), (key, 2)]).text()
    let cut = #""\u001b[31m"# + String(repeating: "k", count: 29) + #"…""#
    expectRefusal(Array(text.utf8), "line 1, column 1017: duplicate key \(cut)")
    let digits = "1" + String(repeating: "0", count: 400)
    let start = "1" + String(repeating: "0", count: 38) + "…"
    expectRefusal(
      Array(digits.utf8), "line 1, column 1: expected a number that fits a double, found \(start)")
  }

  private func expectRefusal(_ bytes: [UInt8], _ message: String) {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
    #expect(error?.description == message)
  }
}
