import Probability

extension Drawing.Grid {
  private static let opacities = [0.03, 0.15, 0.3, 0.45, 0.6]

  func draw(on svg: inout SVG) {
    let shading = Shading(self)
    var (x, y) = (0.0, 4.0)
    for panel in panels {
      let size = size(of: panel)
      if x > 0, x + size.width > SVG.width { (x, y) = (0, svg.height + 14) }
      draw(panel, shading, x, y, size.cell, on: &svg)
      x += size.width + 28
    }
    let used = Set(panels.flatMap { $0.values.joined().map(shading.level) })
    var samples: [(name: String, sample: (inout SVG, Double, Double) -> Void)] = []
    for level in [4, 3, 2, 1, 0] where used.contains(level) {
      samples.append(
        (
          shading.meanings[level],
          { svg, x, y in
            svg.box(x, y - 12, 24, 15, class: "p", opacity: Self.opacities[level])
            svg.box(x, y - 12, 24, 15, class: "grid", isOutline: true)
          }
        ))
    }
    for path in paths {
      samples.append(
        (
          path.name,
          { svg, x, y in
            svg.text(String(path.glyph), x + 12, y, anchor: "middle", class: path.ink.rawValue)
          }
        ))
    }
    svg.legend(samples)
    if axes.count == 2 { svg.text("down: \(axes[0]), across: \(axes[1])", 8, svg.height + 16) }
  }

  private func labelWidth(_ panel: Drawing.Panel) -> Double {
    (panel.rows.map(SVG.width).max() ?? 0) + 8
  }

  /// How wide a cell and a panel are: as wide as names and numbers need, where there is room.
  private func size(of panel: Drawing.Panel) -> (cell: Double, width: Double) {
    let numbers = panel.values.joined().map { SVG.width(Format.fixed($0, decimals: decimals)) }
    let names = panel.columns.map(SVG.width).max() ?? 0
    let wanted = max(24, names + 6, isSurface ? 0 : (numbers.max() ?? 0) + 6)
    let room = SVG.width - labelWidth(panel) - 4
    let cell = min(wanted, room / Double(max(1, panel.columns.count)))
    let body = cell * Double(panel.columns.count)
    return (cell, labelWidth(panel) + max(body, SVG.width(panel.name)))
  }

  private func draw(
    _ panel: Drawing.Panel, _ shading: Shading, _ x: Double, _ y: Double, _ cell: Double,
    on svg: inout SVG
  ) {
    let left = x + labelWidth(panel)
    var top = y
    if !panel.name.isEmpty {
      svg.text(panel.name, left, top + 14)
      top += SVG.line
    }
    for (index, name) in panel.columns.enumerated() {
      // Names that are wider than their cells go one up, one down.
      let crowded = SVG.width(name) > cell && index % 2 == 1
      let middle = left + (Double(index) + 0.5) * cell
      svg.text(name, middle, top + (crowded ? 30 : 14), anchor: "middle", class: "axis")
    }
    top += panel.columns.contains { SVG.width($0) > cell } ? 36 : SVG.line
    let height = 26.0
    for (index, (name, values)) in zip(panel.rows, panel.values).enumerated() {
      let up = top + Double(index) * height
      svg.text(name, left - 6, up + 18, anchor: "end", class: "axis")
      for (column, value) in values.enumerated() {
        let side = left + Double(column) * cell
        let opacity = Self.opacities[shading.level(value)]
        svg.box(side, up, cell, height, class: "p", opacity: opacity)
        let text = Format.fixed(value, decimals: decimals)
        if !isSurface, SVG.width(text) <= cell + 1 {
          svg.text(text, side + cell / 2, up + 18, anchor: "middle")
        }
      }
    }
    svg.lattice(
      left, top, columns: panel.columns.count, rows: panel.rows.count, cell: (cell, height))
    for path in panel == panels.first ? paths : [] {
      let points = path.points.filter { $0.row.isFinite && $0.column.isFinite }.map {
        (left + ($0.column + 0.5) * cell, top + ($0.row + 0.5) * height)
      }
      svg.polyline(points, class: path.ink.rawValue, width: 2.5, dashes: "")
      for point in points {
        svg.text(
          String(path.glyph), point.0, point.1 + 5, anchor: "middle", class: path.ink.rawValue)
      }
    }
  }
}
