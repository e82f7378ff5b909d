extension TerminalRendering {
  /// All claims, one a line, and how many of them have been established.
  public func claims(_ reports: [ClaimReport]) -> [String] {
    let lines = reports.map { report in
      let status = Columns.left(report.status.rawValue, 15)
      let head = " \(report.claim.id)  \(status)  \(lessonNumber(report.claim.lesson))  "
      let statement = Columns.cut(report.claim.statement, style.width - 1 - head.count)
      return mark(report) + style.paint(head, .dim) + statement
    }
    return [style.paint("  claim  status           in  statement", .dim)] + lines
      + ["", total(reports)]
  }

  /// The number of a lesson, for columns: "04".
  func lessonNumber(_ id: String?) -> String { Columns.left(String((id ?? "").prefix(2)), 2) }

  private func total(_ reports: [ClaimReport]) -> String {
    let counts = ClaimReport.Status.allCases.compactMap { status -> String? in
      let number = reports.count { $0.status == status }
      return number > 0 ? "\(number) \(status.rawValue)" : nil
    }
    return count(reports.count, "claim") + ": " + counts.joined(separator: ", ") + "."
  }

  private func mark(_ report: ClaimReport) -> String {
    guard report.holds else { return style.mark(false) }
    switch report.status {
    case .holds, .conditional, .refuted: return style.mark(true)
    case .notChecked, .reference: return style.paint("·", .dim)
    }
  }

  /// A claim with its lectures, its condition and its checks in numbers.
  public func claim(_ report: ClaimReport, ledger: Ledger) -> [String] {
    let claim = report.claim
    var lines = [heading(claim.id, aside: claim.kind)]
    lines += Wrapping.paragraph(claim.statement, width: style.measure, first: "  ", rest: "  ")
    lines.append("")
    lines += field("Status", status(report))
    if let condition = claim.condition { lines += field("Condition", condition) }
    if let why = claim.why { lines += field("Why not", why) }
    for citation in ledger.citations(claim.lectures) { lines += field("Stated in", citation) }
    if !claim.errata.isEmpty { lines += field("Errata", claim.errata.joined(separator: ", ")) }
    for check in report.checks {
      let exercise = check.id.split(separator: "/").dropLast().joined(separator: "/")
      let text = CheckText(style: style)
      lines += ["", style.paint("\(exercise), line \(check.number)", .dim)] + text.lines(check)
    }
    return lines
  }

  private func status(_ report: ClaimReport) -> String {
    switch report.status {
    case .holds: return "holds"
    case .conditional: return "conditional: true under the condition, false without it"
    case .refuted: return "refuted: the lines show where it fails, and what is true"
    case .reference: return "reference: nothing to check"
    case .notChecked:
      guard report.holds else { return "not established: a check failed" }
      return "not checked yet" + (report.claim.lesson.map { "; lesson \($0) will" } ?? "")
    }
  }

  /// A name and what belongs to it, indented below itself.
  func field(_ name: String, _ text: String) -> [String] {
    let label = Columns.left("  " + name, 14)
    let lines = Wrapping.paragraph(
      text, width: style.measure, first: label, rest: Columns.blanks(14))
    return [style.paint(label, .dim) + (lines.first ?? "").dropFirst(14)] + lines.dropFirst()
  }
}
