/// Reads the tokens of a formula into a row of pieces.
///
///     row      = item*             operands side by side, signs between them
///     item     = [prefix] operand script*
///     operand  = number | symbol | word | group | bars | root
///     script   = _index | ^power | small digits | primes | stars
///
/// What each piece is follows from what is written next to it; the rules are in the extensions.
struct FormulaParser {
  /// Formulas within formulas within formulas, as deep as anybody reads.
  static let deepest = 24

  var tokens: [FormulaToken]
  let names: Set<String>
  var position = 0
  var depth = 0

  init(_ text: String, names: Set<String>) {
    tokens = FormulaToken.tokens(text)
    self.names = names
  }

  /// The whole text as one row.
  mutating func formula() throws(FormulaError) -> [FormulaNode] {
    let row = try row(until: nil)
    guard row.contains(where: { !$0.isBlank }) else { throw expected("a formula") }
    return row
  }
}

// MARK: Rows

extension FormulaParser {
  /// Pieces up to the closing sign, which is left standing; up to the end without one.
  mutating func row(until closing: String?) throws(FormulaError) -> [FormulaNode] {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw expected("less nesting") }
    var items: [FormulaNode] = []
    var needsOperand = true
    while let token = peek() {
      if token.kind == .blank {
        items.append(.blank(token.text))
        position += 1
      } else if let closing, token.text == closing, !(needsOperand && closing.isBar) {
        break
      } else if needsOperand, items.allSatisfy(\.isBlank), token.isRelation {
        // A step of a chain starts with its sign, and so does an index like {<t}.
        items.append(.sign(token.text, .relation))
        position += 1
      } else if token.kind == .mark, FormulaLetters.prefixes.contains(token.text),
        needsOperand || items.last?.isBlank == true && sticksToNext()
      {
        items.append(.sign(token.text, .prefix))
        position += 1
        needsOperand = true
      } else if let role = token.infix, !(token.text.isBar && opensBars(after: items, needsOperand))
      {
        guard !needsOperand || role == .operation && standsAlone() else {
          throw expected("something in front of \(token.text)")
        }
        items.append(.sign(token.text, role))
        position += 1
        needsOperand = role != .operation || !needsOperand
      } else if token.text == "!", !needsOperand {
        items.append(.sign("!", .postfix))
        position += 1
      } else {
        items.append(try operand(after: items))
        needsOperand = false
      }
    }
    let isEmpty = items.allSatisfy(\.isBlank)
    guard !needsOperand || isEmpty && closing == nil else {
      throw expected(isEmpty ? "something inside the brackets" : "something after the last sign")
    }
    return stacked(items)
  }

  /// Whether a sign belongs to what follows: `by −KL(q‖p)` after a word.
  private func sticksToNext() -> Bool {
    guard let next = peek(1) else { return false }
    return next.kind != .blank
  }

  /// Whether an operation stands for itself, as the dot does in `(any row, ·)`.
  private func standsAlone() -> Bool {
    guard peek()?.text == "·" else { return false }
    guard let next = peek(1) else { return true }
    return [")", "]", "}", ","].contains(next.text)
  }

  /// Whether a bar opens a norm: where an operand must follow, or where one may and the bar sticks
  /// to it, and a partner stands on the same level.
  private func opensBars(after items: [FormulaNode], _ needsOperand: Bool) -> Bool {
    guard let bar = peek()?.text, let next = peek(1), next.kind != .blank || needsOperand else {
      return false
    }
    let follows =
      switch items.last {
      case .blank: next.kind != .blank
      case .function, .symbol("E"), .number: true
      case .scripted(.function, _): true
      default: needsOperand
      }
    return follows && hasPartner(of: bar)
  }

  private func hasPartner(of bar: String) -> Bool {
    var level = 0
    for token in tokens[(position + 1)...] {
      if FormulaLetters.closing[token.text] != nil { level += 1 }
      if FormulaLetters.closing.values.contains(token.text) { level -= 1 }
      if level < 0 { return false }
      if level == 0, token.text == bar { return true }
    }
    return false
  }
}

// MARK: Tokens

extension FormulaParser {
  /// The token that many places ahead.
  func peek(_ ahead: Int = 0) -> FormulaToken? {
    tokens.indices.contains(position + ahead) ? tokens[position + ahead] : nil
  }

  /// An error at the token that comes next.
  func expected(_ what: String) -> FormulaError {
    let end = tokens.last.map { $0.column + $0.text.count } ?? 1
    return FormulaError(column: peek()?.column ?? end, expected: what)
  }

  /// Goes past a token that must be there.
  mutating func skip(_ text: String) throws(FormulaError) {
    guard peek()?.text == text else { throw expected(text) }
    position += 1
  }
}

extension FormulaToken {
  var isRelation: Bool { kind == .mark && FormulaLetters.relations.contains(text) }

  /// What the sign does between two operands.
  fileprivate var infix: FormulaSign? {
    guard kind == .mark else { return nil }
    if isRelation { return .relation }
    if FormulaLetters.operations.contains(text) { return .operation }
    if FormulaLetters.separators.contains(text) { return .separator }
    if text.isBar { return .bar }
    return text == "/" ? .solidus : nil
  }
}

extension String {
  var isBar: Bool { FormulaLetters.bars.contains(self) }
}
