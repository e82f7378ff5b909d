import Probability
import Verification

extension TerminalRendering {
  /// All that is known of one check: its model, its sides, its reason, its code, how exact it has to
  /// be, what it catches, and the words of the lectures that it establishes.
  public func why(_ check: CheckRun, of run: InquiryRun, ledger: Ledger) -> [String] {
    var lines = [heading(run.inquiry.title, aside: check.check.id), ""]
    lines += Wrapping.paragraph(check.check.formula, width: style.width, first: "  ", rest: "    ")
      .map { style.paint($0, .bold) }
    lines += Wrapping.paragraph(
      "because " + check.check.reason, width: prose, first: "  ", rest: "  ")
    for givens in [("Given", run.inquiry.givens), ("with", check.report.changes)]
    where !givens.1.isEmpty {
      lines += [""] + GivenText.lines(givens.1, word: givens.0, style: style)
    }
    lines += [""] + evaluated(check)
    if let listing = run.listing { lines += [""] + CodeText.lines(listing, style: style) }
    lines += [""] + paragraph("Tolerance", tolerance(check))
    lines += paragraph("Held on", VerdictText.passed(check.report.result))
    if let caught = check.caughtMistakes { lines += [""] + catches(caught, run.inquiry) }
    for claim in ledger.claims where check.check.claims.contains(claim.id) {
      lines += [""] + paragraph(claim.id, claim.statement)
      for citation in ledger.citations(claim.lectures) { lines += paragraph("", citation) }
      if let condition = claim.condition { lines += paragraph("", "Condition: " + condition) }
    }
    return lines
  }

  private func paragraph(_ name: String, _ text: String) -> [String] {
    let margin = max(11, name.count + 2)
    let label = Columns.left(name, margin)
    let lines = Wrapping.paragraph(
      text, width: prose, first: label, rest: Columns.blanks(margin))
    return [style.paint(label, .bold) + (lines.first ?? "").dropFirst(margin)] + lines.dropFirst()
  }

  // MARK: The sides

  /// Both sides, number by number, with their difference.
  private func evaluated(_ check: CheckRun) -> [String] {
    guard let finding = check.report.example else {
      let why = check.report.exampleFailure ?? "the example cannot be made"
      return paragraph("Sides", "cannot be evaluated on the example: \(why)")
    }
    let count = max(finding.left.count, finding.right.count)
    let sign = finding.relation.rawValue
    var columns = ["left", sign, "right", "left − right"]
    if finding.gap != nil { columns.append(finding.relation == .different ? "stated" : "gap") }
    if count > 1 { columns.insert("", at: 0) }
    func cell(_ values: [Double], _ place: Int) -> Table.Cell {
      guard let value = place < values.count ? values[place] : values.count == 1 ? values[0] : nil
      else { return .empty }
      return .figure(value, nil, digits: 12)
    }
    let rows = (0..<count).map { place -> [Table.Cell] in
      var cells = [cell(finding.left, place), .text(sign), cell(finding.right, place)]
      let sides = [finding.left, finding.right].map { $0.count == 1 ? $0[0] : $0[safe: place] }
      if let left = sides[0], let right = sides[1] {
        cells.append(.figure(left - right, nil, digits: 3))
      } else {
        cells.append(.empty)
      }
      if let gap = finding.gap { cells.append(cell(gap, place)) }
      return (count > 1 ? [.text("\(place + 1)")] : []) + cells
    }
    return self.lines(
      Table(title: "Both sides on this model, number by number", columns: columns, rows: rows))
  }

  // MARK: How exact, and what is caught

  private func tolerance(_ check: CheckRun) -> String {
    guard let finding = check.report.example else { return "none, as there are no numbers" }
    let share = Format.brief(finding.rounding)
    let size = Format.short(finding.scale, digits: 4)
    let rounding =
      finding.rounding == 0
      ? "none: whole numbers are counted"
      : "\(share) of the size of the terms, \(size) here: what rounding can explain, from the "
        + "bounds that the numbers carry and the number of terms"
    switch finding.relation {
    case .equal: return rounding
    case .atLeast, .atMost:
      return "the sign must hold and the gap must be the one stated, within " + rounding
    case .within: return "the sides may be \(Format.brief(finding.limit)) apart, a computed bound"
    case .different:
      return "the sides must be at least \(Format.brief(finding.limit)) apart, and by what is "
        + "stated, within " + rounding
    case .tends:
      return "the error must fall with order \(Format.short(finding.order)), "
        + "\(Format.brief(finding.limit)) to either side"
    }
  }

  private func catches(_ names: [String], _ inquiry: any Inquiry) -> [String] {
    guard !names.isEmpty else { return paragraph("Catches", "none of the mistakes known here") }
    var lines = paragraph("Catches", "\(names.count) of \(inquiry.mistakes.count) mistakes")
    for mistake in inquiry.mistakes where names.contains(mistake.name) {
      lines += Wrapping.paragraph(
        "\(mistake.name): \(mistake.summary)", width: prose, first: "  ✗ ", rest: "    ")
    }
    return lines
  }
}

extension [Double] {
  fileprivate subscript(safe place: Int) -> Double? { place < count ? self[place] : nil }
}
