/// The characters and names that formulas are made of.
enum FormulaLetters {
  static let relations: Set<String> = [
    "=", "≠", "≤", "≥", "<", ">", "≈", "≡", "∝", "→", "←", "⇒", "∈", "~",
  ]
  static let operations: Set<String> = ["+", "−", "±", "·", "×", "⊗"]
  static let separators: Set<String> = [",", ";", ":"]
  static let bars: Set<String> = ["|", "‖"]
  static let prefixes: Set<String> = ["−", "+", "±", "#"]
  static let large: Set<String> = ["Σ", "Π", "∫"]
  static let derivatives: Set<String> = ["∂", "∇", "∇̂"]
  static let closing = ["(": ")", "[": "]", "{": "}", "⌈": "⌉", "⌊": "⌋"]
  static let fractions: Set<Character> = ["½", "⅓", "⅔", "¼", "¾"]
  /// Words of two letters; any other pair of letters is a product of two symbols.
  static let pairs: Set<String> = [
    "an", "as", "at", "be", "by", "do", "if", "in", "is", "it", "no", "of", "on", "or", "so",
    "to", "up", "we",
  ]

  static func isLatin(_ character: Character) -> Bool {
    character.isASCII && character.isLetter
  }

  /// Greek letters, letters with an accent, the sets of numbers, infinity.
  static func isLoneLetter(_ character: Character) -> Bool {
    if character == "∞" { return true }
    guard let first = character.unicodeScalars.first, Character(first).isLetter else {
      return false
    }
    return below[character] == nil && above[character] == nil
  }

  static let above: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁺": "+", "⁻": "−", "ⁿ": "n", "ᵀ": "T", "ᴶ": "J", "ᴰ": "D", "ᴷ": "K",
  ]
  static let below: [Character: Character] = [
    "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8",
    "₉": "9", "₊": "+", "₋": "−",
  ]
  private static let raised = [Character: Character](
    above.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
  private static let lowered = [Character: Character](
    below.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })

  /// The small form of a digit or letter; itself where there is none.
  static func small(_ character: Character, isBelow: Bool) -> Character {
    (isBelow ? lowered : raised)[character] ?? character
  }
}
