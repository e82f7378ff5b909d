import LessonKit
import Verification

extension Option {
  static let steps = Option(
    name: "--steps", value: nil, help: "the steps of a derivation one by one, by the space bar")
}

extension Command {
  /// A lesson, section by section.
  static let read = Command(
    name: "read", usage: "read [LESSON[/SECTION]]",
    summary: "read a lesson, a section a page",
    details: """
      Reads a lesson on the terminal, a section a page, and remembers how far you are: without a \
      section it goes on where you left, without a lesson in the one that you read last. The foot \
      of the page says what keys do; ? says all of it, q leaves.

      Where there is no terminal it prints the section, or the first one.

          lessons read 00
          lessons read 04/3 --steps
          lessons read nvil/one-sample > section.txt
      """,
    options: [.steps], isPaged: true
  ) { (invocation) throws(CommandError) in
    try invocation.requireWords(atMost: 1)
    let environment = invocation.environment
    let place = try ReadingPlace(invocation.arguments.words.first, environment)
    if let screen = environment.screen, screen.open() {
      var session = ReadingSession(
        place.lesson, at: place.section ?? place.remembered,
        hasSteps: invocation.arguments.has(.steps), environment, screen)
      session.read()
      screen.close()
      return .held
    }
    var pages = LessonPages(place.lesson)
    let page = pages.page(place.section ?? 0, environment.page)
    invocation.write(page.lines(.max))
    return .held
  }

  /// The sections of a lesson.
  static let toc = Command(
    name: "toc", usage: "toc [LESSON...]",
    summary: "the sections of a lesson, and which of them were read",
    details: """
      Lists the sections of lessons with the exercises and derivations in each, and marks those that \
      were read.

          lessons toc 00
      """,
    options: [], isPaged: true
  ) { (invocation) throws(CommandError) in
    let environment = invocation.environment
    let words = invocation.arguments.words
    let lessons = try environment.lessonNames.lessons(words.isEmpty ? ["all"] : words)
    let progress = environment.progress
    let rendering = TerminalRendering(environment.page)
    invocation.write(
      apart(
        lessons.map { lesson in
          rendering.sections(lesson) { progress.has(.init(lesson: lesson.id, section: $0)) }
        }))
    return .held
  }
}

/// A lesson and a section of it, as people type them.
struct ReadingPlace {
  let lesson: Lesson
  /// The section that was typed, from zero; nil where none was.
  let section: Int?
  /// The section that was read last in this lesson; the first where none was.
  let remembered: Int

  init(_ word: String?, _ environment: CommandEnvironment) throws(CommandError) {
    let progress = environment.progress
    let names = environment.lessonNames
    guard let word else {
      let last = names.lessons.first { $0.id == progress.last?.lesson } ?? names.lessons.first
      guard let last else { throw CommandError("read", "there are no lessons") }
      self.init(last, section: nil, progress)
      return
    }
    let pieces = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let lesson = try names.lesson(String(pieces[0]))
    let section = pieces.count == 2 && !pieces[1].isEmpty ? String(pieces[1]) : nil
    self.init(
      lesson,
      section: try section.map { (typed) throws(CommandError) in
        try ReadingPlace.section(typed, of: lesson)
      }, progress)
  }

  private init(_ lesson: Lesson, section: Int?, _ progress: Progress) {
    let ids = LessonPages(lesson).ids
    let last = progress.places.last { $0.lesson == lesson.id && ids.contains($0.section) }
    self.lesson = lesson
    self.section = section
    remembered = last.flatMap { ids.firstIndex(of: $0.section) } ?? 0
  }

  /// A section by its number, by its name, or by an exercise that stands in it.
  private static func section(_ typed: String, of lesson: Lesson) throws(CommandError) -> Int {
    let pages = LessonPages(lesson)
    if let number = Int(typed), 1...pages.ids.count ~= number { return number - 1 }
    let exercises = lesson.inquiries.map(\.id)
    switch Meaning(of: typed, amongKinds: [pages.ids, exercises]) {
    case .one(let name):
      let page = pages.ids.indices.first { index in
        pages.ids[index] == name || pages.inquiries(index).contains { $0.id == name }
      }
      return page ?? 0
    case .several(let names): throw .ambiguous(typed, "section", names)
    case .nobody:
      throw unknown(typed, "section", among: pages.ids + exercises, listedBy: "toc \(lesson.id)")
    }
  }
}
