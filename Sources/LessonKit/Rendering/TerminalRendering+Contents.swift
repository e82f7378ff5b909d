extension TerminalRendering {
  /// The sections of a lesson with what stands in each, and a mark at those that were read.
  public func sections(_ lesson: Lesson, isRead: (_ section: String) -> Bool) -> [String] {
    let read = lesson.sections.count { isRead($0.id) }
    var lines = [
      heading(
        lesson.title,
        aside: "\(TerminalRendering.bar(read, of: lesson.sections.count)) \(lesson.id)")
    ]
    for (number, section) in zip(1..., lesson.sections) {
      let mark = isRead(section.id) ? style.paint("✓", .good) : " "
      let title = Wrapping.paragraph(
        section.title, width: style.measure - 6, first: "", rest: "      ")
      lines.append(
        "\(mark) " + Columns.right("\(number)", 2) + "  " + style.paint(title[0], .bold))
      lines += title.dropFirst()
      let names = section.blocks.compactMap { block -> String? in
        switch block {
        case .inquiry(let inquiry): inquiry.id
        case .experiment(let name): "try " + name
        default: nil
        }
      }
      guard !names.isEmpty else { continue }
      lines += Wrapping.paragraph(
        names.joined(separator: ", "), width: style.measure, first: "      ", rest: "      "
      ).map { style.paint($0, .dim) }
    }
    return lines
  }

  /// The lessons with how much of each was read.
  public func progress(
    _ lessons: [Lesson], isRead: (_ lesson: String, _ section: String) -> Bool
  ) -> [String] {
    let width = lessons.map(\.id.count).max() ?? 0
    let bars = lessons.map { lesson in
      TerminalRendering.bar(
        lesson.sections.count { isRead(lesson.id, $0.id) }, of: lesson.sections.count)
    }
    let room = bars.map(\.count).max() ?? 0
    return zip(lessons, bars).flatMap { lesson, bar -> [String] in
      let head = Columns.left(lesson.id, width) + "  " + Columns.left(bar, room) + "  "
      let titles = Wrapping.paragraph(
        lesson.title, width: max(style.measure, head.count + 12), first: head,
        rest: Columns.blanks(head.count))
      return [
        style.paint(Columns.left(lesson.id, width), .name)
          + titles[0].dropFirst(width).replacing(
            lesson.title, with: style.paint(lesson.title, .bold))
      ] + titles.dropFirst()
    }
  }

  /// The mistakes of an exercise or derivation, without judging them.
  public func mistakes(of inquiry: any Inquiry) -> [String] {
    [heading(inquiry.title, aside: inquiry.id)]
      + inquiry.mistakes.flatMap { mistake in
        ["", style.paint(mistake.name, .bold)]
          + Wrapping.paragraph(mistake.summary, width: style.measure, first: "  ", rest: "  ")
          + (mistake.source.map { source in
            Wrapping.paragraph(
              "seen in: \(source)", width: style.measure, first: "  ", rest: "  "
            ).map { style.paint($0, .dim) }
          } ?? [])
      }
  }

  /// What a lesson has: its exercises and derivations, a line each.
  public func contents(_ lesson: Lesson) -> [String] {
    let width = lesson.inquiries.map(\.id.count).max() ?? 0
    let lines = lesson.inquiries.flatMap { inquiry -> [String] in
      let kind = inquiry.assignment == nil ? "read" : "exercise"
      let counts = [
        kind, count(inquiry.checks.count, "check"), count(inquiry.mistakes.count, "mistake"),
      ].joined(separator: ", ")
      let margin = Columns.blanks(width + 4)
      let title = Wrapping.paragraph(
        inquiry.title, width: style.width, first: margin, rest: margin)
      return [
        "  " + style.paint(Columns.left(inquiry.id, width), .name)
          + (title.first ?? "").dropFirst(width + 2)
      ] + title.dropFirst() + [margin + style.paint(counts, .dim)]
    }
    return [heading(lesson.title, aside: lesson.id)]
      + Wrapping.paragraph(lesson.summary, width: style.width, first: "  ", rest: "  ")
      + [""] + lines
  }

  /// What an exercise or derivation has: its checks with their formulas, and its mistakes.
  public func contents(_ inquiry: any Inquiry) -> [String] {
    var lines = [heading(inquiry.title, aside: inquiry.id)]
    for (number, check) in zip(1..., inquiry.checks) {
      let margin = Columns.blanks(4)
      lines.append(
        Columns.right("\(number)", 2) + "  " + style.paint(check.id, .name))
      lines += Wrapping.paragraph(check.formula, width: style.width, first: margin, rest: margin)
    }
    guard !inquiry.mistakes.isEmpty else { return lines }
    let names = inquiry.mistakes.map(\.name).joined(separator: ", ")
    return lines + [""]
      + Wrapping.paragraph("Mistakes: " + names, width: style.width, rest: "    ")
  }
}
