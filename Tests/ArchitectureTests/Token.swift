/// A word or a sign of Swift code, and its line.
struct Token: Equatable, Sendable {
  let text: String
  let line: Int
}

/// The code of a Swift text: its tokens without comments and without what is written in strings.
///
/// The rules are about code. Prose, templates of homework and these rules' own words may say
/// what code may not; what a string interpolates is code again.
func tokens(of text: String) -> [Token] {
  var lexer = Lexer(bytes: Array(text.utf8))
  lexer.code(untilParenthesis: false)
  return lexer.tokens
}

private struct Lexer {
  let bytes: [UInt8]
  var position = 0
  var line = 1
  var tokens: [Token] = []

  mutating func code(untilParenthesis: Bool) {
    var open = 0
    while let byte = peek() {
      let isSlash = byte == UInt8(ascii: "/")
      if isSlash, starts("//") {
        position = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      } else if isSlash, starts("/*") {
        blockComment()
      } else if let hashes = openingOfString() {
        string(hashes: hashes)
      } else if isWord(byte) || byte == UInt8(ascii: "@") {
        word()
      } else {
        if byte == UInt8(ascii: "(") { open += 1 }
        if byte == UInt8(ascii: ")") { open -= 1 }
        if byte > 0x20 { tokens.append(Token(text: ascii(byte), line: line)) }
        step()
        if untilParenthesis, open == 0 { return }
      }
    }
  }

  private mutating func word() {
    let start = position
    repeat { step() } while peek().map(isWord) ?? false
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    tokens.append(Token(text: text, line: line))
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        step(2)
      } else if starts("*/") {
        depth -= 1
        step(2)
      } else {
        step()
      }
    } while depth > 0 && peek() != nil
  }

  /// The number of # before the quotation mark that opens a string here, or nil.
  private func openingOfString() -> Int? {
    guard peek() == UInt8(ascii: "\"") || peek() == UInt8(ascii: "#") else { return nil }
    let hashes = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
    return peek(hashes) == UInt8(ascii: "\"") ? hashes : nil
  }

  private mutating func string(hashes: Int) {
    step(hashes)
    let fence = String(repeating: "#", count: hashes)
    let quotes = starts("\"\"\"") ? "\"\"\"" : "\""
    step(quotes.utf8.count)
    while let byte = peek() {
      if byte != UInt8(ascii: "\\"), byte != UInt8(ascii: "\"") {
        step()
      } else if starts(quotes + fence) {
        break
      } else if starts("\\" + fence + "(") {
        step(1 + hashes)
        code(untilParenthesis: true)
      } else if starts("\\" + fence) {
        step(2 + hashes)
      } else {
        step()
      }
    }
    step(quotes.utf8.count + hashes)
  }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    position + ahead < bytes.count ? bytes[position + ahead] : nil
  }

  private func starts(_ text: String) -> Bool {
    position < bytes.count && bytes[position...].starts(with: text.utf8)
  }

  private mutating func step(_ count: Int = 1) {
    var left = count
    while left > 0, position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
      left -= 1
    }
  }

  private func isWord(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return (letter >= 0x61 && letter <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F
      || byte >= 0x80
  }

  private func ascii(_ byte: UInt8) -> String { String(Character(Unicode.Scalar(byte))) }
}
