/// A formula cut into tokens; the tokens in order are the formula.
struct FormulaToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case blank
    case number
    /// One or more Latin letters.
    case letters
    /// Letters with a hyphen or an apostrophe between them: `log-odds`.
    case joined
    /// A Greek letter or one with an accent.
    case letter
    /// Small digits and letters of Unicode above the line, in their ordinary form.
    case above
    /// The same below the line.
    case below
    /// Any other character.
    case mark
  }

  let kind: Kind
  let text: String
  /// The column of its first character, from 1.
  let column: Int

  /// Every character is in exactly one token, so this cannot fail.
  static func tokens(_ text: String) -> [FormulaToken] {
    let characters = Array(text)
    var tokens: [FormulaToken] = []
    var start = 0
    while start < characters.count {
      let kind = kind(of: characters[start])
      var end = start + 1
      var isJoined = false
      while end < characters.count {
        let next = characters[end]
        if kind == .letters, "-'’".contains(next), end + 1 < characters.count,
          FormulaLetters.isLatin(characters[end + 1])
        {
          isJoined = true
        } else if kind == .number, next == ".", end + 1 < characters.count,
          characters[end + 1].isASCIIDigit
        {
        } else if kind == .letter || kind == .mark || self.kind(of: next) != kind {
          break
        }
        end += 1
      }
      let spelling = characters[start..<end]
      let ordinary =
        switch kind {
        case .above: String(spelling.map { FormulaLetters.above[$0] ?? $0 })
        case .below: String(spelling.map { FormulaLetters.below[$0] ?? $0 })
        default: String(spelling)
        }
      tokens.append(
        FormulaToken(kind: isJoined ? .joined : kind, text: ordinary, column: start + 1))
      start = end
    }
    return tokens
  }

  private static func kind(of character: Character) -> Kind {
    if character == " " { return .blank }
    if character.isASCIIDigit || character == "." { return .number }
    if FormulaLetters.isLatin(character) { return .letters }
    if FormulaLetters.above[character] != nil { return .above }
    if FormulaLetters.below[character] != nil { return .below }
    return FormulaLetters.isLoneLetter(character) ? .letter : .mark
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
