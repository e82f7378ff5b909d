// MARK: What stands between signs

extension FormulaParser {
  /// One operand with its indices, powers and primes.
  mutating func operand(after items: [FormulaNode]) throws(FormulaError) -> FormulaNode {
    guard let token = peek() else { throw expected("an operand") }
    let base: FormulaNode
    switch token.kind {
    case .number:
      guard token.text.contains(where: \.isNumber) else { throw expected("a digit") }
      position += 1
      base = .number(token.text)
    case .letters:
      base = try letters(token)
    case .joined:
      position += 1
      base = .word(token.text)
    case .letter:
      position += 1
      base = .symbol(token.text)
    case .above, .below, .blank:
      throw expected("something to carry the small \(token.text)")
    case .mark:
      base = try marked(token)
    }
    let scripts = try scripts(of: base)
    let piece = scripts.isEmpty ? base : .scripted(base, scripts)
    return isSum(piece) ? piece.withBase { .operation($0.text) } : piece
  }

  /// Brackets, bars, roots, and the signs that are operands.
  private mutating func marked(_ token: FormulaToken) throws(FormulaError) -> FormulaNode {
    let text = token.text
    if let close = FormulaLetters.closing[text] {
      return try group(text, close)
    }
    if text.isBar { return try group(text, text) }
    position += 1
    if text == "√" {
      guard let next = peek(), next.kind != .blank else { throw expected("something under the √") }
      return .root(try nested { parser throws(FormulaError) in try parser.operand(after: []) })
    }
    if text == "∫" { return .symbol(text) }
    if text == "…" { return .sign(text, .ellipsis) }
    if FormulaLetters.derivatives.contains(text) { return .operation(text) }
    if text.count == 1, text.allSatisfy(FormulaLetters.fractions.contains) { return .number(text) }
    position -= 1
    throw expected("an operand instead of \(text)")
  }

  private mutating func group(_ open: String, _ close: String) throws(FormulaError) -> FormulaNode {
    position += 1
    let content = try row(until: close)
    try skip(close)
    return .group(open: open, content, close: close)
  }

  /// The same one level deeper.
  mutating func nested<T>(
    _ read: (inout FormulaParser) throws(FormulaError) -> T
  ) throws(FormulaError) -> T {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw expected("less nesting") }
    return try read(&self)
  }

  /// A sum or product has what it runs over behind it; a Σ without is a covariance.
  private func isSum(_ piece: FormulaNode) -> Bool {
    guard FormulaLetters.large.contains(piece.base.text) else { return false }
    if piece.base.text == "∫" { return true }
    if case .scripted(_, let scripts) = piece, !scripts.allSatisfy(\.isBelow) { return false }
    let blanks = peek()?.kind == .blank ? 1 : 0
    // What stands two blanks away is a remark.
    if let blank = peek(), blank.kind == .blank, blank.text.count > 1 { return false }
    guard let next = peek(blanks) else { return false }
    switch next.kind {
    case .number, .letters, .joined, .letter: return true
    case .above, .below, .blank: return false
    case .mark:
      return FormulaLetters.closing[next.text] != nil || next.text == "√" || next.text == "…"
        || FormulaLetters.derivatives.contains(next.text)
        || next.text.allSatisfy(FormulaLetters.fractions.contains)
        || next.text.isBar && blanks == 1 && peek(2)?.kind != .blank
    }
  }
}

// MARK: Letters: symbols, products of symbols, names, words

extension FormulaParser {
  /// What a run of Latin letters is.
  ///
  /// A single letter is a symbol, unless it is an article. A function of `Formula.wellKnown` and a
  /// name that was introduced are themselves. Two letters are a product, unless they are a word;
  /// three are a name if an index, a prime or a parenthesis sticks to them, and a word if not.
  private mutating func letters(_ token: FormulaToken) throws(FormulaError) -> FormulaNode {
    position += 1
    let text = token.text
    if text.count == 1 { return isArticle(text) ? .word(text) : differential(text) }
    if Formula.functions.contains(text) { return .function(text) }
    if names.contains(text) { return .symbol(text) }
    if text.count == 2 {
      guard !FormulaLetters.pairs.contains(text) else { return .word(text) }
      return splitting(token)
    }
    return carriesScript() ? .symbol(text) : .word(text)
  }

  /// Cuts a run of letters into symbols; dx is a small step of x.
  private mutating func splitting(_ token: FormulaToken) -> FormulaNode {
    let rest = String(token.text.dropFirst())
    tokens.insert(
      FormulaToken(kind: .letter, text: rest, column: token.column + 1), at: position)
    let first = String(token.text.prefix(1))
    return first == "d" && rest == rest.lowercased() ? .operation(first) : .symbol(first)
  }

  /// The d of dθ and of d/dλ, or else a symbol.
  private func differential(_ letter: String) -> FormulaNode {
    guard letter == "d" else { return .symbol(letter) }
    let isStep = peek()?.kind == .letter
    let isRate = peek()?.text == "/" && peek(1)?.text.first == "d"
    return isStep || isRate ? .operation(letter) : .symbol(letter)
  }

  /// `a` in front of a word is an article.
  private func isArticle(_ letter: String) -> Bool {
    guard letter == "a" || letter == "A", let blank = peek(), blank.kind == .blank,
      let next = peek(1)
    else { return false }
    guard next.kind == .letters, next.text.count > 2, !names.contains(next.text),
      !Formula.functions.contains(next.text)
    else { return next.kind == .joined }
    return !carriesScript(at: 2)
  }

  /// Whether an index, a prime, a power or a bracket sticks to what was read.
  private func carriesScript(at ahead: Int = 0) -> Bool {
    guard let next = peek(ahead) else { return false }
    if next.kind == .above || next.kind == .below { return true }
    return ["_", "^", "′", "'", "*", "(", "["].contains(next.text)
  }
}

extension FormulaNode {
  /// The same scripts on another base.
  fileprivate func withBase(_ change: (FormulaNode) -> FormulaNode) -> FormulaNode {
    if case .scripted(let base, let scripts) = self { return .scripted(change(base), scripts) }
    return change(self)
  }
}
