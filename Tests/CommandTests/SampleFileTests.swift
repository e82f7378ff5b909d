import JSONText
import Testing
import Verification

@testable import LessonRunner

@Suite("Draws of a gradient from anywhere")
struct SampleFileTests {
  private static func rows(_ bytes: [UInt8], pieces: Int = 1) throws -> [[Double]] {
    var (reader, rows) = (SampleReader(), [[Double]]())
    let size = max(1, bytes.count / pieces)
    for start in stride(from: 0, to: bytes.count, by: size) {
      try reader.take(Array(bytes[start..<min(start + size, bytes.count)])) { rows.append($0) }
    }
    try reader.finish { rows.append($0) }
    return rows
  }

  private func rows(_ text: String) throws -> [[Double]] { try Self.rows(Array(text.utf8)) }

  @Test(
    "Lines of numbers and of JSON",
    arguments: [
      "1,2\n3,4\n", "g1,g2\r\n1,2\r\n3,4\r\n", "# draws\n1 2\n3\t4", "1;2\n3;4",
      "[1,2]\n[3,4]\n", "[[1,2],[3,4]]", "[\n[1,2],\n[3,4]\n]\n",
      "{\"gradient\":[1,2]}\n{\"step\":2,\"gradient\":[3,4]}\n",
    ])
  func texts(text: String) throws {
    #expect(try rows(text) == [[1, 2], [3, 4]])
    // The same byte by byte.
    #expect(try Self.rows(Array(text.utf8), pieces: 1000) == [[1, 2], [3, 4]])
  }

  @Test("A line is heard as soon as it has ended, and is not kept")
  func incremental() throws {
    var (reader, rows) = (SampleReader(), [[Double]]())
    for (piece, count) in [("1,2\n3", 1), (",4", 1), ("\n", 2), ("5,6", 2)] {
      try reader.take(Array(piece.utf8)) { rows.append($0) }
      #expect(rows.count == count)
    }
    try reader.finish { rows.append($0) }
    #expect(rows == [[1, 2], [3, 4], [5, 6]])
  }

  @Test(
    "What is none is refused with its place",
    arguments: [
      ("1,2\n3,x\n", "line 2: expected a number, found \"x\""), ("[1,2]\n[3,\n", "line 2"),
      ("[1]\n[true]", "line 2: expected a number"), ("{\"a\":1}", "\"gradient\""),
      // Words where numbers have begun, and rows of which nothing is filled in.
      ("1,2\nx,y\n", "line 2: expected a number, found \"x\""),
      ("g1,g2\ng1,g2\n", "line 2: expected a number, found \"g1\""),
      ("1,2\n,\n", "line 2: expected a number, found \",\""), (";;\n", "line 1: expected a number"),
    ])
  func refused(text: String, words: String) {
    #expect { try rows(text) } throws: { "\($0)".contains(words) }
  }

  /// A file as numpy.save writes it.
  static func numpy(
    _ descr: String, _ shape: String, fortran: Bool = false, version: UInt8 = 1, _ data: [UInt8]
  ) -> [UInt8] {
    var header =
      "{'descr': '\(descr)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': (\(shape)), }"
    header += String(repeating: " ", count: 117 - header.count) + "\n"
    let length: [UInt8] = version == 1 ? [118, 0] : [118, 0, 0, 0]
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + Array(header.utf8) + data
  }

  static func bytes(_ numbers: [Double]) -> [UInt8] {
    numbers.flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
    }
  }

  @Test("NumPy's arrays, in both orders and precisions")
  func arrays() throws {
    let data = Self.bytes([1, 2, 3, 4])
    #expect(try Self.rows(Self.numpy("<f8", "2, 2", data)) == [[1, 2], [3, 4]])
    #expect(
      try Self.rows(Self.numpy("<f8", "2, 2", fortran: true, data)) == [[1, 3], [2, 4]])
    #expect(try Self.rows(Self.numpy("<f8", "4,", data)) == [[1], [2], [3], [4]])
    // From the second version on the header's length takes four bytes.
    for version in [2, 3] as [UInt8] {
      #expect(
        try Self.rows(Self.numpy("<f8", "2, 2", version: version, data)) == [[1, 2], [3, 4]])
    }
    let single = [Float(1.5), -2].flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
    }
    #expect(try Self.rows(Self.numpy("<f4", "1, 2", single)) == [[1.5, -2]])
    #expect(try Self.rows(Self.numpy(">f8", "1,", Self.bytes([1]).reversed())) == [[1]])
  }

  @Test("An array that is cut off, too large or of another kind is refused")
  func broken() {
    let data = Self.bytes([1, 2, 3, 4])
    for (file, words) in [
      (Self.numpy("<f8", "3, 2", data), "32 bytes are not 3 × 2 numbers"),
      (Self.numpy("<f8", "1, 2", data), "32 bytes are not 1 × 2 numbers"),
      (Self.numpy("<i8", "2, 2", data), "expected f8 or f4, found <i8"),
      (Self.numpy("<f8", "1, 2, 2", data), "draws × components"),
      (Self.numpy("<f8", "9223372036854775807, 0", []), "draws × components"),
      (Self.numpy("<f8", "9223372036854775807, 9", data), "bytes are not"),
      (Array(Self.numpy("<f8", "2, 2", data).prefix(20)), "ends within"),
      (Array(Self.numpy("<f8", "2, 2", data).prefix(8)), "ends within"),
    ] {
      #expect { try Self.rows(file) } throws: { "\($0)".contains(words) }
    }
  }

  @Test("Draws are judged with what makes the rate hold, and when to stop")
  func report() throws {
    let rows = (0..<2000).map { [Double(($0 * 7919) % 2001) / 1000 - 1] }
    func report(
      _ rows: [[Double]], _ target: Double, _ basis: SequentialJudge.Basis
    ) throws -> SampleReport {
      var hearing = SampleHearing(
        .init(gradient: [target], components: ["λ1"]), basis: basis, isLive: false)
      for row in rows { try hearing.add(row, nil) }
      return SampleReport(question: hearing.question, judge: hearing.judge)
    }
    let fair = try report(rows, 0, .asymptotic)
    #expect(fair.words.hasPrefix("no bias seen in 2000 draws; one above "))
    let off = try report(rows, 0.5, .range(from: -1, to: 1))
    #expect(off.words.hasPrefix("biased: the mean of λ1 is off by about -0.49"))
    let few = try report([[1]], 0, .asymptotic)
    #expect(few.words == "too few draws (1) to say anything")
    #expect(few.json["excludedAbove"] != nil)
  }

  // Catches: a judge that stops while what it has not excluded is nearly as large as the gradient.
  @Test("It is decided where less than a hundredth of the largest component is left")
  func decided() throws {
    func isDecided(_ draws: Int) throws -> Bool {
      var hearing = SampleHearing(
        .init(gradient: [1], components: ["λ1"]), basis: .asymptotic, isLive: false)
      for index in 0..<draws { try hearing.add([index % 2 == 0 ? 0.9 : 1.1], nil) }
      return SampleReport(question: hearing.question, judge: hearing.judge).isDecided
    }
    #expect(try !isDecided(100))
    #expect(try isDecided(20000))
  }
}
