import JSONText
import Testing

@Suite("JSON: what is written reads back")
struct RoundTripTests {
  /// Catches a writer that loses digits, escapes wrongly or reorders keys.
  @Test(
    "random values survive writing and reading, in both layouts",
    arguments: [JSON.Layout.compact, .pretty])
  func roundTrip(layout: JSON.Layout) throws {
    var generator = SplitMix64(state: 1)
    for _ in 0..<2000 {
      let value = JSON.random(depth: 5, using: &generator)
      let text = value.text(layout)
      let read = try JSON(parsing: text)
      #expect(read == value, "\(text)")
      #expect(read.text(layout) == text)
    }
  }

  /// Catches a reader that rounds a digit string to a neighbour of the nearest double.
  @Test("random doubles survive to the bit")
  func doubles() throws {
    var generator = SplitMix64(state: 2)
    for _ in 0..<20_000 {
      let value = anyDouble(using: &generator)
      guard case .number(let read) = try JSON(parsing: JSON.number(value).text()) else {
        Issue.record("no number")
        return
      }
      #expect(read.bitPattern == value.bitPattern)
    }
  }

  /// The quick way for short numbers against the library's: catches a second rounding in it.
  @Test("short decimal texts are rounded to the nearest double")
  func shortDecimals() throws {
    var generator = SplitMix64(state: 3)
    for _ in 0..<20_000 {
      let digits = UInt64.random(
        in: 0...(1 << UInt64.random(in: 1...62, using: &generator)), using: &generator)
      let exponent = Int.random(in: -30...30, using: &generator)
      let text = "\(digits)e\(exponent)"
      let expected = try #require(Double(text))
      #expect(try JSON(parsing: text) == .number(expected), "\(text)")
    }
  }

  @Test(
    "numbers as they are written",
    arguments: [
      (1, "1"), (-3, "-3"), (0, "0"), (-0.0, "-0"), (0.5, "0.5"), (1e15, "1000000000000000"),
      (9_007_199_254_740_991, "9007199254740991"), (9_007_199_254_740_992, "9007199254740992.0"),
      (0.1 + 0.2, "0.30000000000000004"), (.leastNonzeroMagnitude, "5e-324"), (1e300, "1e+300"),
      (-.infinity, "\"-inf\""), (.infinity, "null"), (.nan, "null"),
    ] as [(Double, String)])
  func numbers(value: Double, text: String) {
    #expect(JSON.number(value).text() == text)
  }

  @Test(
    "numbers as they are read",
    arguments: [
      ("-0", -0.0), ("0.0", 0), ("1E5", 1e5), ("1e+5", 1e5), ("1.5e-3", 1.5e-3),
      ("9007199254740993", 9_007_199_254_740_992),
      ("123456789012345678901234567890", 1.2345678901234568e29),
      ("1e-999", 0), ("0e99999999999999999999", 0),
      ("1.7976931348623157e308", 1.7976931348623157e308),
      ("2.2250738585072011e-308", Double(bitPattern: 0x000F_FFFF_FFFF_FFFF)),
      ("4.9e-324", .leastNonzeroMagnitude),
    ] as [(String, Double)])
  func readNumbers(text: String, value: Double) throws {
    guard case .number(let read) = try JSON(parsing: text) else {
      Issue.record("no number")
      return
    }
    #expect(read.bitPattern == value.bitPattern)
  }

  @Test("strings: escapes are undone, and written only where needed")
  func strings() throws {
    let escapes = #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00 é😀""#
    #expect(try JSON(parsing: escapes) == "\"\\/\u{8}\u{C}\n\r\té😀 é😀")
    #expect(JSON.string("a\"b\\c\n\u{1}\u{7F}é😀").text() == #""a\"b\\c\n\u0001\u007fé😀""#)
  }

  @Test("the pretty layout: a key a line, flat arrays on one")
  func pretty() {
    let value: JSON = ["a": [1, 2.5, nil], "b": [[1], [2, 3]], "c": [:], "d": ["e": true]]
    #expect(
      value.text(.pretty) == """
        {
          "a": [1, 2.5, null],
          "b": [
            [1],
            [2, 3]
          ],
          "c": {},
          "d": {
            "e": true
          }
        }
        """)
    #expect(value.text() == #"{"a":[1,2.5,null],"b":[[1],[2,3]],"c":{},"d":{"e":true}}"#)
  }

  @Test("white space of every allowed kind, and values at the top that are no object")
  func space() throws {
    #expect(try JSON(parsing: " \t\r\n[ 1 ,\n{ \"a\" : null } ] \n") == [1, ["a": nil]])
    #expect(try JSON(parsing: "true") == true)
    #expect(try JSON(parsing: "\"\"") == "")
  }
}
