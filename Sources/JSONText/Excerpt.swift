/// The longest piece of somebody's input that a complaint repeats.
private let longestExcerpt = 40

/// A string in quotation marks, control characters escaped, cut where it becomes long.
///
/// Input is hostile until it has been read: a complaint must not carry a megabyte of it, nor
/// a terminal's escape sequences.
public func excerpt(of text: String) -> String {
  "\"\(bareExcerpt(of: text))\""
}

/// An excerpt without the quotation marks.
func bareExcerpt(of text: String) -> String {
  var shown = ""
  var length = 0
  for scalar in text.unicodeScalars {
    let piece = escaped(scalar)
    let count = piece.unicodeScalars.count
    guard length + count < longestExcerpt else { return shown + "…" }
    shown += piece
    length += count
  }
  return shown
}

/// One scalar as a JSON string may hold it and a terminal may show it.
func escaped(_ scalar: Unicode.Scalar) -> String {
  switch scalar.value {
  case 0x22: "\\\""
  case 0x5C: "\\\\"
  case 0x0A: "\\n"
  case 0x0D: "\\r"
  case 0x09: "\\t"
  case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069:
    // Control characters, and those that turn the direction of a line of text.
    "\\u" + fourDigits(scalar.value)
  default: String(Character(scalar))
  }
}

private func fourDigits(_ value: UInt32) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
}

extension JSON {
  /// The value in a few words, for a complaint.
  public var excerpt: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number: text()
    case .string(let value): JSONText.excerpt(of: value)
    case .array(let elements):
      switch elements.count {
      case 0: "an empty array"
      case 1: "an array of 1 value"
      case let count: "an array of \(count) values"
      }
    case .object: "an object"
    }
  }
}
