import JSONText

/// Draws of a gradient from anywhere: lines of numbers (CSV), lines of JSON, or NumPy's .npy.
enum SampleFile {
  /// Reads draws, a row each, or says what is wrong and where.
  static func rows(_ bytes: [UInt8]) throws(SampleFileError) -> [[Double]] {
    if NumPyArray.isOne(bytes) { return try NumPyArray(bytes).rows }
    let text = String(decoding: bytes, as: UTF8.self)
    let start = text.first { !$0.isWhitespace }
    return start == "[" || start == "{" ? try json(text) : try table(text)
  }

  /// `[1, 2]` or `{"gradient": [1, 2]}` in each line, or one list of them all.
  private static func json(_ text: String) throws(SampleFileError) -> [[Double]] {
    if let whole = try? JSON(parsing: text), case .array(let list) = whole, let first = list.first,
      case .array = first
    {
      return try list.enumerated().map { (place, row) throws(SampleFileError) in
        try numbers(row, "row \(place + 1)")
      }
    }
    var rows: [[Double]] = []
    for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy(\.isWhitespace) {
      let name = "line \(place + 1)"
      let value: JSON
      do { value = try JSON(parsing: String(line)) } catch {
        throw SampleFileError(name, "\(error)")
      }
      if case .object(let members) = value {
        guard let gradient = members.first(where: { $0.key == "gradient" })?.value else {
          throw SampleFileError(name, "expected a key \"gradient\"")
        }
        rows.append(try numbers(gradient, name))
      } else {
        rows.append(try numbers(value, name))
      }
    }
    return rows
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
  private static func table(_ text: String) throws(SampleFileError) -> [[Double]] {
    var rows: [[Double]] = []
    for (place, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      let words = line.split { $0 == "," || $0 == ";" || $0.isWhitespace }
      guard !words.isEmpty, words[0].first != "#" else { continue }
      let numbers = words.map { Double($0) }
      if rows.isEmpty, place == 0, numbers.allSatisfy({ $0 == nil }) { continue }
      guard let wrong = numbers.firstIndex(where: { $0 == nil }) else {
        rows.append(numbers.compactMap { $0 })
        continue
      }
      throw SampleFileError(
        "line \(place + 1)", "expected a number, found \"\(words[wrong].prefix(40))\"")
    }
    return rows
  }
}

/// What is wrong with a file of draws, and where.
struct SampleFileError: Error, Equatable, CustomStringConvertible {
  let description: String
  init(_ place: String, _ complaint: String) { description = "\(place): \(complaint)" }
}
