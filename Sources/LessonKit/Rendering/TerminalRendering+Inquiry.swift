import Verification

extension TerminalRendering {
  /// A derivation or an exercise: its model, its chain, its code, and how to see it fail.
  ///
  /// What explains the chain stands under it, before the code.
  func lines(
    _ run: InquiryRun, _ lesson: LessonRun, explanation: [String] = []
  ) -> [String] {
    let between = explanation.isEmpty ? [] : [""] + explanation
    let text = CheckText(
      style: style, isPerturbed: lesson.request.plan.perturbation != 0,
      showsNames: lesson.request.showsClaims)
    var lines = [subheading(run.inquiry, lesson)]
    let isWhole = run.mistake != nil || lesson.request.only != nil || lesson.request.showsAll
    let model = run.inquiry.givens.filter { isWhole || !$0.isForFoldedLines }
    let place = isWhole ? nil : lesson.section(showing: model, before: run.inquiry.id)
    let givens = GivenText.lines(model, alsoIn: place, style: style)
    if let mistake = run.mistake {
      lines += [""] + introduction(mistake) + difference(run)
      if !givens.isEmpty { lines += [""] + givens }
      for check in run.checks where !check.holds { lines += [""] + text.lines(check) }
      return lines + again(run, lesson) + [""] + outcome(run, mistake) + between
    }
    if !givens.isEmpty { lines += [""] + givens }
    if lesson.request.only != nil {
      for check in run.checks { lines += [""] + text.lines(check) }
      return lines + again(run, lesson) + between
    }
    lines += argument(run, text, lesson) + between
    if let listing = run.listing { lines += [""] + CodeText.lines(listing, style: style) }
    let end = task(run.inquiry) + catalogue(run.inquiry, lesson.lesson.id)
    return lines + again(run, lesson) + (end.isEmpty ? [] : [""] + end)
  }

  /// The title of a derivation or an exercise, which stands in a section.
  private func subheading(_ inquiry: any Inquiry, _ lesson: LessonRun) -> String {
    let name = style.paint(inquiry.title, .bold)
    let id = "\(lesson.lesson.id.prefix(2))/\(inquiry.id)"
    let gap = style.width - inquiry.title.count - id.count
    return gap >= 2 ? name + Columns.blanks(gap) + style.paint(id, .dim) : name
  }

  /// The chain with its verdict, what follows from it, and what is folded; whatever is refused last.
  private func argument(
    _ run: InquiryRun, _ text: CheckText, _ lesson: LessonRun
  ) -> [String] {
    var lines: [String] = []
    let chain = ChainText(style: style)
    for steps in run.chains { lines += [""] + chain.lines(steps) }
    let steps = run.checks(as: .step)
    if !steps.isEmpty, steps.allSatisfy(\.holds) {
      lines.append("  " + style.mark(true) + " " + style.paint(verdict(steps, lesson), .dim))
    }
    if !run.inquiry.afterChain.isEmpty {
      lines += [""] + Wrapping.page(run.inquiry.afterChain, width: prose)
    }
    for check in run.checks(as: .consequence) where check.holds {
      lines += [""] + text.short(check)
    }
    if lesson.request.showsAll {
      for role in [Role.specialCase, .aside, .erratum] {
        let checks = run.checks(as: role).filter(\.holds)
        if !checks.isEmpty { lines += ["", style.paint(role.plural, .dim)] }
        for check in checks { lines += [""] + text.lines(check) }
      }
    } else {
      lines += folded(run)
    }
    for check in run.checks where !check.holds { lines += [""] + text.lines(check) }
    return lines
  }

  /// "every step held on 200 random models".
  private func verdict(_ steps: [CheckRun], _ lesson: LessonRun) -> String {
    let models = count(lesson.request.plan.problems, "random model")
    return steps.count == 1 ? "held on \(models)" : "every step held on \(models)"
  }

  /// "✓ and 6 special cases, 1 aside"; `run --all` prints them.
  private func folded(_ run: InquiryRun) -> [String] {
    let parts = [Role.specialCase, .aside, .erratum].compactMap { role -> String? in
      let checks = run.checks(as: role).filter(\.holds)
      guard !checks.isEmpty else { return nil }
      return "\(checks.count) \(checks.count == 1 ? role.rawValue : role.plural)"
    }
    guard !parts.isEmpty else { return [] }
    let words = "and " + parts.joined(separator: ", ")
    return ["", "  " + style.mark(true) + " " + style.paint(words, .dim)]
  }

  private func again(_ run: InquiryRun, _ lesson: LessonRun) -> [String] {
    let again = replay(run, lesson)
    return again.isEmpty ? [] : [""] + again
  }

  /// What the mistake changes of the code.
  private func difference(_ run: InquiryRun) -> [String] {
    guard let wrong = run.wrong else { return [] }
    guard let right = run.listing else { return [""] + CodeText.lines(wrong, style: style) }
    return [""] + CodeText.lines(right, wrong: wrong, style: style)
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
    return Wrapping.page(task, width: prose - 6).enumerated().map { index, line in
      (index == 0 ? style.paint("Task", .bold) + "  " : "      ") + line
    }
  }

  private func catalogue(_ inquiry: any Inquiry, _ lesson: String) -> [String] {
    guard let first = inquiry.mistakes.first else { return [] }
    let intro = count(inquiry.mistakes.count, "wrong version")
    let lines = Wrapping.paragraph(
      "\(intro) of this (lessons mistakes \(lesson.prefix(2))). One of them:",
      width: prose, first: "Break ", rest: "      ")
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
        mistake.summary, width: style.measure, first: "  ", rest: "  ")
    if let source = mistake.source {
      lines += Wrapping.paragraph(
        "Seen in: \(source)", width: style.measure, first: "  ", rest: "  ")
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
    return lines + Wrapping.paragraph(text, width: style.measure)
  }
}
