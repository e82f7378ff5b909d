/// What somebody pressed.
enum Key: Equatable, Sendable {
  case character(Character)
  case enter, backspace, tab, escape
  case up, down, left, right
  case pageUp, pageDown, home, end
  /// The window has another size, or the process was away: the page has to be drawn anew.
  case redraw
  /// Nobody types any more.
  case gone

  /// Reads one key from bytes; `next` waits for at most so many milliseconds, for ever where
  /// negative, and answers as `screen_byte` does.
  init(next: (_ milliseconds: Int) -> Int) {
    let byte = next(-1)
    switch byte {
    case 27: self = Key.afterEscape(next)
    case 13, 10: self = .enter
    case 8, 127: self = .backspace
    case 9: self = .tab
    case 4: self = .gone
    case 0x20..<0x7F: self = .character(Character(Unicode.Scalar(UInt8(byte))))
    case 0xC2..<0xF5: self = Key.letter(startingWith: byte, next)
    case -1: self = .gone
    default: self = .redraw
    }
  }

  /// An arrow arrives as several bytes at once; the key Esc as one byte alone.
  private static func afterEscape(_ next: (Int) -> Int) -> Key {
    let patience = 30
    let second = next(patience)
    guard second == 0x5B || second == 0x4F else { return .escape }
    var digits = ""
    while case let byte = next(patience), byte >= 0 {
      let character = Character(Unicode.Scalar(UInt8(byte & 0xFF)))
      if character.isNumber || character == ";" {
        digits.append(character)
        continue
      }
      return named(character, digits)
    }
    return .escape
  }

  private static func named(_ last: Character, _ digits: String) -> Key {
    switch (last, digits) {
    case ("A", _): .up
    case ("B", _): .down
    case ("C", _): .right
    case ("D", _): .left
    case ("H", _), ("~", "1"), ("~", "7"): .home
    case ("F", _), ("~", "4"), ("~", "8"): .end
    case ("~", "5"): .pageUp
    case ("~", "6"): .pageDown
    default: .redraw
    }
  }

  /// A letter of two to four bytes, as in ü or σ.
  private static func letter(startingWith first: Int, _ next: (Int) -> Int) -> Key {
    let count = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    var bytes = [UInt8(first)]
    while bytes.count < count, case let byte = next(30), byte >= 0x80 { bytes.append(UInt8(byte)) }
    return String(validating: bytes, as: UTF8.self)?.first.map { .character($0) } ?? .redraw
  }
}
