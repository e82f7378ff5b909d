import Probability

/// A table laid out in columns: words from the left, numbers with their points below each other.
enum TableText {
  static func lines(_ table: Table, style: TerminalStyle) -> [String] {
    let count = max(table.columns.count, table.rows.map(\.count).max() ?? 0)
    guard count > 0 else { return [] }
    let room = style.width - 2
    let columns = (0..<count).map { Column(table, $0) }
    var lines = Wrapping.paragraph(table.title, width: style.width).map { style.paint($0, .bold) }
    for (number, part) in parts(columns, room: room).enumerated() {
      if number > 0 { lines.append("") }
      lines += self.lines(part, rows: table.rows.count, room: room, style: style)
    }
    let foot = [table.note, table.kinds].filter { !$0.isEmpty }.joined(separator: " ")
    if !foot.isEmpty {
      lines += Wrapping.paragraph(foot, width: style.measure, first: "  ", rest: "  ")
    }
    return lines
  }

  /// Columns that stand side by side: head, rule and rows.
  private static func lines(
    _ columns: [Column], rows: Int, room: Int, style: TerminalStyle
  ) -> [String] {
    let widths = fit(columns, room: room - 2 * (columns.count - 1))
    let heads = row(columns.map(\.head), columns, widths)
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return heads.map { "  " + style.paint($0, .dim) } + ["  " + style.paint(rule, .dim)]
      + (0..<rows).flatMap { index in
        row(columns.map { $0.cells[index] }, columns, widths).map { "  " + $0 }
      }
  }

  /// All columns where they fit side by side, else as many at a time as do, each time beside the
  /// first, which says what a row is.
  private static func parts(_ columns: [Column], room: Int) -> [[Column]] {
    func fits(_ part: [Column]) -> Bool {
      part.reduce(2 * (part.count - 1)) { $0 + $1.least } <= room
    }
    guard let first = columns.first, columns.count > 2, !fits(columns) else { return [columns] }
    var parts: [[Column]] = []
    var part = [first]
    for column in columns.dropFirst() {
      if part.count > 1, !fits(part + [column]) {
        parts.append(part)
        part = [first]
      }
      part.append(column)
    }
    return parts + [part]
  }

  /// The columns of a table as text, for renderings that lay them out themselves.
  static func columns(of table: Table) -> [Column] {
    let count = max(table.columns.count, table.rows.map(\.count).max() ?? 0)
    return (0..<count).map { Column(table, $0) }
  }

  /// The cells of one column as text.
  struct Column {
    let head: String
    let cells: [String]
    let isNumeric: Bool

    init(_ table: Table, _ index: Int) {
      head = index < table.columns.count ? table.columns[index] : ""
      let raw = table.rows.map { index < $0.count ? $0[index] : .empty }
      let hasNumbers = raw.contains { if case .figure = $0 { true } else { false } }
      let texts = raw.map(Column.text)
      // Numbers that come as words, formatted by the lesson, are numbers to the eye.
      let areNumbers = texts.allSatisfy { Double($0) != nil || $0.isEmpty }
      isNumeric = hasNumbers || areNumbers
      cells = hasNumbers ? Column.numbers(raw) : areNumbers ? Columns.aligned(texts) : texts
    }

    private static func text(_ cell: Table.Cell) -> String {
      switch cell {
      case .text(let text): text
      case .figure(let value, _, let digits): Format.short(value, digits: digits)
      case .empty: ""
      }
    }

    /// Numbers of equal digits lose the zeros that all have; words keep to the right edge.
    private static func numbers(_ cells: [Table.Cell]) -> [String] {
      var values: [Int: [Double]] = [:]
      for case .figure(let value, _, let digits) in cells {
        values[digits, default: []].append(value)
      }
      var texts: [Int: ArraySlice<String>] = [:]
      for (digits, values) in values {
        texts[digits] = Format.together(values, digits: digits)[...]
      }
      var plain: [String] = []
      for case .figure(_, _, let digits) in cells { plain.append(texts[digits]?.popFirst() ?? "") }
      var aligned = Columns.aligned(plain)[...]
      return cells.map { cell in
        if case .figure = cell { return aligned.popFirst() ?? "" }
        return text(cell)
      }
    }

    var width: Int { max(head.count, cells.map(\.count).max() ?? 0) }

    /// How narrow it may become: numbers stay whole, words may be broken into lines of eight.
    var least: Int { isNumeric ? cells.map(\.count).max() ?? 0 : min(width, 8) }
  }

  /// Takes what is too wide from the widest columns of words.
  private static func fit(_ columns: [Column], room: Int) -> [Int] {
    var widths = columns.map(\.width)
    while widths.reduce(0, +) > room {
      let words = widths.indices.filter { widths[$0] > 8 }
      let texts = words.filter { !columns[$0].isNumeric }
      guard let widest = (texts.isEmpty ? words : texts).max(by: { widths[$0] < widths[$1] })
      else { break }
      widths[widest] -= 1
    }
    return widths
  }

  /// A row of cells in as many lines as its longest cell needs.
  private static func row(_ cells: [String], _ columns: [Column], _ widths: [Int]) -> [String] {
    let broken = zip(cells, widths).map { cell, width in
      cell.count <= width ? [cell] : Wrapping.paragraph(cell, width: width)
    }
    let height = broken.map(\.count).max() ?? 0
    return (0..<height).map { line in
      let parts = columns.indices.map { index in
        let text = line < broken[index].count ? broken[index][line] : ""
        return columns[index].isNumeric
          ? Columns.right(text, widths[index]) : Columns.left(text, widths[index])
      }
      return Drawing.trimmed(parts.joined(separator: "  "))
    }
  }
}
