/// NumPy's .npy, format 1 to 3: six bytes of magic, two of a version, the length of a header, the header
/// as a Python dictionary, and the numbers in a row.
struct NumPyArray {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The numbers, row by row; a list of one dimension is a column.
  let rows: [[Double]]

  static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

  init(_ bytes: [UInt8]) throws(SampleFileError) {
    let isLong = bytes.count > 6 && bytes[6] > 1
    let start = isLong ? 12 : 10
    guard bytes.count >= start else { throw SampleFileError("header", "the file ends within it") }
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - start else {
      throw SampleFileError("header", "the file ends within it")
    }
    let header = String(decoding: bytes[start..<start + length], as: UTF8.self)
    let shape = try Self.shape(header)
    let kind = try Self.kind(header)
    let (rowCount, columns) = (shape[0], shape.count == 2 ? shape[1] : 1)
    let (cells, overflow) = rowCount.multipliedReportingOverflow(by: columns)
    let data = bytes.dropFirst(start + length)
    guard !overflow, cells <= data.count / kind.size, cells * kind.size == data.count else {
      throw SampleFileError("data", "\(data.count) bytes are not \(rowCount) × \(columns) numbers")
    }
    let isFortran = header.contains("'fortran_order': True")
    let first = data.startIndex
    func number(_ row: Int, _ column: Int) -> Double {
      let place = isFortran ? column * rowCount + row : row * columns + column
      let start = first + place * kind.size
      var bits: UInt64 = 0
      for offset in 0..<kind.size {
        let byte = kind.isBig ? start + offset : start + kind.size - 1 - offset
        bits = bits << 8 | UInt64(data[byte])
      }
      return kind.size == 8
        ? Double(bitPattern: bits) : Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    }
    rows = (0..<rowCount).map { row in (0..<columns).map { number(row, $0) } }
  }

  /// What stands behind a key of the header, up to an end.
  private static func text(_ header: String, _ key: String, to end: Character) -> Substring? {
    guard let range = header.firstRange(of: "'\(key)':") else { return nil }
    return header[range.upperBound...].prefix { $0 != end }
  }

  private static func shape(_ header: String) throws(SampleFileError) -> [Int] {
    let words = text(header, "shape", to: ")") ?? ""
    let numbers = words.split { !$0.isNumber }.compactMap { Int($0) }
    // Rows without numbers take no place in a file, so that it could have any number of them.
    guard (1...2).contains(numbers.count), numbers.dropFirst() != [0] else {
      throw SampleFileError(
        "shape", "expected draws × components, found (\(words.drop { $0 != "(" }.dropFirst()))")
    }
    return numbers
  }

  private static func kind(_ header: String) throws(SampleFileError) -> (size: Int, isBig: Bool) {
    let word = (text(header, "descr", to: ",") ?? "").filter { $0 != "'" && $0 != " " }
    switch word {
    case "<f8": return (8, false)
    case ">f8": return (8, true)
    case "<f4": return (4, false)
    case ">f4": return (4, true)
    default: throw SampleFileError("descr", "expected f8 or f4, found \(word)")
    }
  }
}
