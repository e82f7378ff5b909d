/// Paragraphs broken into lines.
public enum Wrapping {
  /// Breaks text at blanks so that no line is wider than `width`; a longer word stands alone.
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
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        (line, isEmpty) = (rest, true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    if !isEmpty || lines.isEmpty { lines.append(line) }
    return lines
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

  /// Paragraphs separated by blank lines; lines that start with four spaces are kept as they are.
  ///
  /// A line that starts with "- " opens a paragraph of its own with a hanging indent.
  public static func page(_ text: String, width: Int) -> [String] {
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
        lines.append(String(line))
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
