/// Finds formulas in words of running text: "E_q[log p(x|z)]," or "log p(x) = −1.2".
///
/// A word begins a formula if it has a sign or an index that no English word has, if it is a name
/// with a bracket, or if it is a letter alone. Brackets and operations take the words behind it.
struct FormulaInText {
  private let words: [String]

  init(_ words: [String]) { self.words = words }

  /// The formula that begins at a word, the punctuation behind it, and the word after it.
  func formula(at start: Int) -> (formula: String, tail: String, next: Int)? {
    guard let first = operand(at: start, mayBeNumber: false) else { return nil }
    var (text, tail, next) = first
    while tail.isEmpty, next + 1 < words.count, Self.operations.contains(words[next]),
      let operand = operand(at: next + 1, mayBeNumber: true)
    {
      text += " \(words[next]) \(operand.text)"
      (tail, next) = (operand.tail, operand.next)
    }
    if Formula.parse(text) != nil { return (text, tail, next) }
    guard Formula.parse(first.text) != nil else { return nil }
    return (first.text, first.tail, first.next)
  }

  private static let operations: Set<String> = [
    "=", "≤", "≥", "<", ">", "+", "−", "·", "×", "/", "≈", "≠", "→", "∝", "~", "∈",
  ]
  private static let prefixes: Set<String> = ["log", "exp", "max", "min"]
  private static let signs = Set("‖|_^′Σ√∂∇½∞²³⁻¹₀₁₂₃⌈⌊αβγδεζηθκλμνξπρστφχψωΘΛΦ")

  private typealias Operand = (text: String, tail: String, next: Int)

  /// A word with the words that its brackets, its function or its sum need.
  private func operand(at start: Int, mayBeNumber: Bool) -> Operand? {
    guard start < words.count else { return nil }
    if Self.prefixes.contains(words[start]) {
      guard let argument = operand(at: start + 1, mayBeNumber: true) else { return nil }
      return (words[start] + " " + argument.text, argument.tail, argument.next)
    }
    guard isFormula(words[start]) || (mayBeNumber && isNumber(words[start])) else { return nil }
    var (text, next) = (words[start], start + 1)
    while Self.depth(text) > 0, next < words.count, next < start + 14 {
      text += " " + words[next]
      next += 1
    }
    let (core, tail) = Self.cut(text)
    guard Self.depth(core) == 0, !core.isEmpty else { return nil }
    if tail.isEmpty, "ΣΠ∂".contains(core.first ?? " "), core.count <= 8,
      let operand = operand(at: next, mayBeNumber: false)
    {
      return (core + " " + operand.text, operand.tail, operand.next)
    }
    return (core, tail, next)
  }

  private func isFormula(_ word: String) -> Bool {
    let core = Self.cut(word).core
    guard let first = core.first, !core.contains("://"), !core.contains("."), !core.contains("“"),
      !core.contains("\"")
    else { return false }
    if core.count == 1 {
      return first.isASCII && first.isLetter && !"aAI".contains(first)
        || "θφλβαγεσμπ".contains(first)
    }
    if core.contains("-") || core.hasPrefix("'") { return false }
    if core.contains(where: Self.signs.contains) { return core != "|" && core != "‖" }
    guard let bracket = core.firstIndex(where: { $0 == "(" || $0 == "[" }) else { return false }
    let name = String(core[..<bracket])
    return (name.count == 1 && name.allSatisfy(\.isLetter)) || Formula.names.contains(name)
  }

  private func isNumber(_ word: String) -> Bool {
    let core = Self.cut(word).core
    return Double(core.replacing("−", with: "-")) != nil || core == "−∞" || core == "∞"
  }

  /// A word without the punctuation behind it.
  private static func cut(_ word: String) -> (core: String, tail: String) {
    var core = Substring(word)
    while let last = core.last {
      let closes = ")]".contains(last) && depth(String(core)) < 0
      guard ".,;:?!”".contains(last) || closes else { break }
      core.removeLast()
    }
    return (String(core), String(word.dropFirst(core.count)))
  }

  /// How many brackets are open at the end.
  private static func depth(_ text: String) -> Int {
    text.reduce(0) { depth, character in
      if "([{".contains(character) { return depth + 1 }
      return ")]}".contains(character) ? depth - 1 : depth
    }
  }
}
