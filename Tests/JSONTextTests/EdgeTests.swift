import JSONText
import Testing

@Suite("JSON at its edges")
struct JSONEdgeTests {
  private func bytes(_ inner: [UInt8]) -> [UInt8] { [0x22] + inner + [0x22] }

  // Catches: bytes that are no character: surrogates, too many bytes, beyond Unicode.
  @Test("UTF-8 is read as Unicode defines it")
  func characters() throws {
    let good: [[UInt8]] = [
      [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80], [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
      [0xE0, 0xA0, 0x80], [0xC2, 0x80],
    ]
    for character in good { #expect((try? JSON(parsing: bytes(character))) != nil) }
    let bad: [[UInt8]] = [
      [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
      [0xE0, 0x9F, 0xBF], [0xC1, 0xBF],
    ]
    for character in bad { #expect(throws: JSONError.self) { try JSON(parsing: bytes(character)) } }
  }

  // Catches: a pair of two first surrogates.
  @Test("A pair of surrogates is a first and a second one")
  func surrogates() throws {
    #expect(try JSON(parsing: #""\ud83d\ude00""#) == "😀")
    for text in [#""\ud83d\ud83d""#, #""\ude00\ud83d""#, #""\ud83d""#, #""\ud83d\u0041""#] {
      #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }
  }

  // Catches: numbers whose digits or exponents leave the whole numbers.
  @Test("Any number of digits is read, and any exponent")
  func digits() throws {
    let many = String(repeating: "9", count: 40)
    #expect(try JSON(parsing: many) == .number(1e40))
    #expect(try JSON(parsing: "18446744073709551616") == .number(0x1p64))
    #expect(try JSON(parsing: "1e-" + many) == 0)
    // The largest exponent of nineteen digits is below 2^64, and above what an integer counts.
    #expect(try JSON(parsing: "1e-" + many.prefix(19)) == 0)
    #expect(throws: JSONError.self) { try JSON(parsing: "1e" + many) }
    #expect(try JSON(parsing: "1e0000000000000000000000000001") == 10)
  }

  // Catches: a power of ten that the table of exact ones does not have.
  @Test("Powers of ten at the end of those that a double holds") func powers() throws {
    for (text, value) in [
      ("1e22", 1e22), ("1e23", 1e23), ("123e-23", 123e-23), ("1e-22", 1e-22), ("7e-23", 7e-23),
      ("0.00000000000000000000003", 3e-23), ("9007199254740991e23", 9_007_199_254_740_991e23),
    ] { #expect(try JSON(parsing: text) == .number(value), "\(text)") }
  }

  // Catches: objects within lists that keep the order in which they were written.
  @Test("In canonical form keys have one order, at every depth, and so one fingerprint")
  func canonical() throws {
    let one = try JSON(
      parsing: #"{"b": [{"y": 1, "x": [{"d": 2, "c": 3}]}], "a": {"f": 4, "e": 5}}"#)
    let other = try JSON(
      parsing: #"{"a": {"e": 5, "f": 4}, "b": [{"x": [{"c": 3, "d": 2}], "y": 1}]}"#)
    #expect(one != other && one.canonical == other && other.canonical == other)
    #expect(one.fingerprint == other.fingerprint)
    #expect(one.fingerprint != (try JSON(parsing: #"{"a": {"e": 5, "f": 4}}"#)).fingerprint)
    // A list has an order.
    #expect((try JSON(parsing: "[1, 2]")).fingerprint != (try JSON(parsing: "[2, 1]")).fingerprint)
  }

  // Catches: whole numbers that a double does not count, and indices that point past the end.
  @Test("Whole numbers end at 2^53, indices before their count")
  func wholes() throws {
    #expect(try JSONPlace(.number(0x1p53)).integer() == 1 << 53)
    #expect(throws: PlaceError.self) { try JSONPlace(.number(0x1p53 + 2)).integer() }
    #expect(try JSONPlace(2).index(below: 3) == 2)
    #expect(throws: PlaceError.self) { try JSONPlace(3).index(below: 3) }
  }

  // Catches: a file of exactly the limit that is refused, or one byte more that is read.
  @Test("As many bytes and levels as are allowed")
  func limits() throws {
    #expect(try JSON(parsing: "[1]", limits: .init(bytes: 3)) == [1])
    #expect(throws: JSONError.self) { try JSON(parsing: "[12]", limits: .init(bytes: 3)) }
    #expect(try JSON(parsing: "[[1]]", limits: .init(depth: 2)) == [[1]])
    #expect(throws: JSONError.self) { try JSON(parsing: "[[[1]]]", limits: .init(depth: 2)) }
  }

  // Catches: rows of different lengths that are a matrix.
  @Test("The rows of a matrix have one length")
  func rows() throws {
    #expect(try JSONPlace([[1, 2], [3, 4]]).matrix() == [[1, 2], [3, 4]])
    #expect(throws: PlaceError.self) { try JSONPlace([[1, 2], [3]]).matrix() }
  }

  // Catches: columns that count bytes, a zero that loses its sign, numbers that are close or not.
  @Test("Columns count characters, −0 keeps its sign, close is 1e-12")
  func details() throws {
    let error = #expect(throws: JSONError.self) { try JSON(parsing: "[\"äöü\" x]") }
    #expect(error?.column == 8)
    #expect(JSON.number(-0.0).text() == "-0" && JSON.number(0).text() == "0")
    #expect(JSON.number(1).isClose(to: .number(1 + 5e-13)))
    #expect(!JSON.number(1).isClose(to: .number(1 + 5e-12)))
    // Below one it is the distance that counts.
    #expect(JSON.number(1e-13).isClose(to: .number(2e-13)))
    #expect(!JSON.number(1e-13).isClose(to: .number(2e-12)))
    #expect(nearest(to: "smaple", among: ["sample"]) == "sample")
    #expect(nearest(to: "ab", among: ["ba"]) == "ba")
  }
}
