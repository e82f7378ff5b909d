/// Code on the page.
enum CodeText {
  /// A listing under the name of its file.
  static func lines(_ listing: Listing, style: TerminalStyle) -> [String] {
    [style.paint("Code  " + listing.file, .dim)]
      + listing.lines.flatMap { wrapped($0, width: style.width - 4) }.map(indented)
  }

  /// What a mistake changes: lines with − are right, lines with + are what stands there instead.
  static func lines(_ right: Listing, wrong: Listing, style: TerminalStyle) -> [String] {
    right.difference(to: wrong).flatMap { mark, line in
      wrapped(line, width: style.width - 6).enumerated().map { place, text in
        let whole = "  \(place == 0 ? mark : " ") \(text)"
        return mark == " " ? whole : style.paint(whole, mark == "+" ? .bad : .good)
      }
    }.map(Drawing.trimmed)
  }

  private static func indented(_ line: String) -> String { line.isEmpty ? "" : "    " + line }

  /// A line broken at blanks where it is wider than the page, what is left four columns deeper.
  private static func wrapped(_ line: String, width: Int) -> [String] {
    guard line.count > width else { return [line] }
    let indent = String(line.prefix { $0 == " " })
    return Wrapping.paragraph(
      String(line.dropFirst(indent.count)), width: width, first: indent, rest: indent + "    ")
  }
}
