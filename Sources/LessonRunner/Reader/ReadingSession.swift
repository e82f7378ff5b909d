import LessonKit
import Verification

/// Reading a lesson on a screen: fetches pages, draws them, and hands keys to the reader.
struct ReadingSession {
  private let environment: CommandEnvironment
  private let screen: any Screen
  private var pages: LessonPages
  private var reader: Reader
  private var progress: Progress
  /// How often something was tried in each section.
  private var trials: [Int: Int] = [:]

  init(
    _ lesson: Lesson, at section: Int, hasSteps: Bool, _ environment: CommandEnvironment,
    _ screen: any Screen
  ) {
    self.environment = environment
    self.screen = screen
    pages = LessonPages(lesson)
    reader = Reader(count: pages.ids.count, section: section, hasSteps: hasSteps)
    progress = environment.progress
  }

  /// Reads until the reader leaves; the screen is open.
  mutating func read() {
    visit()
    while true {
      let size = screen.size
      let style = TerminalStyle(width: size.columns, isColoured: environment.isColoured)
      let room = TerminalRendering.room(rows: size.rows)
      let page = pages.page(reader.section, style)
      reader.settle(on: page, room: room)
      screen.show(frame(page, style, size))
      let before = reader.section
      let key = screen.key()
      guard fulfil(reader.press(key, on: page, room: room), style) else { return }
      if reader.section != before { visit() }
    }
  }

  /// Writes down that the section is seen.
  private mutating func visit() {
    progress.visit(.init(lesson: pages.lesson.id, section: pages.ids[reader.section]))
    environment.keep(progress)
  }

  /// Fetches what was asked for; false to leave.
  private mutating func fulfil(_ wish: Reader.Wish, _ style: TerminalStyle) -> Bool {
    let rendering = TerminalRendering(style)
    switch wish {
    case .nothing: break
    case .leave: return false
    case .help: reader.show(ReaderNote(title: "Keys", lines: ReadingSession.help))
    case .mistakes:
      let lines = pages.inquiries(reader.section).map { rendering.mistakes(of: $0) }
      show("Mistakes", lines, style, orElse: "This section has no exercise, and so no mistakes.")
    case .why:
      show("Why", why(rendering), style, orElse: "This section has nothing that is checked.")
    case .word(let word):
      let found = environment.course.glossaryPages(word, style)
      show("Glossary: \(word)", found, style, orElse: "The glossary has nothing like this word.")
    case .experiment:
      let experiments = pages.experiments(reader.section)
      guard !experiments.isEmpty else {
        show("Try", [], style, orElse: "This lesson has nothing to move yet.")
        break
      }
      let experiment = experiments[trials[reader.section, default: 0] % experiments.count]
      trials[reader.section, default: 0] += 1
      var trial = TrialSession(experiment, pages.lesson, environment, screen)
      trial.run()
    }
    return true
  }

  private mutating func show(
    _ title: String, _ parts: [[String]], _ style: TerminalStyle, orElse nothing: String
  ) {
    let lines = parts.isEmpty ? [nothing] : Array(parts.joined(separator: [""]))
    reader.show(ReaderNote(title: title, lines: Fitting.folded(lines, width: style.width)))
  }

  /// Everything about the steps of this section.
  private func why(_ rendering: TerminalRendering) -> [[String]] {
    guard let ledger = try? environment.course.ledger() else { return [] }
    return pages.inquiries(reader.section).flatMap { inquiry -> [[String]] in
      var request = RunRequest(plan: SearchPlan(), showsPages: false)
      request.judgesMistakes = true
      request.only = "\(pages.lesson.id)/\(inquiry.id)"
      let run = pages.lesson.run(request)
      return run.inquiries.flatMap { run in
        run.checks.map { rendering.why($0, of: run, ledger: ledger) }
      }
    }
  }

  // MARK: What is seen

  private func frame(_ page: ReaderPage, _ style: TerminalStyle, _ size: ScreenSize) -> [String] {
    let rendering = TerminalRendering(style)
    if let note = reader.note {
      return rendering.screen(
        head: note.title, aside: pages.lesson.id, lines: note.lines, top: reader.noteTop,
        rows: size.rows, keys: keys([("q", "back to the page"), ("space", "more"), ("b", "back")]))
    }
    let number = pages.lesson.id.prefix { $0 != "-" }
    let seen = pages.ids.count { progress.has(.init(lesson: pages.lesson.id, section: $0)) }
    let place = "\(reader.section + 1) of \(reader.count)"
    let bar = TerminalRendering.bar(seen, of: reader.count)
    let aside = style.width >= 60 ? "\(bar)  section \(place)" : place
    return rendering.screen(
      head: "\(number)  \(pages.lesson.title)", aside: aside, lines: page.lines(reader.shown),
      top: reader.top, rows: size.rows,
      keys: keys([
        ("space", reader.shown < page.pieces.count ? "next step" : "on"), ("b", "back"),
        ("q", "quit"), ("n/p", "section"), ("s", reader.hasSteps ? "whole page" : "steps"),
        ("t", "try"), ("m", "mistakes"), ("w", "why"), ("g", "word"), ("?", "keys"),
      ]))
  }

  /// The hints, or the word that is being typed.
  private func keys(_ usual: [TerminalRendering.KeyHint]) -> [TerminalRendering.KeyHint] {
    guard let word = reader.word else { return usual }
    return [("glossary:", word + "▏"), ("enter", "look up"), ("esc", "back")]
  }

  private static let help = [
    "space, enter   the next step, the next screen, the next section",
    "b              back again",
    "n, p, → ←      the next section, the section before",
    "↑ ↓, j k       a line up or down; home and end",
    "s              steps one by one, or the whole page",
    "t              try: move something and watch; again for the next thing",
    "m              the mistakes of this section",
    "w              why: everything behind each line of this section",
    "g              a word of the glossary",
    "q, esc         leave; next time you go on from here",
  ]
}
