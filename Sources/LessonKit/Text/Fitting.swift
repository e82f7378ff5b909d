/// The last word on a line: nothing is wider than the page, whatever it was laid out for.
///
/// Colours have no width and go on where a line is continued.
public enum Fitting {
  /// Lines that are too wide are continued below, at a blank if there is one, a little indented.
  public static func folded(_ lines: [String], width: Int) -> [String] {
    lines.flatMap { folded($0, width: width) }
  }

  private static func folded(_ line: String, width: Int) -> [String] {
    guard isWider(line, width) else { return [line] }
    let cells = Cell.cells(of: line)
    let indent = min(cells.prefix { $0.character == " " }.count + 2, width / 3)
    var lines: [ArraySlice<Cell>] = []
    var rest = cells[...]
    while rest.count > (lines.isEmpty ? width : width - indent) {
      let room = lines.isEmpty ? width : width - indent
      let start = rest.startIndex
      let words = rest.firstIndex { $0.character != " " } ?? start
      // A blank right behind the room is a place to break, too; what begins beyond it has none before.
      let blank = rest[words..<max(words, start + room + 1)].lastIndex { $0.character == " " }
      let end = blank ?? start + room
      lines.append(rest[..<end])
      rest = rest[end...].drop { $0.character == " " }
    }
    if !rest.isEmpty { lines.append(rest) }
    return lines.enumerated().map { index, cells in
      Columns.blanks(index == 0 ? 0 : indent) + Cell.text(of: trimmed(cells))
    }
  }

  /// Lines that are too wide lose their ends, with an ellipsis: for pictures, which cannot be folded.
  public static func cut(_ lines: [String], width: Int) -> [String] {
    lines.map { line in
      guard isWider(line, width) else { return line }
      let cells = Cell.cells(of: line)
      return Cell.text(of: trimmed(cells.prefix(max(0, width - 1)))) + "…"
    }
  }

  /// The number of columns, colours left out.
  static func width(of line: String) -> Int { Cell.cells(of: line).count }

  /// The bytes settle most lines without looking at their characters.
  private static func isWider(_ line: String, _ width: Int) -> Bool {
    line.utf8.count > width && self.width(of: line) > width
  }

  private static func trimmed(_ cells: ArraySlice<Cell>) -> ArraySlice<Cell> {
    var cells = cells
    while cells.last?.character == " " { cells.removeLast() }
    return cells
  }
}

/// A character on the page with the colour codes that are in force there.
private struct Cell {
  let character: Character
  let codes: String

  private static let escape: Character = "\u{1B}"
  private static let reset = "\u{1B}[0m"

  static func cells(of line: String) -> [Cell] {
    var cells: [Cell] = []
    var codes = ""
    var rest = line[...]
    while let character = rest.popFirst() {
      guard character == escape else {
        cells.append(Cell(character: character, codes: codes))
        continue
      }
      var code = String(character)
      while let next = rest.popFirst() {
        code.append(next)
        if next.isLetter { break }
      }
      codes = code == reset ? "" : codes + code
    }
    return cells
  }

  static func text(of cells: ArraySlice<Cell>) -> String {
    var text = ""
    var codes = ""
    for cell in cells {
      if cell.codes != codes {
        if !codes.isEmpty { text += reset }
        text += cell.codes
        codes = cell.codes
      }
      text.append(cell.character)
    }
    return codes.isEmpty ? text : text + reset
  }
}
