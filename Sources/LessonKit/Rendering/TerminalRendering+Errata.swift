import Probability

extension TerminalRendering {
  /// All errata, one a line, with the difference that each makes.
  public func errata(_ reports: [ErratumReport]) -> [String] {
    let numbers = Columns.aligned(reports.map(outcome))
    let lines = zip(reports, numbers).map { report, number in
      let erratum = report.erratum
      let verdict = Columns.left(erratum.verdict, 9)
      let head = " \(erratum.id)  \(verdict)  \(lessonNumber(erratum.lesson))  "
      let room = style.width - 3 - head.count - number.count
      let title = Columns.left(Columns.cut(erratum.title, room), room)
      return Drawing.trimmed(mark(report) + style.paint(head, .dim) + title + "  " + number)
    }
    let shown = reports.count { if case .shown = $0.outcome { true } else { false } }
    let wording = reports.count { if case .wordingOnly = $0.outcome { true } else { false } }
    let noun = reports.count == 1 ? "erratum" : "errata"
    let total =
      "\(reports.count) \(noun): \(shown) shown in numbers (corrected − printed; “undefined” where "
      + "a form gives no number), \(wording) about wording only, "
      + "\(reports.count - shown - wording) left to later lessons."
    let head = "  erratum verdict   in  title"
    let last = "corrected − printed"
    return [style.paint(Columns.apart(head, last, style.width) ?? head, .dim)] + lines + [""]
      + Wrapping.paragraph(total, width: style.measure)
  }

  private func outcome(_ report: ErratumReport) -> String {
    switch report.outcome {
    case .shown(_, _, let numbers):
      numbers.difference.map { Format.short($0, digits: 4) } ?? "undefined"
    case .failed: "failed"
    case .later: "later"
    case .wordingOnly: "wording"
    }
  }

  private func mark(_ report: ErratumReport) -> String {
    switch report.outcome {
    case .shown, .failed: style.mark(report.holds)
    case .later, .wordingOnly: style.paint("·", .dim)
    }
  }

  /// An erratum with both forms evaluated.
  public func erratum(_ report: ErratumReport, ledger: Ledger) -> [String] {
    let erratum = report.erratum
    var lines = [heading("\(erratum.id)  \(erratum.title)", aside: erratum.verdict)]
    for citation in ledger.citations([erratum.lecture]) { lines += field("In", citation) }
    lines += field("Printed", erratum.printed)
    lines += field("Problem", erratum.problem)
    lines += field("Corrected", erratum.corrected)
    lines += field("Numbers", erratum.numbers) + [""]
    switch report.outcome {
    case .shown(let lesson, let model, let numbers):
      return lines + comparison(numbers, model: model) + field("Shown in", lesson)
    case .failed(let lesson, let reason): return lines + field(lesson, "failed: \(reason)")
    case .later: return lines + field("Shown", "not yet; lesson \(erratum.lesson) will")
    case .wordingOnly: return lines + field("Shown", "wording only, nothing to compute")
    }
  }

  private func comparison(_ numbers: ErratumCase.Comparison, model: String) -> [String] {
    func text(_ value: Double?) -> String {
      value.map { Format.significant($0, digits: 12) } ?? "undefined"
    }
    var rows = [("printed", text(numbers.printed)), ("corrected", text(numbers.corrected))]
    if let independent = numbers.independent { rows.append(("independent", text(independent))) }
    if let difference = numbers.difference { rows.append(("difference", text(difference))) }
    if let under = numbers.underCondition {
      rows.append(("printed, where its condition holds", text(under.printed)))
      rows.append(("independent, there", text(under.independent)))
    }
    let width = rows.map(\.0.count).max() ?? 0
    let aligned = Columns.aligned(rows.map(\.1))
    var lines = field("Evaluated", model)
    for (row, number) in zip(rows, aligned) {
      let line = "    " + Columns.left(row.0, width) + "  " + number
      lines.append(Drawing.trimmed(line))
    }
    let verdict =
      numbers.holds
      ? "the corrected form agrees with the independent route, the printed does not"
      : "the corrected form does not agree with the independent route"
    return lines + ["  " + style.mark(numbers.holds) + " " + verdict]
  }
}
