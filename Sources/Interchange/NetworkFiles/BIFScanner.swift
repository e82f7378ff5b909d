/// Why a text in the Bayesian interchange format is not what it should be, and on which line.
public struct BIFError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// What was expected and what was found.
  public let reason: String

  /// One line: the number of the line, then the reason.
  public var description: String { "line \(line): \(reason)" }
}

/// The words and signs of a text in the Bayesian interchange format, one after the other.
///
/// A word is whatever stands between spaces and the signs `{ } ( ) [ ] , ; |`, or between quotation
/// marks. What follows `//`, and what stands between `/*` and `*/`, is left out.
struct BIFScanner {
  /// A word or a sign.
  enum Token: Equatable {
    case word(String)
    case sign(Character)
    case end

    /// The token as a refusal repeats it.
    var excerpt: String {
      switch self {
      case .word(let word): shown(word)
      case .sign(let sign): "\"\(sign)\""
      case .end: "the end of the file"
      }
    }
  }

  private let bytes: [UInt8]
  private var place = 0
  /// The line of the token that comes next.
  private(set) var line = 1
  /// The token that comes next.
  private(set) var next = Token.end

  init(_ bytes: [UInt8]) throws(BIFError) {
    self.bytes = bytes
    try advance()
  }

  /// The error that something else was expected here.
  func error(expected: String) -> BIFError {
    BIFError(line: line, reason: "expected \(expected), found \(next.excerpt)")
  }

  /// Takes the next token, whatever it is.
  @discardableResult
  mutating func take() throws(BIFError) -> Token {
    let token = next
    try advance()
    return token
  }

  /// Takes a sign if it comes next.
  mutating func takes(_ sign: Character) throws(BIFError) -> Bool {
    guard next == .sign(sign) else { return false }
    try advance()
    return true
  }

  /// Takes a sign, which must come next.
  mutating func require(_ sign: Character) throws(BIFError) {
    guard try takes(sign) else { throw error(expected: "\"\(sign)\"") }
  }

  /// Takes a word, which must come next.
  mutating func word(_ what: String) throws(BIFError) -> String {
    guard case .word(let word) = next else { throw error(expected: what) }
    try advance()
    return word
  }

  private mutating func advance() throws(BIFError) {
    try skipSpaces()
    guard place < bytes.count else {
      next = .end
      return
    }
    let first = bytes[place]
    if first == UInt8(ascii: "\"") {
      next = .word(try quotation())
    } else if isSign(first) {
      next = .sign(Character(UnicodeScalar(first)))
      place += 1
    } else {
      let start = place
      while place < bytes.count, !isSign(bytes[place]), !isSpace(bytes[place]),
        bytes[place] != UInt8(ascii: "\"")
      {
        place += 1
      }
      next = .word(String(decoding: bytes[start..<place], as: UTF8.self))
    }
  }

  private mutating func quotation() throws(BIFError) -> String {
    let (start, first) = (place + 1, line)
    place += 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      if bytes[place] == UInt8(ascii: "\n") { line += 1 }
      place += 1
    }
    guard place < bytes.count else {
      throw BIFError(line: first, reason: "a quotation mark that is never closed")
    }
    place += 1
    return String(decoding: bytes[start..<place - 1], as: UTF8.self)
  }

  private mutating func skipSpaces() throws(BIFError) {
    while place < bytes.count {
      if isSpace(bytes[place]) {
        if bytes[place] == UInt8(ascii: "\n") { line += 1 }
        place += 1
      } else if begins("//") {
        while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
      } else if begins("/*") {
        let first = line
        place += 2
        while place < bytes.count, !begins("*/") {
          if bytes[place] == UInt8(ascii: "\n") { line += 1 }
          place += 1
        }
        guard place < bytes.count else {
          throw BIFError(line: first, reason: "a comment that is never closed")
        }
        place += 2
      } else {
        return
      }
    }
  }

  private func begins(_ mark: StaticString) -> Bool {
    let letters = "\(mark)".utf8
    return place + letters.count <= bytes.count
      && bytes[place..<place + letters.count].elementsEqual(letters)
  }
}

private func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

private func isSign(_ byte: UInt8) -> Bool { "{}()[],;|".utf8.contains(byte) }

/// A word in quotation marks, as one line of moderate length whatever its characters do.
private func shown(_ word: String) -> String {
  let letters = word.unicodeScalars.prefix(40).map {
    $0.value < 0x20 || $0.value == 0x7F || $0.properties.isWhitespace ? " " : String($0)
  }
  return "\"\(letters.joined())\(word.unicodeScalars.count > 40 ? "…" : "")\""
}
