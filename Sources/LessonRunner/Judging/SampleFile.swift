import JSONText

/// Draws of a gradient from anywhere: lines of numbers (CSV), lines of JSON, or NumPy's .npy.
///
/// Lines are read as they come and not kept; an array, or a list that is no line, is read at its end.
struct SampleReader {
  private enum Form { case unknown, table, lines, whole, numpy }

  private var form = Form.unknown
  /// What is no whole line yet, or all of it.
  private var rest: [UInt8] = []
  private var line = 0
  private var isHeaderPossible = true

  /// Takes some more bytes, and hands over each row that is complete.
  mutating func take(_ bytes: [UInt8], _ row: ([Double]) throws -> Void) throws {
    rest += bytes
    if form == .unknown {
      // No text begins with the first byte of an array.
      if rest.first == 0x93, rest.count < 6 { return }
      if NumPyArray.isOne(rest) { form = .numpy }
    }
    try takeLines(row)
  }

  /// Takes what is left at the end.
  mutating func finish(_ row: ([Double]) throws -> Void) throws {
    if form == .unknown || form == .table || form == .lines {
      if !rest.isEmpty, rest.last != 10 { rest.append(10) }
      try takeLines(row)
    }
    switch form {
    case .numpy: for values in try NumPyArray(rest).rows { try row(values) }
    case .whole: for values in try Self.whole(rest) { try row(values) }
    default: return
    }
  }

  private mutating func takeLines(_ row: ([Double]) throws -> Void) throws {
    var start = 0
    while form != .numpy, form != .whole, let end = rest[start...].firstIndex(of: 10) {
      let text = String(decoding: rest[start..<end], as: UTF8.self)
      line += 1
      if text.contains(where: { !$0.isWhitespace }) {
        if form == .unknown { form = Self.form(text) }
        if form != .whole, let values = try values(text) { try row(values) }
      }
      if form != .whole { start = end + 1 }
    }
    rest.removeFirst(start)
  }

  /// What a first line is the first line of.
  private static func form(_ text: String) -> Form {
    let first = text.first { !$0.isWhitespace }
    guard first == "[" || first == "{" else { return .table }
    switch try? JSON(parsing: text) {
    case .array(let list)?:
      guard case .array? = list.first else { return .lines }
      return .whole
    case nil: return .whole
    default: return .lines
    }
  }

  // MARK: Lines

  private mutating func values(_ text: String) throws(SampleFileError) -> [Double]? {
    form == .lines ? try Self.object(text, "line \(line)") : try numbers(text)
  }

  /// `[1, 2]` or `{"gradient": [1, 2]}`.
  private static func object(
    _ text: String, _ name: String
  ) throws(SampleFileError) -> [Double] {
    let value: JSON
    do { value = try JSON(parsing: text) } catch { throw SampleFileError(name, "\(error)") }
    guard case .object(let members) = value else { return try numbers(value, name) }
    guard let gradient = members.first(where: { $0.key == "gradient" })?.value else {
      throw SampleFileError(name, "expected a key \"gradient\"")
    }
    return try numbers(gradient, name)
  }

  private static func numbers(_ value: JSON, _ name: String) throws(SampleFileError) -> [Double] {
    if case .number(let number) = value { return [number] }
    guard case .array(let list) = value else {
      throw SampleFileError(name, "expected a list of numbers, found \(value.excerpt)")
    }
    return try list.map { (entry) throws(SampleFileError) in
      guard case .number(let number) = entry else {
        throw SampleFileError(name, "expected a number, found \(entry.excerpt)")
      }
      return number
    }
  }

  /// Numbers with commas, semicolons, tabs or spaces between; a first line of names is passed over.
  private mutating func numbers(_ text: String) throws(SampleFileError) -> [Double]? {
    let words = text.split { $0 == "," || $0 == ";" || $0.isWhitespace }
    guard let first = words.first else {
      throw SampleFileError("line \(line)", "expected a number, found \(excerpt(of: text))")
    }
    guard first.first != "#" else { return nil }
    defer { isHeaderPossible = false }
    let numbers = words.map { Double($0) }
    if isHeaderPossible, numbers.allSatisfy({ $0 == nil }) { return nil }
    guard let wrong = numbers.firstIndex(where: { $0 == nil }) else {
      return numbers.compactMap { $0 }
    }
    throw SampleFileError(
      "line \(line)", "expected a number, found \"\(words[wrong].prefix(40))\"")
  }

  // MARK: A list that is no line

  /// One list of all rows.
  private static func whole(_ bytes: [UInt8]) throws(SampleFileError) -> [[Double]] {
    let value: JSON
    do { value = try JSON(parsing: bytes) } catch { throw SampleFileError("file", "\(error)") }
    guard case .array(let list) = value else {
      throw SampleFileError("file", "expected a list of lists of numbers, found \(value.excerpt)")
    }
    return try list.enumerated().map { (place, row) throws(SampleFileError) in
      try numbers(row, "row \(place + 1)")
    }
  }
}

/// What is wrong with a file of draws, and where.
struct SampleFileError: Error, Equatable, CustomStringConvertible {
  let description: String
  init(_ place: String, _ complaint: String) { description = "\(place): \(complaint)" }
}
