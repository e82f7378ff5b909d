import Verification

extension TerminalRendering {
  /// A derivation or an exercise: its checks, then its task, and how to see its checks fail.
  func lines(_ run: InquiryRun, _ lesson: LessonRun) -> [String] {
    let id = lesson.lesson.id
    var lines = [heading(run.inquiry.title, aside: run.inquiry.id)]
    if let mistake = run.mistake { lines += [""] + introduction(mistake) }
    let text = CheckText(
      style: style, isPerturbed: lesson.request.plan.perturbation != 0)
    for check in run.checks where run.mistake == nil || !check.holds {
      lines += [""] + text.lines(check)
    }
    let again = replay(run, lesson)
    if !again.isEmpty { lines += [""] + again }
    if let mistake = run.mistake { return lines + [""] + outcome(run, mistake) }
    guard lesson.request.only == nil else { return lines }
    let end = task(run.inquiry) + catalogue(run.inquiry, id)
    return end.isEmpty ? lines : lines + [""] + end
  }

  /// The command that replays the first refused case, in two lines where one would be too wide.
  private func replay(_ run: InquiryRun, _ lesson: LessonRun) -> [String] {
    guard lesson.request.plan.perturbation == 0,
      let check = run.checks.first(where: { !$0.report.result.holds }),
      let token = check.report.result.token
    else { return [] }
    let mistake = run.mistake.map { " --mistake \($0.name)" } ?? ""
    let command = "lessons run \(lesson.lesson.id)\(mistake)"
    let options = "--only \(check.check.id) --case \(token)"
    let label = style.paint("Again", .bold) + " "
    guard command.count + options.count + 7 > style.width else {
      return [label + command + " " + options]
    }
    return [label + command + " \\", "        " + options]
  }

  // MARK: What a student may do now

  private func task(_ inquiry: any Inquiry) -> [String] {
    guard let task = inquiry.assignment?.task else { return [] }
    return Wrapping.page(task, width: style.width - 6).enumerated().map { index, line in
      (index == 0 ? style.paint("Task", .bold) + "  " : "      ") + line
    }
  }

  private func catalogue(_ inquiry: any Inquiry, _ lesson: String) -> [String] {
    guard let first = inquiry.mistakes.first else { return [] }
    let names = inquiry.mistakes.map(\.name).joined(separator: ", ")
    let intro = count(inquiry.mistakes.count, "wrong version")
    let lines = Wrapping.paragraph(
      "\(intro), refused by some of these lines and passed by others: \(names). See one:",
      width: style.width, first: "Break ", rest: "      ")
    let label = style.paint("Break", .bold)
    return [label + (lines.first ?? "").dropFirst(5)] + lines.dropFirst()
      + ["      lessons run \(lesson) --mistake \(first.name)"]
  }

  // MARK: A mistake

  private func introduction(_ mistake: MistakeSummary) -> [String] {
    let name = style.paint("Mistake", .bold) + " " + style.paint(mistake.name, .bad)
    var lines =
      [name]
      + Wrapping.paragraph(
        mistake.summary, width: style.width, first: "  ", rest: "  ")
    if let source = mistake.source {
      lines += Wrapping.paragraph("Seen in: \(source)", width: style.width, first: "  ", rest: "  ")
    }
    return lines
  }

  /// What the mistake gets away with, a line each, and a summary.
  private func outcome(_ run: InquiryRun, _ mistake: MistakeSummary) -> [String] {
    let passed = run.checks.filter(\.holds)
    let refused = run.checks.count - passed.count
    var lines: [String] = []
    if !passed.isEmpty {
      lines.append("It passes:")
      lines += passed.map { check in
        style.mark(true) + " " + Columns.right("\(check.number)", 2) + "  "
          + Columns.cut(check.check.formula, style.width - 6)
      }
      lines.append("")
    }
    let total = count(run.checks.count, "line")
    let text =
      refused == 0
      ? "Nothing here refuses \(mistake.name)."
      : "\(mistake.name) is refused by \(refused) of \(total)"
        + (passed.isEmpty ? "." : ", and passes \(passed.count).")
    return lines + Wrapping.paragraph(text, width: style.width)
  }
}
