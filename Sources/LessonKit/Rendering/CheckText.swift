import Verification

/// One check on the page.
///
/// The formula, under it the two sides in numbers with the sign below the formula's sign, why the
/// check follows, and the verdict.
struct CheckText {
  let style: TerminalStyle
  /// Whether left sides were moved; the sides of a case are then of no use.
  var isPerturbed = false
  /// Whether claims and names stand at the right edge.
  var showsNames = false
  private var indent: Int { 6 }

  func lines(_ check: CheckRun) -> [String] {
    var lines = head(check)
    lines += GivenText.lines(check.report.changes, word: "with", style: narrower).map(indented)
    if let example = check.report.example {
      lines += sides(
        SidesText(example, holds: check.report.exampleHolds), under: check.check.formula,
        relation: example.relation.rawValue)
    } else {
      let why = check.report.exampleFailure.map { ": \($0)" } ?? ""
      lines += Wrapping.paragraph(
        "cannot be evaluated on the example" + why, width: style.width - indent
      ).map(indented)
    }
    lines += Wrapping.balanced(
      check.check.reason, width: style.measure, margin: Columns.blanks(indent))
    return lines + verdict(check)
  }

  /// A check in few words: its formula with the number of its left side, and its reason.
  func short(_ check: CheckRun) -> [String] {
    let number = check.report.example.map { ExampleSides($0, true).together } ?? ""
    let formula = check.check.formula
    let margin = Columns.blanks(4)
    var lines: [String]
    if 4 + formula.count + 2 + number.count <= style.width {
      lines = [
        "  " + style.mark(true) + " " + style.paint(formula, .bold) + "  "
          + style.paint(number, .name)
      ]
    } else {
      let words = Wrapping.paragraph(formula, width: style.width - 4, rest: "  ")
      lines = ["  " + style.mark(true) + " " + style.paint(words.first ?? "", .bold)]
      lines += words.dropFirst().map { margin + style.paint($0, .bold) }
      lines += Wrapping.paragraph(number, width: style.width, first: "      ", rest: "       ")
        .map { style.paint($0, .name) }
    }
    lines += GivenText.lines(check.report.changes, word: "with", style: narrower)
      .map { margin + $0 }
    return lines
      + Wrapping.balanced(check.check.reason, width: style.width, margin: margin)
      .map { style.paint($0, .dim) }
  }

  private var narrower: TerminalStyle {
    TerminalStyle(width: style.width - indent, isColoured: style.isColoured)
  }

  /// The mark, the number, the formula, and the claims at the right edge.
  private func head(_ check: CheckRun) -> [String] {
    let claims = showsNames ? check.check.claims.joined(separator: " ") : ""
    let number = Columns.right("\(check.number)", 2)
    let room = style.width - indent
    let whole = check.check.formula
    let formula = whole.count <= room ? [whole] : Wrapping.paragraph(whole, width: room)
    let painted = formula.map { style.paint($0, .bold) }
    let first = style.mark(check.holds) + " " + number + "  " + (painted.first ?? "")
    let rest = painted.dropFirst().map(indented)
    let gap = room - (formula.first?.count ?? 0) - claims.count
    guard !claims.isEmpty else { return [first] + rest }
    guard gap >= 2, formula.count == 1 else {
      return [first] + rest + [style.paint(Columns.right(claims, style.width), .dim)]
    }
    return [first + Columns.blanks(gap) + style.paint(claims, .dim)]
  }

  /// Both sides with the sign under that of the formula, and a note at the end.
  private func sides(_ sides: SidesText, under formula: String, relation: String) -> [String] {
    let room = style.width - indent
    var texts = ["\(sides.left) \(sides.sign) \(sides.right)"]
    if let column = signColumn(formula, relation), texts[0].count + column < room {
      texts[0] = Columns.right(sides.left, column) + " \(sides.sign) \(sides.right)"
    }
    if texts[0].count > room {
      let right = Wrapping.paragraph(
        sides.right, width: room, first: "  \(sides.sign) ", rest: "     ")
      texts = Wrapping.paragraph(sides.left, width: room, rest: " ") + right
    }
    if !sides.note.isEmpty {
      if let last = texts.last, last.count + 3 + sides.note.count <= room {
        texts[texts.count - 1] += "   " + sides.note
      } else {
        texts += Wrapping.paragraph(sides.note, width: room, first: "  ", rest: "  ")
      }
    }
    return texts.map { indented(style.paint($0, .name)) }
  }

  /// The number of columns before the blank that precedes the formula's sign.
  private func signColumn(_ formula: String, _ relation: String) -> Int? {
    let words = formula.split(separator: " ", omittingEmptySubsequences: false)
    guard let place = words.firstIndex(where: { $0 == relation }), place > 0 else { return nil }
    return words[..<place].joined(separator: " ").count
  }

  private func verdict(_ check: CheckRun) -> [String] {
    let result = check.report.result
    guard !result.holds else {
      let text =
        check.report.exampleHolds
        ? VerdictText.passed(result) : VerdictText.passed(result) + "; refused on the example"
      return edges(text, showsNames ? check.check.id : "")
    }
    var lines = Wrapping.paragraph(VerdictText.refused(result), width: style.width - indent)
      .map { indented(style.paint($0, .bad)) }
    if let token = result.token, !isPerturbed {
      lines.append(indented(VerdictText.place(token, result)))
      lines += GivenText.lines(check.report.caseGivens, style: narrower).map(indented)
      if let finding = result.finding {
        lines += sides(
          SidesText(finding, holds: false), under: check.check.formula,
          relation: finding.relation.rawValue)
      }
    }
    return lines
  }

  /// The verdict at the left, the check's name at the right edge.
  private func edges(_ text: String, _ name: String) -> [String] {
    let room = style.width - indent
    guard !name.isEmpty else {
      return Wrapping.paragraph(text, width: room).map { indented(style.paint($0, .dim)) }
    }
    let lines = Columns.apart(text, name, room).map { [$0] } ?? [text, Columns.right(name, room)]
    return lines.map { indented(style.paint($0, .dim)) }
  }

  private func indented(_ text: String) -> String { Columns.blanks(indent) + text }
}
