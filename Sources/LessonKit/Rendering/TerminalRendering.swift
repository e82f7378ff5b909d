import Probability
import Verification

/// Lessons as plain text for a terminal, with or without colours.
public struct TerminalRendering: Sendable {
  /// The page: its width, and whether it is coloured.
  public let style: TerminalStyle

  /// A rendering for a page.
  public init(_ style: TerminalStyle) { self.style = style }

  /// The widest that prose is set; longer lines are hard to read.
  var prose: Int { style.measure }

  /// A lesson that has been run, as the lines of a page.
  public func lines(_ run: LessonRun) -> [String] {
    var lines = title(run.lesson)
    if !run.isPart, run.request.showsPages { lines += [""] + self.lines(run.lesson.frame) }
    for section in run.sections { lines += [""] + self.lines(section, run) }
    if !run.isPart, run.request.showsPages { lines += end(run) }
    return Fitting.folded(lines + [""] + summary(run), width: style.width)
  }

  /// What stands before the first section where the title is shown elsewhere.
  public func opening(_ lesson: Lesson) -> [String] {
    let frame = lines(lesson.frame)
    return frame.isEmpty ? [] : Fitting.folded(frame + [""], width: style.width)
  }

  /// A section with its title, its symbols and its parts.
  public func lines(_ section: LessonRun.SectionRun, _ run: LessonRun) -> [String] {
    let parts = pages(section.parts, run).filter { !$0.isEmpty }
    guard !run.isPart else { return Array(parts.joined(separator: [""])) }
    let title = heading("\(section.number). \(section.section.title)", aside: section.section.id)
    let symbols = section.section.symbols.isEmpty ? [] : [lines(section.section.symbols)]
    return Array(([[title]] + symbols + parts).joined(separator: [""]))
  }

  /// The parts of a section, each as lines; what explains a chain stands before its code.
  private func pages(_ parts: [LessonRun.Part], _ run: LessonRun) -> [[String]] {
    var pages: [[String]] = []
    var index = parts.startIndex
    while index < parts.endIndex {
      if case .inquiry(let inquiry) = parts[index], isExplained(index, parts) {
        pages.append(lines(inquiry, run, explanation: lines(parts[index + 1], run)))
        index += 2
      } else {
        pages.append(lines(parts[index], run))
        index += 1
      }
    }
    return pages
  }

  /// Whether the part after this one is prose that introduces nothing: no table, no picture.
  private func isExplained(_ index: Int, _ parts: [LessonRun.Part]) -> Bool {
    guard index + 1 < parts.endIndex, case .prose = parts[index + 1] else { return false }
    guard index + 2 < parts.endIndex else { return true }
    return switch parts[index + 2] {
    case .prose, .experiment: true
    case .given, .code, .inquiry, .table, .picture, .failure: false
    }
  }

  /// What follows the sections.
  public func end(_ run: LessonRun) -> [String] {
    let lesson = run.lesson
    var lines = [""] + self.lines(lesson.practice, lesson.id)
    if !run.errata.isEmpty { lines += [""] + self.lines(run.errata) }
    if !lesson.reading.isEmpty { lines += [""] + self.lines(lesson.reading) }
    return lines
  }

  private func title(_ lesson: Lesson) -> [String] {
    let rule = String(repeating: "═", count: style.width)
    let name = style.paint(lesson.title, .bold)
    let gap = style.width - lesson.title.count - lesson.id.count
    let line =
      gap >= 2
      ? name + Columns.blanks(gap) + style.paint(lesson.id, .dim) : "\(lesson.id) \(name)"
    return [style.paint(rule, .dim), line, style.paint(rule, .dim)]
  }

  /// What is read at one place of a lesson.
  func lines(_ part: LessonRun.Part, _ run: LessonRun) -> [String] {
    switch part {
    case .prose(let text): return Wrapping.page(text, width: prose, kept: style.width)
    case .given(let givens): return GivenText.lines(givens, style: style)
    case .code(let listing): return CodeText.lines(listing, style: style)
    case .experiment(let experiment): return lines(experiment, run.lesson.id)
    case .inquiry(let inquiry): return lines(inquiry, run)
    case .table(let table): return lines(table)
    case .picture(let picture): return lines(picture)
    case .failure(let reason):
      return [style.paint("This could not be computed: \(reason)", .bad)]
    }
  }

  private func lines(_ experiment: Experiment, _ id: String) -> [String] {
    Wrapping.paragraph(
      experiment.prompt, width: prose, first: "Try   ", rest: "      "
    ) + ["      " + style.paint("lessons try \(id.prefix(2))/\(experiment.id)", .name)]
  }

  /// A heading with a rule to the edge of the page.
  public func heading(_ text: String, aside: String = "") -> String {
    let end = aside.isEmpty ? "" : " " + aside
    let rule = max(2, style.width - 4 - text.count - end.count)
    return style.paint("── ", .dim) + style.paint(text, .bold)
      + style.paint(" " + String(repeating: "─", count: rule) + end, .dim)
  }

  /// A table in columns.
  public func lines(_ table: Table) -> [String] { TableText.lines(table, style: style) }

  /// A picture under its title, with its caption.
  public func lines(_ picture: Picture) -> [String] {
    var lines = picture.title.isEmpty ? [] : [style.paint(picture.title, .bold)]
    let drawn = picture.inked(width: style.width - 4).map { line in
      line.isEmpty ? "" : "  " + style.paint(line)
    }
    lines += Fitting.cut(drawn, width: style.width)
    if !picture.foot.isEmpty {
      lines += Wrapping.paragraph(picture.foot, width: style.measure, first: "  ", rest: "  ")
    }
    return lines
  }

  // MARK: The end of a lesson

  /// "04-nvil: all 45 checks hold (200 models a line, seed 1)".
  public func summary(_ run: LessonRun) -> [String] {
    let checks = run.checks.count
    let refused = run.checks.count { !$0.holds }
    let plan = run.request.plan
    var circumstances =
      plan.only.map { "case \($0)" }
      ?? "\(count(plan.problems, "model")) a line, seed \(plan.seed)"
    if plan.perturbation != 0 {
      circumstances += ", left sides moved by \(Format.brief(plan.perturbation))"
    }
    let failures = run.failures
    var verdict =
      refused == 0
      ? (checks == 1 ? "1 check holds" : "all \(checks) checks hold")
      : "\(refused) of \(checks) checks refused"
    if checks == 0 { verdict = "nothing to check" }
    if failures > 0 { verdict += ", \(failures) of its tables or pictures failed" }
    let id = run.lesson.id
    let text = Wrapping.paragraph(
      "\(verdict) (\(circumstances))", width: style.width, first: "✓ \(id): ", rest: "  ")
    let first = style.mark(run.holds) + " " + style.paint(id, .bold)
    return [first + (text.first ?? "").dropFirst(2 + id.count)] + text.dropFirst()
  }
}
