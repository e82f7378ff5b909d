/// A chain on the page: relation, formula, number and reason in columns that the eye runs down.
///
/// Where the page is too narrow for four columns the reason goes under its formula, and a number
/// that is too long goes under it as well.
struct ChainText {
  let style: TerminalStyle
  private let margin = 2
  private let leastReason = 22

  func lines(_ chain: Chain) -> [String] { Array(pieces(chain).joined()) }

  /// The lines, a piece a step; what the chain begins with comes with the first one.
  func pieces(_ chain: Chain) -> [[String]] {
    let hasShortStart = chain.start.count <= 18 && chain.beginsWithEquality
    let indent = hasShortStart ? chain.start.count + 1 : 2
    let head = margin + indent
    let numberWidth =
      (chain.links.map(\.number.count) + [chain.startNumber.count])
      .filter { $0 <= 12 }.max() ?? 0
    let room = style.width - head - 2 - 2 - numberWidth
    let texts = chain.links.map(\.text.count).filter { $0 <= room }
    let formulaWidth = max(texts.max() ?? 0, hasShortStart ? 0 : chain.start.count - 4)
    let columns = Layout(
      head: head, formula: formulaWidth, number: numberWidth,
      reason: style.width - head - 2 - formulaWidth - 2 - numberWidth - 3)
    var beginning: [String] = []
    if let condition = chain.links.first?.condition, !condition.isEmpty {
      beginning += self.condition(condition, at: margin)
    }
    if !hasShortStart, !chain.start.isEmpty { beginning += opening(chain, columns) }
    return chain.links.enumerated().map { place, link in
      guard place > 0 else {
        return beginning + lines(link, first: hasShortStart ? chain.start : "", columns)
      }
      let condition = link.condition.isEmpty ? [] : self.condition(link.condition, at: head)
      return condition + lines(link, first: "", columns)
    }
  }

  /// What is supposed for what follows.
  private func condition(_ text: String, at column: Int) -> [String] {
    let margin = Columns.blanks(column)
    return Wrapping.paragraph("If " + text + ":", width: style.width, first: margin, rest: margin)
  }

  /// The columns of a chain.
  private struct Layout {
    let head: Int
    let formula: Int
    let number: Int
    let reason: Int
  }

  /// What the chain begins with, and its number, on a line of their own.
  private func opening(_ chain: Chain, _ columns: Layout) -> [String] {
    let text = Columns.blanks(margin) + chain.start
    let edge = columns.head + 2 + columns.formula + 2 + columns.number
    let gap = edge - text.count - chain.startNumber.count
    guard gap >= 2, edge <= style.width else {
      let number = under(chain.startNumber, at: margin + 2)
      return Wrapping.paragraph(
        chain.start, width: style.width, first: Columns.blanks(margin),
        rest: Columns.blanks(margin + 2)
      ).map { style.paint($0, .bold) } + number
    }
    return [
      style.paint(text, .bold) + Columns.blanks(gap) + style.paint(chain.startNumber, .name)
    ]
  }

  private func lines(_ link: Chain.Link, first: String, _ columns: Layout) -> [String] {
    let mark = link.check.holds ? "" : style.mark(false) + " "
    let start = Columns.blanks(margin) + first
    let indent = Columns.left(start, columns.head) + (link.sign.map { "\($0) " } ?? "")
    let marked = mark + indent.dropFirst(mark.isEmpty ? 0 : margin)
    let definition = link.definition.isEmpty ? "" : "; here " + link.definition
    let changes = link.check.report.changes.map { "\($0.symbol) = \($0.text)" }
    let with = changes.isEmpty ? "" : "; with " + changes.joined(separator: ", ")
    let reason = link.check.check.reason + definition + with
    guard link.text.count <= columns.formula else {
      let lines = Wrapping.paragraph(
        link.text, width: style.width, first: indent, rest: Columns.blanks(columns.head + 4)
      ).map { style.paint($0, .bold) }
      return lines + under(link.number, at: columns.head + 2) + note(reason, columns)
    }
    let formula = style.paint(link.text, .bold)
    let padding = columns.formula - link.text.count
    guard link.number.count <= columns.number else {
      return [marked + formula] + under(link.number, at: columns.head + 2)
        + note(reason, columns)
    }
    let number = style.paint(Columns.right(link.number, columns.number), .name)
    let line = marked + formula + Columns.blanks(padding + 2) + number
    guard columns.reason >= leastReason else {
      return [trimmed(line, link.number)] + note(reason, columns)
    }
    let words = Wrapping.balanced(reason, width: columns.reason, margin: "")
    let rest = Columns.blanks(style.width - columns.reason)
    return [line + "   " + style.paint(words.first ?? "", .dim)]
      + words.dropFirst().map { rest + style.paint($0, .dim) }
  }

  /// No blanks at the end of a line without a number.
  private func trimmed(_ line: String, _ number: String) -> String {
    number.isEmpty ? Drawing.trimmed(line) : line
  }

  /// A number too long for its column.
  private func under(_ number: String, at column: Int) -> [String] {
    guard !number.isEmpty else { return [] }
    return Wrapping.paragraph(
      number, width: style.width, first: Columns.blanks(column), rest: Columns.blanks(column + 1)
    ).map { style.paint($0, .name) }
  }

  /// A reason under its formula.
  private func note(_ reason: String, _ columns: Layout) -> [String] {
    Wrapping.balanced(
      reason, width: style.width, margin: Columns.blanks(columns.head + 4)
    ).map { style.paint($0, .dim) }
  }
}
