/// The model above the numbers: "Given  p(z) = (0.2, 0.5, 0.3)   p(x|z) = (0.7, 0.1, 0.4)".
enum GivenText {
  /// The same, or where it stands already: what takes more than three lines is printed once.
  static func lines(_ givens: [Given], alsoIn section: Int?, style: TerminalStyle) -> [String] {
    let all = lines(givens, style: style)
    guard let section, all.count > 3 else { return all }
    return [style.paint("Given", .bold) + "  as in section \(section)"]
  }

  /// Symbols with their values, as many a line as fit.
  static func lines(_ givens: [Given], word: String = "Given", style: TerminalStyle) -> [String] {
    guard !givens.isEmpty else { return [] }
    let margin = Columns.blanks(word.count + 2)
    var lines: [String] = []
    var line = ""
    for given in givens {
      let text = "\(given.symbol) = \(given.text)"
      if !line.isEmpty, margin.count + line.count + 3 + text.count <= style.width {
        line += "   " + text
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = text
    }
    lines.append(line)
    let wrapped = lines.flatMap { line -> [String] in
      line.count + margin.count <= style.width
        ? [line] : Wrapping.paragraph(line, width: style.width - margin.count, rest: "  ")
    }
    return wrapped.enumerated().map { place, line in
      (place == 0 ? style.paint(word, .bold) + "  " : margin) + line
    }
  }
}
