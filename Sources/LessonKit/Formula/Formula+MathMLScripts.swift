// MARK: Symbols and signs that carry something

extension MathMLWriter {
  /// A letter or name; an accent stands above it.
  func symbol(_ name: String, of symbol: String) -> String {
    let attribute = colour(of: symbol)
    guard let (letter, accent) = Self.accented(name) else {
      return "<mi\(attribute)>\(name)</mi>"
    }
    return #"<mover accent="true"\#(attribute)><mi>\#(letter)</mi><mo>\#(accent)</mo></mover>"#
  }

  /// Σ and Π as large signs, derivatives as upright letters.
  func operation(_ text: String) -> String {
    switch text {
    case "Σ": return "<mo>∑</mo>"
    case "Π": return "<mo>∏</mo>"
    case "∫": return "<mo>∫</mo>"
    default: break
    }
    let (sign, accent) = Self.accented(text) ?? (text, "")
    let upright = #"<mi mathvariant="normal">\#(sign)</mi>"#
    guard !accent.isEmpty else { return upright }
    return #"<mover accent="true">\#(upright)<mo>\#(accent)</mo></mover>"#
  }

  /// A piece with its index and everything that stands above it.
  func scripted(_ base: FormulaNode, _ scripts: [FormulaScript]) -> String {
    let below = scripts.filter(\.isBelow).map(\.content)
    let above = scripts.filter { !$0.isBelow }.map(\.content)
    let isUnder = base.isLargeOperation || base.takesUnder
    let attribute = base == .symbol("E") && !below.isEmpty ? colour(of: "E_q") : ""
    let small = [below, above].filter { !$0.isEmpty }.map { row(Array($0.joined())) }
    let name =
      switch (below.isEmpty, above.isEmpty) {
      case (false, false): isUnder ? "munderover" : "msubsup"
      case (false, true): isUnder ? "munder" : "msub"
      case (true, _): isUnder ? "mover" : "msup"
      }
    return "<\(name)\(attribute)>\(element(base))\(small.joined())</\(name)>"
  }

  private func colour(of symbol: String) -> String {
    colouring[symbol].map { " class=\"\($0.escapedForXML)\"" } ?? ""
  }

  /// The letter below an accent, and the accent as a character of its own.
  private static func accented(_ name: String) -> (letter: String, accent: String)? {
    guard name.count == 1, name.unicodeScalars.count == 2, let mark = name.unicodeScalars.last
    else { return nil }
    let accents = ["\u{303}": "˜", "\u{302}": "ˆ", "\u{304}": "¯", "\u{307}": "˙"]
    return accents[String(mark)].map { (String(name.unicodeScalars.prefix(1)), $0) }
  }
}

// MARK: What decides about space and size

extension FormulaNode {
  var isWord: Bool { if case .word = self { true } else { false } }

  var isSeparator: Bool { if case .sign(_, .separator) = self { true } else { false } }

  var isLargeOperation: Bool {
    if case .operation(let text) = base { FormulaLetters.large.contains(text) } else { false }
  }

  /// max and min carry what varies beneath, and so do other limits.
  fileprivate var takesUnder: Bool {
    if case .function(let name) = self {
      ["max", "min", "argmax", "argmin", "lim", "sup", "inf"].contains(name)
    } else {
      false
    }
  }

  /// Whether it is set with space around, so that a blank beside it says nothing.
  var hasOwnSpace: Bool {
    switch self {
    case .sign(_, .relation), .sign(_, .operation), .sign(_, .separator): true
    default: false
    }
  }

  /// Whether parentheses around it have to grow.
  fileprivate var isTall: Bool {
    switch self {
    case .fraction: true
    case .group(_, let content, _): content.isTall
    case .root(let content): content.isTall
    case .scripted(let base, let scripts):
      isLargeOperation && scripts.contains(where: \.isBelow) || base.isTall
    default: false
    }
  }

  /// What a root or a fraction holds: its own lines replace parentheses.
  var withoutParentheses: [FormulaNode] {
    if case .group("(", let content, _) = self { content } else { [self] }
  }
}

extension [FormulaNode] {
  var isTall: Bool { contains { $0.isTall } }

  /// The row without parentheses if they hold all of it.
  var withoutParentheses: [FormulaNode] {
    count == 1 ? self[0].withoutParentheses : self
  }
}

extension String {
  /// The text as it may stand in an attribute or between tags.
  var escapedForXML: String {
    var escaped = ""
    for character in self {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
