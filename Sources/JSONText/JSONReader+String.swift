extension JSONReader {
  /// A string in quotation marks, its escapes undone.
  mutating func string() throws(JSONError) -> String {
    position += 1
    var decoded: [UInt8] = []
    var start = position
    while true {
      guard let byte = current else { throw unexpected("the closing quotation mark") }
      switch byte {
      case .quote:
        let plain = bytes[start..<position]
        position += 1
        if decoded.isEmpty { return String(decoding: plain, as: UTF8.self) }
        return String(decoding: decoded + plain, as: UTF8.self)
      case .backslash:
        decoded += bytes[start..<position]
        decoded += Array(String(Character(try escape())).utf8)
        start = position
      case 0..<0x20: throw failure(.controlCharacter(byte))
      case 0..<0x80: position += 1
      default: try skipCharacter(opening: byte)
      }
    }
  }

  /// Steps over a character of two to four bytes, which must be well-formed UTF-8.
  private mutating func skipCharacter(opening byte: UInt8) throws(JSONError) {
    // The second byte's range excludes overlong forms, surrogates and values past U+10FFFF
    // (Unicode, table 3-7).
    let count: Int
    var range: ClosedRange<UInt8> = 0x80...0xBF
    switch byte {
    case 0xC2...0xDF: count = 2
    case 0xE0...0xEF:
      count = 3
      if byte == 0xE0 { range = 0xA0...0xBF }
      if byte == 0xED { range = 0x80...0x9F }
    case 0xF0...0xF4:
      count = 4
      if byte == 0xF0 { range = 0x90...0xBF }
      if byte == 0xF4 { range = 0x80...0x8F }
    default: throw failure(.invalidUTF8(byte))
    }
    for offset in 1..<count {
      guard position + offset < bytes.count, range ~= bytes[position + offset] else {
        throw failure(.invalidUTF8(byte))
      }
      range = 0x80...0xBF
    }
    position += count
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    let start = position
    position += 1
    guard let byte = current else { throw unexpected("an escaped character") }
    switch byte {
    case .quote, .backslash, 0x2F: return take(Unicode.Scalar(byte))
    case 0x62: return take("\u{8}")
    case 0x66: return take("\u{C}")
    case 0x6E: return take("\n")
    case 0x72: return take("\r")
    case 0x74: return take("\t")
    case 0x75: return try unicodeEscape(from: start)
    default: throw unexpected("one of \"\\/bfnrtu after a backslash")
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    position += 1
    return scalar
  }

  /// The four hexadecimal digits after \u, or the eight of a pair of surrogates.
  private mutating func unicodeEscape(from start: Int) throws(JSONError) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let lone = JSONError.Reason.loneSurrogate(
      String(decoding: bytes[start..<position], as: UTF8.self))
    guard first < 0xDC00, bytes[position...].starts(with: [.backslash, 0x75]) else {
      throw failure(lone, at: start)
    }
    position += 1
    let second = try codeUnit()
    guard 0xDC00...0xDFFF ~= second,
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw failure(lone, at: start) }
    return scalar
  }

  /// Four hexadecimal digits; the reader stands on the u before them.
  private mutating func codeUnit() throws(JSONError) -> UInt32 {
    position += 1
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
        byte < 0x80
      else { throw unexpected("four hexadecimal digits after \\u") }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
