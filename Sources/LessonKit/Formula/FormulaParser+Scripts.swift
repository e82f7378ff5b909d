// MARK: Indices, powers, primes and stars

extension FormulaParser {
  /// All that sticks to a piece, at most one index and one power.
  mutating func scripts(of base: FormulaNode) throws(FormulaError) -> [FormulaScript] {
    var scripts: [FormulaScript] = []
    while let token = peek() {
      let script: FormulaScript
      switch (token.kind, token.text) {
      case (.above, _):
        position += 1
        script = FormulaScript(isBelow: false, notation: .small, content: Self.small(token.text))
      case (.below, _):
        script = try smallIndex(token)
      case (.mark, "_"):
        position += 1
        script = try large(isBelow: true) { parser throws(FormulaError) in
          try parser.bareIndex(of: base)
        }
      case (.mark, "^"):
        position += 1
        script = try large(isBelow: false) { parser throws(FormulaError) in
          try parser.barePower()
        }
      case (.mark, "′"), (.mark, "'"), (.mark, "*"):
        position += 1
        script = FormulaScript(
          isBelow: false, notation: .mark, content: [.sign(token.text, .postfix)])
      default:
        return scripts
      }
      let isSecond = scripts.contains {
        $0.notation != .mark && script.notation != .mark && $0.isBelow == script.isBelow
      }
      guard !isSecond else {
        position -= 1
        throw expected("one \(script.isBelow ? "index" : "power"), with braces if it has its own")
      }
      scripts.append(script)
    }
    return scripts
  }

  /// A script between braces or parentheses, or what may stand without.
  private mutating func large(
    isBelow: Bool, bare: (inout FormulaParser) throws(FormulaError) -> [FormulaNode]
  ) throws(FormulaError) -> FormulaScript {
    let open = peek()?.text ?? ""
    guard open == "{" || open == "(", let close = FormulaLetters.closing[open] else {
      return FormulaScript(isBelow: isBelow, notation: .bare, content: try nested(bare))
    }
    position += 1
    let content = try row(until: close)
    try skip(close)
    return FormulaScript(
      isBelow: isBelow, notation: open == "{" ? .braces : .parentheses, content: content)
  }

  /// Letters and digits without a blank, with primes and a small index of their own; behind E also
  /// the distribution's arguments, `E_p(z|x)`, or a difference, `E_q−u`.
  private mutating func bareIndex(of base: FormulaNode) throws(FormulaError) -> [FormulaNode] {
    var content = try indexLetters()
    let owner = base.text
    guard ["E", "Var", "Cov"].contains(owner) else { return content }
    if peek()?.isMinus == true, let next = peek(1), next.kind == .letters || next.kind == .letter {
      position += 1
      content.append(.sign("−", .operation))
      content += try indexLetters()
    }
    if peek()?.text == "(", owner == "E" {
      position += 1
      let arguments = try row(until: ")")
      try skip(")")
      content.append(.group(open: "(", arguments, close: ")"))
    }
    return content
  }

  private mutating func indexLetters() throws(FormulaError) -> [FormulaNode] {
    var content: [FormulaNode] = []
    while let token = peek() {
      if token.kind == .number, token.text.contains(where: \.isNumber) {
        content.append(.number(token.text))
      } else if token.kind == .letters {
        content += pieces(of: token.text)
      } else if token.kind == .letter, content.isEmpty {
        content.append(.symbol(token.text))
      } else {
        break
      }
      position += 1
    }
    guard let last = content.last else { throw expected("an index") }
    var marks: [FormulaScript] = []
    while let token = peek(), token.text == "′" || token.text == "'" || token.kind == .below {
      if token.kind == .below {
        guard !marks.contains(where: \.isBelow) else { break }
        marks.append(try smallIndex(token))
      } else {
        position += 1
        marks.append(
          FormulaScript(isBelow: false, notation: .mark, content: [.sign(token.text, .postfix)]))
      }
    }
    if !marks.isEmpty { content[content.count - 1] = .scripted(last, marks) }
    return content
  }

  /// One or two letters of an index are symbols, more are a word.
  private func pieces(of letters: String) -> [FormulaNode] {
    if names.contains(letters) { return [.symbol(letters)] }
    return letters.count > 2 ? [.word(letters)] : letters.map { .symbol(String($0)) }
  }

  /// A number, a symbol or a name with its arguments, with a minus or without.
  private mutating func barePower() throws(FormulaError) -> [FormulaNode] {
    var content: [FormulaNode] = []
    if peek()?.isMinus == true {
      content.append(.sign("−", .prefix))
      position += 1
    }
    guard let token = peek(), token.kind != .blank, token.kind != .mark || token.text == "√" else {
      throw expected("a power")
    }
    guard token.kind == .letters else { return content + [try operand(after: [])] }
    position += 1
    let isName = token.text.count > 2 || names.contains(token.text)
    content += isName ? [.symbol(token.text)] : token.text.map { .symbol(String($0)) }
    if isName, peek()?.text == "(" {
      position += 1
      let arguments = try row(until: ")")
      try skip(")")
      content.append(.group(open: "(", arguments, close: ")"))
    }
    return content
  }

  /// Small digits; a small minus takes the letter behind it along, as in `z₋d`: z without d.
  private mutating func smallIndex(_ token: FormulaToken) throws(FormulaError) -> FormulaScript {
    position += 1
    var content = Self.small(token.text)
    if token.text.hasSuffix("−") {
      guard let next = peek(), next.kind == .letters, next.text.count == 1 else {
        throw expected("what the small minus leaves out")
      }
      position += 1
      content.append(.symbol(next.text))
    }
    return FormulaScript(isBelow: true, notation: .small, content: content)
  }

  private static func small(_ text: String) -> [FormulaNode] {
    var content: [FormulaNode] = []
    for character in text {
      let digit = String(character)
      if character.isNumber, case .number(let before) = content.last {
        content[content.count - 1] = .number(before + digit)
      } else if character.isNumber {
        content.append(.number(digit))
      } else if character == "−" || character == "+" {
        content.append(.sign(digit, content.isEmpty ? .prefix : .operation))
      } else {
        content.append(character == "T" ? .function(digit) : .symbol(digit))
      }
    }
    return content
  }
}

extension FormulaToken {
  /// A minus on the line, not a small one.
  fileprivate var isMinus: Bool { kind == .mark && text == "−" }
}
