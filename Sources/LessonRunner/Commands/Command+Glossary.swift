import LessonKit

extension Command {
  /// What words mean here.
  static let glossary = Command(
    name: "glossary", usage: "glossary [WORD...]",
    summary: "what a word or a symbol means here",
    details: """
      Shows the entries of the glossary for a word: what it means, its sign and its direction, and \
      what not to say for it. Without a word, all that there are.

          lessons glossary gap
          lessons glossary free energy
      """,
    options: [], isPaged: true
  ) { (invocation) throws(CommandError) in
    let words = invocation.arguments.words
    let style = invocation.environment.page
    let glossary = Glossary(invocation.environment.course.glossary)
    guard !words.isEmpty else {
      invocation.write(glossary.contents(style))
      return .held
    }
    let word = words.joined(separator: " ")
    let pages = invocation.environment.course.glossaryPages(word, style)
    guard !pages.isEmpty else {
      throw unknown(
        word, "word", among: glossary.entries.map(\.head), listedBy: "glossary")
    }
    invocation.write(apart(pages))
    return .held
  }

  /// What to read.
  static let bibliography = Command(
    name: "bibliography", usage: "bibliography [WORD...]",
    summary: "the works that lectures and lessons build on",
    details: """
      Lists the works of the bibliography, or those that have all the words: of an author, a title, \
      a year, a lesson.

          lessons bibliography Mnih 2014
          lessons bibliography lectures
      """,
    options: [], isPaged: true
  ) { (invocation) throws(CommandError) in
    let words = invocation.arguments.words
    let style = invocation.environment.page
    let bibliography = Bibliography(invocation.environment.course.bibliography)
    let works = bibliography.works(for: words)
    guard !works.isEmpty else {
      throw CommandError(
        quoted(words.joined(separator: " ")),
        "no work has these words; lessons bibliography lists them all")
    }
    var lines: [String] = []
    var chapter = ""
    for work in works {
      if work.chapter != chapter {
        chapter = work.chapter
        lines += (lines.isEmpty ? [] : [""]) + [TerminalRendering(style).heading(chapter)]
      }
      lines += Wrapping.paragraph(work.text, width: style.measure, first: "- ", rest: "  ")
    }
    invocation.write(lines)
    return .held
  }
}
