import Probability

extension Drawing.Stack {
  private static let opacities = [0.75, 0.3, 0.15, 0.5]

  func draw(on svg: inout SVG) {
    let (low, high) = (ends.lowerBound, ends.upperBound)
    let (left, right) = (8.0, SVG.width - 12)
    func x(_ place: Double) -> Double {
      left + (high > low ? (place - low) / (high - low) : 0) * (right - left)
    }
    var y = 4.0
    for row in rows {
      svg.text(row.label, left, y + 14)
      svg.text(equation(row), right, y + 14, anchor: "end")
      y += SVG.line
      if row.parts.allSatisfy(\.isFinite) {
        var start = low
        for (index, border) in borders(row).enumerated() {
          let ink = parts.indices.contains(index) ? parts[index].ink : .neutral
          svg.box(
            x(start), y, x(border) - x(start), 16, class: ink.rawValue,
            opacity: Self.opacities[index % Self.opacities.count])
          start = border
        }
      } else {
        svg.text("nothing finite", left, y + 13)
      }
      y += 24
    }
    guard !rows.isEmpty else { return }
    if total.height.isFinite {
      svg.line((x(total.height), 4), (x(total.height), y), class: total.ink.rawValue, width: 3)
    }
    svg.line((left, y), (right, y), class: "axis")
    svg.text(Drawing.brief(low), left, y + 18, class: "axis")
    svg.text(Drawing.brief(high), right, y + 18, anchor: "end", class: "axis")
    let shaded = zip(parts, Self.opacities).map { part, opacity in
      (
        part.name,
        { (svg: inout SVG, x: Double, y: Double) in
          svg.box(x, y - 12, 24, 14, class: part.ink.rawValue, opacity: opacity)
        }
      )
    }
    let level = "\(total.name) = \(Format.fixed(total.height, decimals: decimals))"
    svg.legend(
      shaded + [
        (
          level,
          { svg, x, y in
            svg.line((x + 12, y - 13), (x + 12, y + 3), class: total.ink.rawValue, width: 3)
          }
        )
      ])
  }
}
