extension Formula {
  /// The formula as a `math` element within a line of text.
  public var mathML: String { mathML(display: false) }

  /// The formula as a `math` element.
  ///
  /// - Parameters:
  ///   - display: whether it stands in a line of its own.
  ///   - colouring: the class that a symbol gets, by its name as `symbols` has it.
  /// - Returns: one element without a line break.
  public func mathML(display: Bool = false, colouring: [String: String] = [:]) -> String {
    let mode = display ? #" display="block""# : ""
    let body = MathMLWriter(colouring: colouring).row(row)
    return "<math\(mode) alttext=\"\(text.escapedForXML)\">\(body)</math>"
  }
}

/// Writes the pieces of a formula as elements of MathML Core.
struct MathMLWriter {
  let colouring: [String: String]

  /// A row as one element.
  func row(_ pieces: [FormulaNode]) -> String {
    let elements = elements(pieces)
    return elements.count == 1 ? elements[0] : "<mrow>\(elements.joined())</mrow>"
  }

  /// One piece as one element; a blank is a thin space.
  func element(_ piece: FormulaNode) -> String {
    switch piece {
    case .blank(let text): Self.space(text.count > 1 ? 1 : 0.17)
    case .number(let text): "<mn>\(text)</mn>"
    case .symbol(let name): symbol(name, of: name)
    case .function(let name): "<mi>\(name)</mi>"
    case .word(let text): "<mtext>\(text.escapedForXML)</mtext>"
    case .operation(let text): operation(text)
    case .sign(let text, let role): sign(text, role)
    case .group(let open, let content, let close): group(open, content, close)
    case .scripted(let base, let scripts): scripted(base, scripts)
    case .root(let content): "<msqrt>\(row(content.withoutParentheses))</msqrt>"
    case .fraction(let above, _, let below):
      "<mfrac>\(row(above.withoutParentheses))\(row(below.withoutParentheses))</mfrac>"
    }
  }

  static func space(_ width: Double) -> String { #"<mspace width="\#(width)em"/>"# }
}

// MARK: Rows

extension MathMLWriter {
  /// The pieces of a row; words are put together, and blanks beside signs are left to the signs.
  private func elements(_ pieces: [FormulaNode]) -> [String] {
    var elements: [String] = []
    var words = ""
    for (index, piece) in pieces.enumerated() {
      let before = index > 0 ? pieces[index - 1] : nil
      let after = index + 1 < pieces.count ? pieces[index + 1] : nil
      if case .word(let word) = piece {
        words += word
        continue
      }
      if piece == .blank(" "), !words.isEmpty, case .word? = after {
        words += " "
        continue
      }
      if !words.isEmpty { elements.append(element(.word(words))) }
      words = ""
      if case .blank(let text) = piece {
        if let space = Self.space(text.count, between: before, and: after) {
          elements.append(space)
        }
      } else if case .group(let open, let content, let close) = piece, !content.isTall {
        // Brackets that do not grow need no row of their own.
        elements += [bracket(open)] + self.elements(content) + [bracket(close)]
      } else {
        elements.append(element(piece))
        if piece.isLargeOperation, after?.isBlank == false { elements.append(Self.space(0.1)) }
      }
    }
    if !words.isEmpty { elements.append(element(.word(words))) }
    return elements
  }

  /// What a blank becomes: wide where two are written, nothing beside a sign with its own space.
  private static func space(
    _ count: Int, between before: FormulaNode?, and after: FormulaNode?
  ) -> String? {
    guard let before, let after else { return nil }
    if count > 1 { return before.hasOwnSpace || after.hasOwnSpace ? space(0.5) : space(1.5) }
    if before.isSeparator, after.isWord { return space(0.2) }
    if before.hasOwnSpace || after.hasOwnSpace { return nil }
    if before.isWord || after.isWord { return space(0.3) }
    return space(0.17)
  }

  private func sign(_ text: String, _ role: FormulaSign) -> String {
    let (shown, attributes) =
      switch (text, role) {
      case ("~", _): ("∼", "")
      case ("*", _): ("∗", "")
      case ("'", _): ("′", "")
      case ("#", _): ("#", #" lspace="0" rspace="0""#)
      case (_, .prefix): (text, #" form="prefix" lspace="0" rspace="0""#)
      case (":", .separator): (":", #" lspace="0" rspace="0.3em""#)
      case (_, .bar): (text, #" stretchy="false" lspace="0.12em" rspace="0.12em""#)
      // Browsers set relations with the space of five eighteenths on their own.
      case (_, .relation): (text, "")
      case (_, .solidus), (_, .postfix), (_, .ellipsis): (text, #" lspace="0" rspace="0""#)
      case (_, .operation), (_, .separator): (text, "")
      }
    return "<mo\(attributes)>\(shown.escapedForXML)</mo>"
  }

  private func bracket(_ sign: String) -> String { #"<mo stretchy="false">\#(sign)</mo>"# }

  private func group(_ open: String, _ content: [FormulaNode], _ close: String) -> String {
    let attributes = content.isTall ? "" : #" stretchy="false""#
    // At the ends of a row brackets have the right form, and no space of their own.
    let sides = [open, close].map { "<mo\(attributes)>\($0)</mo>" }
    return "<mrow>\(sides[0])\(row(content))\(sides[1])</mrow>"
  }
}
