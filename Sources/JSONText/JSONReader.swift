/// A recursive descent through the bytes of a text, as deep as the limit and no deeper.
struct JSONReader {
  let bytes: [UInt8]
  let deepest: Int
  var position = 0

  init(_ bytes: [UInt8], deepest: Int) {
    self.bytes = bytes
    self.deepest = deepest
  }

  mutating func document() throws(JSONError) -> JSON {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw failure(.byteOrderMark) }
    skipSpace()
    let value = try value(depth: 0)
    skipSpace()
    if position < bytes.count { throw unexpected("the end of the file") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard let byte = current else { throw unexpected("a value") }
    switch byte {
    case .quote: return .string(try string())
    case .minus, 0x30...0x39: return .number(try number())
    case .openBracket: return try array(depth: depth + 1)
    case .openBrace: return try object(depth: depth + 1)
    default: return try word()
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSON {
    if depth > deepest { throw failure(.tooDeep(limit: deepest)) }
    position += 1
    skipSpace()
    var elements: [JSON] = []
    if skip(.closeBracket) { return .array(elements) }
    while true {
      elements.append(try value(depth: depth))
      skipSpace()
      if skip(.closeBracket) { return .array(elements) }
      guard skip(.comma) else { throw unexpected("\",\" or \"]\"") }
      skipSpace()
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSON {
    if depth > deepest { throw failure(.tooDeep(limit: deepest)) }
    position += 1
    skipSpace()
    var members: [(key: String, value: JSON)] = []
    var keys: Set<String> = []
    if skip(.closeBrace) { return .object(members) }
    while true {
      let start = position
      guard current == .quote else { throw unexpected("a key in quotation marks") }
      let key = try string()
      guard keys.insert(key).inserted else { throw failure(.duplicateKey(key), at: start) }
      skipSpace()
      guard skip(.colon) else { throw unexpected("\":\"") }
      skipSpace()
      members.append((key, try value(depth: depth)))
      skipSpace()
      if skip(.closeBrace) { return .object(members) }
      guard skip(.comma) else { throw unexpected("\",\" or \"}\"") }
      skipSpace()
    }
  }

  /// The literal names of JSON, or a refusal that repeats the word in their place.
  private mutating func word() throws(JSONError) -> JSON {
    let name = letters(from: position)
    switch name {
    case "null", "true", "false":
      position += name.utf8.count
      return name == "null" ? .null : .bool(name == "true")
    case "": throw unexpected("a value")
    default: throw refusal(ofWord: name)
    }
  }
}

// MARK: Steps

extension JSONReader {
  /// The byte to be read next, or nil at the end.
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The word of letters that begins at a place, empty where there is none.
  func letters(from start: Int) -> String {
    String(decoding: bytes[start...].prefix(while: \.isLetter), as: UTF8.self)
  }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }
}

// MARK: Refusals

extension JSONReader {
  func failure(_ reason: JSONError.Reason, at place: Int? = nil) -> JSONError {
    var line = 1
    var column = 1
    for byte in bytes[..<(place ?? position)] {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {  // the later bytes of a character do not count
        column += 1
      }
    }
    return JSONError(line: line, column: column, reason: reason)
  }

  func unexpected(_ expected: String, found: String? = nil) -> JSONError {
    failure(.unexpected(expected: expected, found: found ?? whatIsHere))
  }

  func refusal(ofWord name: String) -> JSONError {
    let isNonFinite = ["nan", "inf", "infinity"].contains(name.lowercased())
    return isNonFinite
      ? failure(.notANumber(name)) : unexpected("a value", found: excerpt(of: name))
  }

  private var whatIsHere: String {
    guard let byte = current else { return "the end of the file" }
    guard byte >= 0x20, byte < 0x7F else { return "byte \(hexadecimal(byte))" }
    return byte == .quote ? "'\"'" : "\"\(Character(Unicode.Scalar(byte)))\""
  }
}

// MARK: The bytes that mean something

extension UInt8 {
  static let quote: UInt8 = 0x22
  static let plus: UInt8 = 0x2B
  static let comma: UInt8 = 0x2C
  static let minus: UInt8 = 0x2D
  static let point: UInt8 = 0x2E
  static let zero: UInt8 = 0x30
  static let nine: UInt8 = 0x39
  static let colon: UInt8 = 0x3A
  static let openBracket: UInt8 = 0x5B
  static let backslash: UInt8 = 0x5C
  static let closeBracket: UInt8 = 0x5D
  static let openBrace: UInt8 = 0x7B
  static let closeBrace: UInt8 = 0x7D

  var isDigit: Bool { self >= .zero && self <= .nine }
  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
}
