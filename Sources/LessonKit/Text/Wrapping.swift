/// Paragraphs broken into lines.
public enum Wrapping {
  /// Breaks text at blanks so that no line is wider than `width`.
  ///
  /// A word that is longer than a line is broken, behind a mark that it has if there is one.
  ///
  /// - Parameters:
  ///   - text: one paragraph.
  ///   - width: the number of columns, the indents included.
  ///   - first: what the first line starts with.
  ///   - rest: what the other lines start with.
  /// - Returns: at least one line.
  public static func paragraph(
    _ text: String, width: Int, first: String = "", rest: String = ""
  ) -> [String] {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in text.split(whereSeparator: { $0 == " " || $0.isNewline }) {
      var word = word
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        (line, isEmpty) = (rest, true)
      }
      while isEmpty, line.count + word.count > width, let end = breaking(word, width - line.count) {
        lines.append(line + word[..<end])
        (line, word) = (rest, word[end...])
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    if !isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// Where a word is broken so that at most `room` characters come before: behind its last mark
  /// there, or anywhere; nil where there is no room at all.
  private static func breaking(_ word: Substring, _ room: Int) -> Substring.Index? {
    guard room > 0, word.count > room else { return nil }
    let limit = word.index(word.startIndex, offsetBy: room)
    let mark = word[..<limit].lastIndex { "-/,;=|)]·".contains($0) }
    return mark.map { word.index(after: $0) } ?? limit
  }

  /// A line that keeps its blanks, continued with a deeper indent where it is too wide.
  private static func kept(_ line: String, width: Int) -> [String] {
    var lines: [String] = []
    var rest = Substring(line)
    while rest.count > width {
      let limit = rest.index(rest.startIndex, offsetBy: width)
      let words = rest.drop { $0 == " " }.startIndex
      let blank = rest[words..<max(words, limit)].lastIndex(of: " ") ?? limit
      lines.append(String(rest[..<blank]))
      rest = "        " + rest[blank...].drop { $0 == " " }
    }
    return lines + [String(rest)]
  }

  /// Breaks a few words into as few lines as fit, all about as long: no word is left over alone.
  static func balanced(_ text: String, width: Int, margin: String) -> [String] {
    var best = paragraph(text, width: width, first: margin, rest: margin)
    var narrower = width - 1
    while best.count > 1, narrower > width / 2 {
      let lines = paragraph(text, width: narrower, first: margin, rest: margin)
      guard lines.count == best.count else { break }
      (best, narrower) = (lines, narrower - 1)
    }
    return best
  }

  /// Paragraphs separated by blank lines; lines that start with four spaces keep their blanks.
  ///
  /// A line that starts with "- " opens a paragraph of its own with a hanging indent.
  ///
  /// - Parameters:
  ///   - text: the paragraphs.
  ///   - width: the columns of prose.
  ///   - kept: the columns of lines that keep their blanks, where they may be wider than prose.
  /// - Returns: the lines, none of them empty at the end.
  public static func page(_ text: String, width: Int, kept: Int? = nil) -> [String] {
    var lines: [String] = []
    var paragraph = ""
    func flush() {
      guard !paragraph.isEmpty else { return }
      let hangs = paragraph.hasPrefix("- ")
      lines += Wrapping.paragraph(paragraph, width: width, rest: hangs ? "  " : "")
      paragraph = ""
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy({ $0 == " " }) {
        flush()
        if let last = lines.last, !last.isEmpty { lines.append("") }
      } else if line.hasPrefix("    ") {
        flush()
        lines += Wrapping.kept(String(line), width: kept ?? width)
      } else {
        if line.hasPrefix("- ") { flush() }
        paragraph += (paragraph.isEmpty ? "" : " ") + line
      }
    }
    flush()
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
