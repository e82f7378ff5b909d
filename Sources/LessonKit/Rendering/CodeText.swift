/// Code on the page.
enum CodeText {
  /// A listing under the name of its file.
  static func lines(_ listing: Listing, style: TerminalStyle) -> [String] {
    head(listing.file, width: style.width).map { style.paint($0, .dim) }
      + listing.lines.flatMap { wrapped($0, width: style.width - 4) }.map(indented)
  }

  /// Where code stands: its folder on a line of its own where both are wider than the page.
  private static func head(_ file: String, width: Int) -> [String] {
    let line = "Code  " + file
    guard line.count > width, let slash = line.lastIndex(of: "/") else { return [line] }
    return [String(line[...slash]), "      " + line[line.index(after: slash)...]]
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
