import Probability

extension Drawing.Grid: Drawable {
  func lines(width: Int) -> [InkedText] {
    cells(width: width) + Drawing.legend(legend, width: width)
  }

  /// What the shades, the paths and the axes are.
  var legend: [InkedText] {
    guard panels.contains(where: { !$0.values.joined().isEmpty }) else { return [] }
    let shading = Shading(self)
    let used = Set(panels.flatMap { $0.values.joined().map(shading.level) })
    var entries: [InkedText] = []
    for level in [4, 3, 2, 1, 0] where used.contains(level) {
      entries.append(InkedText("\(Shading.shades[level]) \(shading.meanings[level])"))
    }
    entries += paths.map { InkedText(String($0.glyph), $0.ink) + " \($0.name)" }
    if axes.count == 2 { entries.append(InkedText("down: \(axes[0]), across: \(axes[1])")) }
    return entries
  }

  private func cells(width: Int) -> [InkedText] {
    for numbers in isSurface ? [false] : [true, false] {
      let drawn = panels.map { block($0, numbers: numbers) }
      let total = drawn.map { $0.first?.count ?? 0 }.reduce(0) { $0 + $1 + 4 } - 4
      if total <= width { return Self.sideBySide(drawn, gap: 4) }
      if drawn.allSatisfy({ ($0.first?.count ?? 0) <= width }) {
        return Array(drawn.joined(separator: [InkedText()]))
      }
    }
    return panels.flatMap { inPieces($0, width: width) }
  }

  private static func sideBySide(_ blocks: [[InkedText]], gap: Int) -> [InkedText] {
    let height = blocks.map(\.count).max() ?? 0
    return (0..<height).map { row in
      var line = InkedText()
      for (index, block) in blocks.enumerated() {
        if index > 0 { line.append(Columns.blanks(gap)) }
        let width = block.first?.count ?? 0
        line = line + (row < block.count ? block[row] : InkedText()).padded(to: width)
      }
      return line
    }
  }

  /// A panel that is too wide, some columns at a time.
  private func inPieces(_ panel: Drawing.Panel, width: Int) -> [InkedText] {
    let labelWidth = panel.rows.map(\.count).max() ?? 0
    let cellWidth = max(2, panel.columns.map(\.count).max() ?? 0)
    let atOnce = max(1, (width - labelWidth) / (cellWidth + 1))
    let starts = stride(from: 0, to: panel.columns.count, by: atOnce)
    return starts.flatMap { start -> [InkedText] in
      let piece = start..<min(start + atOnce, panel.columns.count)
      return block(
        .init(
          start == 0 ? panel.name : "", rows: panel.rows, columns: Array(panel.columns[piece]),
          values: panel.values.map { row in piece.filter(row.indices.contains).map { row[$0] } }),
        numbers: false)
    }
  }

  /// All lines as wide as the first.
  private func block(_ panel: Drawing.Panel, numbers: Bool) -> [InkedText] {
    let shading = Shading(self)
    var cells = panel.values.map { row in
      row.map { InkedText(cell($0, shading, numbers: numbers)) }
    }
    if panel == panels.first { for path in paths { mark(path, on: &cells) } }
    if isSurface { return surface(panel, cells) }
    let cellWidth = max(
      cells.joined().map(\.count).max() ?? 0, panel.columns.map(\.count).max() ?? 0)
    let labelWidth = panel.rows.map(\.count).max() ?? 0
    func row(_ label: String, _ cells: [InkedText]) -> InkedText {
      var line = InkedText(Columns.right(label, labelWidth))
      for cell in cells {
        let before = (cellWidth - cell.count) / 2
        line = line + (" " + Columns.blanks(before) + cell).padded(to: cellWidth + 1)
      }
      return line
    }
    var lines = panel.name.isEmpty ? [] : [InkedText(Columns.blanks(labelWidth + 1) + panel.name)]
    lines.append(row("", panel.columns.map { InkedText($0) }))
    lines += zip(panel.rows, cells).map { row($0, $1) }
    let width = lines.map(\.count).max() ?? 0
    return lines.map { $0.padded(to: width) }
  }

  /// Cells without gaps, with as many names of columns over them as there is room for.
  private func surface(_ panel: Drawing.Panel, _ cells: [[InkedText]]) -> [InkedText] {
    let labelWidth = panel.rows.map(\.count).max() ?? 0
    var head = ""
    for (column, name) in panel.columns.enumerated() where head.isEmpty || head.count < 2 * column {
      head += Columns.blanks(2 * column - head.count) + name
    }
    var lines = panel.name.isEmpty ? [] : [InkedText(Columns.blanks(labelWidth + 1) + panel.name)]
    lines.append(InkedText(Columns.blanks(labelWidth + 1) + head))
    for (label, row) in zip(panel.rows, cells) {
      lines.append(row.reduce(InkedText(Columns.right(label, labelWidth) + " ")) { $0 + $1 })
    }
    let width = lines.map(\.count).max() ?? 0
    return lines.map { $0.padded(to: width) }
  }

  private func cell(_ value: Double, _ shading: Shading, numbers: Bool) -> String {
    let shade = String(
      repeating: Shading.shades[shading.level(value)], count: numbers ? 3 : 2)
    return numbers ? shade + " " + Format.fixed(value, decimals: decimals) : shade
  }

  /// A path's glyph in place of a shade.
  private func mark(_ path: Drawing.Path, on cells: inout [[InkedText]]) {
    for point in path.points where point.row.isFinite && point.column.isFinite {
      let (row, column) = (Int(point.row.rounded()), Int(point.column.rounded()))
      guard cells.indices.contains(row), cells[row].indices.contains(column) else { continue }
      let second = cells[row][column].plain.dropFirst()
      cells[row][column] = InkedText(String(path.glyph), path.ink) + String(second)
    }
  }

  var alternative: String {
    let shown = panels.map { panel -> String in
      let all = panel.values.enumerated().flatMap { row, values in
        values.enumerated().map { (row, $0.offset, $0.element) }
      }
      let size = "\(panel.rows.count) by \(panel.columns.count) shaded cells"
      let name = panel.name.isEmpty ? size : "\(panel.name): \(size)"
      guard let top = all.filter(\.2.isFinite).max(by: { $0.2 < $1.2 }),
        panel.rows.indices.contains(top.0), panel.columns.indices.contains(top.1)
      else { return name + ", nothing finite" }
      let place = "row \(panel.rows[top.0]), column \(panel.columns[top.1])"
      return "\(name), within \(Drawing.range(all.map(\.2))), the largest in \(place)"
    }
    let climbs = paths.map { "\($0.name), \($0.points.count) points" }
    return (shown + climbs).joined(separator: "; ") + "."
  }
}
