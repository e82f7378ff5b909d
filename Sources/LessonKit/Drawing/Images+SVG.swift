import Probability

extension Drawing.Images {
  /// Shades from hardly any ink to all of it; what is below the first is left white.
  private static let shades = [(0.1, 0.12), (0.25, 0.3), (0.45, 0.5), (0.65, 0.7), (0.85, 0.9)]
  private static let gap = 8.0

  func draw(on svg: inout SVG) {
    let left = names.map { SVG.width($0) + 10 }.max() ?? 0
    let most = rows.map(\.count).max() ?? 0
    let pixels = rows.joined().map { $0.pixels.first?.count ?? 0 }.max() ?? 0
    guard most > 0, pixels > 0 else { return }
    let room = (SVG.width - left - 2) / Double(most) - Self.gap
    // Whole halves of a unit keep the numbers of a path short.
    let cell = max(1, min(8, (2 * room / Double(pixels)).rounded(.down) / 2))
    var y = 4.0
    for (number, row) in rows.enumerated() {
      let hasNames = row.contains { !$0.name.isEmpty }
      let top = hasNames ? y + SVG.line : y
      if names.indices.contains(number) { svg.text(names[number], 0, top + 14, class: "axis") }
      let height = Double(row.map(\.pixels.count).max() ?? 0) * cell
      for (place, image) in row.enumerated() {
        let x = left + 1 + Double(place) * (Double(pixels) * cell + Self.gap)
        if hasNames { svg.text(image.name, x, y + 14, class: "axis") }
        draw(image, x, top, cell, on: &svg)
      }
      y = top + height + Self.gap
    }
    svg.legend([
      (
        "ink, from ½ on",
        { svg, x, y in svg.box(x, y - 12, 24, 15, class: "p", opacity: Self.shades[3].1) }
      )
    ])
    if axes.count == 2 { svg.text("down: \(axes[0]), across: \(axes[1])", 8, svg.height + 16) }
  }

  /// One path a shade: runs of pixels of it, row by row.
  private func draw(
    _ image: Drawing.Image, _ x: Double, _ y: Double, _ cell: Double, on svg: inout SVG
  ) {
    let columns = image.pixels.first?.count ?? 0
    for (number, shade) in Self.shades.enumerated() {
      let end = number + 1 < Self.shades.count ? Self.shades[number + 1].0 : .infinity
      var path = ""
      for (row, values) in image.pixels.enumerated() {
        var start = 0
        while start < values.count {
          let run = values[start...].prefix { $0 >= shade.0 && $0 < end }.count
          if run > 0 {
            let (left, top) = (x + Double(start) * cell, y + Double(row) * cell)
            let width = SVG.number(Double(run) * cell)
            path +=
              "M\(SVG.number(left)) \(SVG.number(top))h\(width)v\(SVG.number(cell))h-\(width)z"
          }
          start += max(1, run)
        }
      }
      guard !path.isEmpty else { continue }
      svg.add(
        "path", [("d", path), ("fill", "currentColor"), ("fill-opacity", Format.short(shade.1))],
        class: "p")
    }
    svg.box(
      x - 1, y - 1, Double(columns) * cell + 2, Double(image.pixels.count) * cell + 2,
      class: "grid",
      isOutline: true)
  }
}
