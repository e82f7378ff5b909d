extension BookText {
  /// Paragraphs; lines that start with four spaces are formulas, or else kept as they are.
  func prose(_ text: String) -> HTML {
    var result = HTML()
    var paragraph: [String] = []
    var items: [HTML] = []
    var kept: [String] = []
    func flush() {
      if !kept.isEmpty {
        result += display(kept)
        kept = []
      }
      let text = paragraph.joined(separator: " ")
      paragraph = []
      if text.hasPrefix("- ") {
        items.append(.tag("li", [:], inline(String(text.dropFirst(2)))))
        return
      }
      guard !text.isEmpty else { return }
      if !items.isEmpty { result += .tag("ul", [:], items) }
      items = []
      result += .tag("p", [:], inline(text))
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("    ") {
        if !paragraph.isEmpty { flush() }
        kept.append(String(line.dropFirst(4)))
      } else if line.allSatisfy({ $0 == " " }) {
        flush()
      } else {
        if !kept.isEmpty || line.hasPrefix("- ") { flush() }
        paragraph.append(String(line))
      }
    }
    flush()
    return items.isEmpty ? result : result + .tag("ul", [:], items)
  }

  /// Lines that stand alone: formulas if all of them are, else text in columns.
  private func display(_ lines: [String]) -> HTML {
    let texts = lines.map { line in String(line.drop { $0 == " " }) }
    guard texts.allSatisfy({ $0.isEmpty || BookText.isFormula($0) }) else {
      return .tag("pre", [:], HTML(lines.joined(separator: "\n")))
    }
    return HTML(
      texts.filter { !$0.isEmpty }.map { text in
        .tag("div", ["class": "display scroll"], BookText.formula(text, display: true))
      })
  }

  private static func isFormula(_ text: String) -> Bool {
    !text.hasPrefix("lessons ") && Formula.parse(text) != nil
  }
}
