import LessonKit

extension Course {
  /// What the glossary and the lessons' own lists of symbols say of a word, an entry a page.
  func glossaryPages(_ word: String, _ style: TerminalStyle) -> [[String]] {
    let rendering = TerminalRendering(style)
    let entries = Glossary(glossary).entries(for: word).map { entry -> [String] in
      var lines = [rendering.heading(entry.head, aside: entry.chapter.lowercased())]
      lines += Wrapping.paragraph(
        entry.meaning, width: style.measure, first: "  ", rest: "  ")
      guard !entry.avoid.isEmpty else { return lines }
      return lines
        + Wrapping.paragraph(
          "Do not say: " + entry.avoid, width: style.measure, first: "  ", rest: "    ")
    }
    return entries + symbols(word, rendering, style)
  }

  /// Where lessons introduce a symbol of this name.
  private func symbols(
    _ word: String, _ rendering: TerminalRendering, _ style: TerminalStyle
  ) -> [[String]] {
    lessons.flatMap { lesson in
      lesson.sections.flatMap { section in
        section.symbols.filter { $0.name.lowercased() == word.lowercased() }.map { symbol in
          [rendering.heading(symbol.name, aside: "\(lesson.id)/\(section.id)")]
            + Wrapping.paragraph(symbol.meaning, width: style.measure, first: "  ", rest: "  ")
        }
      }
    }
  }
}

extension Glossary {
  /// All names, chapter by chapter.
  func contents(_ style: TerminalStyle) -> [String] {
    let rendering = TerminalRendering(style)
    var lines: [String] = []
    for chapter in entries.map(\.chapter) where !lines.contains(rendering.heading(chapter)) {
      let names = entries.filter { $0.chapter == chapter }.map(\.head)
      lines += (lines.isEmpty ? [] : [""]) + [rendering.heading(chapter)]
      lines += Wrapping.paragraph(
        names.joined(separator: " · "), width: style.measure, first: "  ", rest: "  ")
    }
    return lines
  }
}
