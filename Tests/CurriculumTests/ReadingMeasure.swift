import Probability
import Verification

@testable import LessonKit

/// What a reader of a page meets, in order: sentences, and the lines between them.
///
/// Made from the data of a run, with the layout of the terminal 80 columns wide; a test compares
/// the number of lines with the printed page.
struct ReadingMeasure {
  /// A thing on the page.
  struct Piece {
    enum Kind { case sentence, block, lines, heading }
    let kind: Kind
    /// The lines that it prints, without blank ones.
    let lines: Int
    /// What it is, for a message.
    let name: String
    /// How long it is read, in seconds; code and tasks are extra.
    let seconds: Double

    /// What it counts for between two sentences: a drawing, the chains of an inquiry or a listing
    /// are taken in as one thing.
    var distance: Int {
      switch kind {
      case .sentence, .heading: 0
      case .block: min(lines, 10)
      case .lines: lines
      }
    }
  }

  let lesson: Lesson
  private let run: LessonRun
  private let style = TerminalStyle(width: 80)
  private let rendering = TerminalRendering(TerminalStyle(width: 80))

  init(_ lesson: Lesson) {
    self.lesson = lesson
    run = lesson.run(RunRequest(plan: .init(problems: 1)))
  }

  /// The sections, with all that stands in each.
  var sections: [(section: Section, pieces: [Piece])] {
    run.sections.map { ($0.section, pieces($0)) }
  }

  /// How many lines of a section are printed, blank ones left out.
  var printed: [Int] { run.sections.map { Self.count(rendering.lines($0, run)) } }

  /// How long the main line takes, and how long what may be left out, in minutes.
  var minutes: (main: Double, aside: Double) {
    var seconds = (main: 0.0, aside: 0.0)
    for (section, pieces) in sections {
      let sum = pieces.reduce(0) { $0 + $1.seconds }
      if section.isAside { seconds.aside += sum } else { seconds.main += sum }
    }
    seconds.aside += run.errata.reduce(0) { $0 + Self.reading($1.erratum.model) }
    return (seconds.main / 60, seconds.aside / 60)
  }

  /// Where more than so many lines stand between two sentences of a section: what they are.
  func stretches(over limit: Int) -> [String] {
    sections.flatMap { section, pieces in
      pieces.split { $0.kind == .sentence }.compactMap { between -> String? in
        let length = between.reduce(0) { $0 + $1.distance }
        guard length > limit else { return nil }
        let names = between.map { "\($0.name) \($0.distance)" }.joined(separator: ", ")
        return "\(lesson.id)/\(section.id): \(length) lines: \(names)"
      }
    }
  }
}

extension Section {
  /// Whether it may be left out.
  var isAside: Bool { title.hasPrefix("Aside:") || title.hasPrefix("Optional:") }
}

// MARK: What a section is made of

extension ReadingMeasure {
  /// The seconds for words, at 130 a minute.
  static func reading(_ text: String) -> Double {
    Double(text.split { $0.isWhitespace }.count) * 60 / 130
  }

  private static func count(_ lines: [String]) -> Int {
    lines.count { line in line.contains { $0 != " " } }
  }

  private func pieces(_ section: LessonRun.SectionRun) -> [Piece] {
    let symbols = section.section.symbols
    let words = symbols.map { "\($0.name) \($0.meaning)" }.joined(separator: " ")
    var pieces = [
      Piece(kind: .heading, lines: 1, name: "title", seconds: 0),
      Piece(
        kind: .lines, lines: rendering.lines(symbols).count, name: "symbols",
        seconds: Self.reading(words)),
    ]
    var parts = section.parts[...]
    while let part = parts.popFirst() {
      guard case .inquiry(let inquiry) = part else {
        pieces += self.pieces(part)
        continue
      }
      // What explains a chain is printed before its code.
      var explanation: [Piece] = []
      if case .prose = parts.first, isExplanation(parts.dropFirst().first) {
        explanation = parts.popFirst().map(self.pieces) ?? []
      }
      pieces += self.pieces(inquiry, explanation)
    }
    return pieces.filter { $0.lines > 0 }
  }

  /// Whether prose before this part belongs to what stands above it: it introduces nothing.
  private func isExplanation(_ next: LessonRun.Part?) -> Bool {
    switch next {
    case nil, .prose, .experiment: true
    default: false
    }
  }

  private func pieces(_ part: LessonRun.Part) -> [Piece] {
    switch part {
    case .prose(let text): return prose(text)
    case .given(let givens):
      return [lines("given", GivenText.lines(givens, style: style))]
    case .code(let listing): return [code(listing)]
    case .experiment(let experiment):
      let prompt = Wrapping.paragraph(
        experiment.prompt, width: style.measure, first: "Try   ", rest: "      ")
      // The call stands on a line of its own.
      return [
        Piece(kind: .sentence, lines: prompt.count, name: "try", seconds: 0),
        Piece(kind: .lines, lines: 1, name: "call", seconds: 0),
      ]
    case .table(let table):
      let all = Self.count(rendering.lines(table))
      return captioned("table", .lines, all, note: table.note, foot: [table.note, table.kinds])
    case .picture(let picture):
      let all = Self.count(rendering.lines(picture))
      return captioned("picture", .block, all, note: picture.caption, foot: [picture.foot])
    case .inquiry(let inquiry): return pieces(inquiry, [])
    case .failure(let reason): return [Piece(kind: .lines, lines: 1, name: reason, seconds: 0)]
    }
  }

  /// Paragraphs are sentences; lines that are kept as they are stand between them.
  private func prose(_ text: String) -> [Piece] {
    let width = style.width
    var pieces: [Piece] = []
    for paragraph in text.split(separator: "\n\n") {
      let printed = Self.count(
        Wrapping.page(String(paragraph), width: style.measure, kept: width))
      let isKept = paragraph.split(separator: "\n").allSatisfy { $0.hasPrefix("    ") }
      pieces.append(
        Piece(
          kind: isKept ? .lines : .sentence, lines: printed, name: isKept ? "formulas" : "prose",
          seconds: Self.reading(String(paragraph))))
    }
    return pieces
  }

  /// A table or a picture with its caption, which is a sentence if the lesson wrote one.
  private func captioned(
    _ name: String, _ kind: Piece.Kind, _ all: Int, note: String, foot: [String]
  ) -> [Piece] {
    let text = foot.filter { !$0.isEmpty }.joined(separator: " ")
    let caption =
      text.isEmpty
      ? 0
      : Wrapping.paragraph(text, width: style.measure, first: "  ", rest: "  ").count
    return [
      Piece(kind: kind, lines: all - caption, name: name, seconds: 20),
      Piece(
        kind: note.isEmpty ? .lines : .sentence, lines: caption, name: "caption",
        seconds: Self.reading(note)),
    ]
  }

  /// An inquiry: title, model, chains, what follows from them, its code, its task, how to break it.
  private func pieces(_ run: InquiryRun, _ explanation: [Piece]) -> [Piece] {
    let (chainText, checkText) = (ChainText(style: style), CheckText(style: style))
    let model = run.inquiry.givens.filter { !$0.isForFoldedLines }
    let place = self.run.section(showing: model, before: run.inquiry.id)
    var pieces = [
      Piece(kind: .heading, lines: 1, name: run.inquiry.id, seconds: 0),
      lines("given", GivenText.lines(model, alsoIn: place, style: style)),
    ]
    let chains = run.chains
    if !chains.isEmpty {
      // The last line says that every step held.
      pieces.append(
        Piece(
          kind: .block, lines: chains.reduce(1) { $0 + Self.count(chainText.lines($1)) },
          name: "chains", seconds: 40 * Double(chains.reduce(0) { $0 + $1.links.count })))
    }
    pieces += prose(run.inquiry.afterChain)
    for check in run.checks(as: .consequence) {
      pieces.append(
        Piece(
          kind: .lines, lines: Self.count(checkText.short(check)), name: "consequence",
          seconds: 40))
    }
    let isFolded = run.checks.contains { [.specialCase, .aside, .erratum].contains($0.check.role) }
    if isFolded { pieces.append(Piece(kind: .lines, lines: 1, name: "folded", seconds: 0)) }
    pieces += explanation
    if let listing = run.listing {
      pieces.append(code(listing))
    }
    if let task = run.inquiry.assignment?.task {
      pieces.append(
        Piece(
          kind: .sentence, lines: Self.count(Wrapping.page(task, width: style.measure - 6)),
          name: "task", seconds: 0))
    }
    if !run.inquiry.mistakes.isEmpty {
      pieces.append(Piece(kind: .lines, lines: 2, name: "break", seconds: 0))
    }
    return pieces
  }

  private func code(_ listing: Listing) -> Piece {
    Piece(
      kind: .block, lines: Self.count(CodeText.lines(listing, style: style)), name: "code",
      seconds: 0)
  }

  private func lines(_ name: String, _ lines: [String]) -> Piece {
    Piece(kind: .lines, lines: Self.count(lines), name: name, seconds: 0)
  }
}
