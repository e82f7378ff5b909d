import Probability

extension TerminalRendering {
  /// The lessons with what each has.
  public func list(_ lessons: [Lesson]) -> [String] {
    let width = lessons.map(\.id.count).max() ?? 0
    let margin = Columns.blanks(width + 2)
    return lessons.flatMap { lesson -> [String] in
      let id = style.paint(Columns.left(lesson.id, width), .name)
      let counts = [
        count(lesson.inquiries.count, "exercise"),
        count(lesson.inquiries.reduce(0) { $0 + $1.checks.count }, "check"),
        count(lesson.inquiries.reduce(0) { $0 + $1.mistakes.count }, "mistake"),
      ].joined(separator: ", ")
      let summary = Wrapping.paragraph(
        lesson.summary, width: style.measure, first: margin, rest: margin)
      return [id + "  " + style.paint(lesson.title, .bold)]
        + (lesson.summary.isEmpty ? [] : summary)
        + [margin + style.paint(counts, .dim)]
    }
  }

  func count(_ number: Int, _ word: String) -> String {
    number == 1 ? "1 \(word)" : "\(Format.count(number)) \(word)s"
  }

  /// The mistakes, lesson by lesson, with the checks that refuse each.
  public func mistakes(_ catalogue: MistakeCatalogue) -> [String] {
    var lines: [String] = []
    for lesson in catalogue.lessons {
      let entries = catalogue.entries.filter { $0.lesson == lesson.id }
      if entries.isEmpty { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append(heading(lesson.title, aside: lesson.id))
      for entry in entries { lines += [""] + self.lines(entry) }
    }
    let caught = catalogue.entries.count { !$0.caughtBy.isEmpty }
    let total = count(catalogue.entries.count, "mistake")
    return lines + (lines.isEmpty ? [] : [""]) + ["\(total), \(caught) of them caught."]
  }

  private func lines(_ entry: MistakeCatalogue.Entry) -> [String] {
    let margin = Columns.blanks(4)
    let name = entry.mistake.name
    let gap = style.width - 2 - name.count - entry.inquiry.count
    var lines = [
      style.mark(!entry.caughtBy.isEmpty) + " " + style.paint(name, .bold)
        + Columns.blanks(gap) + style.paint(entry.inquiry, .dim)
    ]
    lines += Wrapping.paragraph(
      entry.mistake.summary, width: style.measure, first: margin, rest: margin)
    if let source = entry.mistake.source {
      lines += Wrapping.paragraph(
        "seen in: \(source)", width: style.measure, first: margin, rest: margin)
    }
    let checks = entry.caughtBy.map { String($0.split(separator: "/").last ?? "") }
    let caught =
      checks.isEmpty
      ? "caught by nothing"
      : "caught by \(checks.count) of \(entry.checks): " + checks.joined(separator: ", ")
    return lines
      + Wrapping.paragraph(caught, width: style.measure, first: margin, rest: margin)
      .map { style.paint($0, .dim) }
  }
}
