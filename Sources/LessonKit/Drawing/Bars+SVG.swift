import GSL
import Probability

extension Drawing.Bars {
  func draw(on svg: inout SVG) {
    let texts = zip(numbers, factors).map { number, factor in
      Drawing.bare(number) + (factor.isEmpty ? "" : "  " + factor)
    }
    let labelWidth = items.map { SVG.width($0.label) }.max() ?? 0
    let noteWidth = items.map { SVG.width($0.note) }.max() ?? 0
    let numberWidth = texts.map(SVG.width).max() ?? 0
    let beside = labelWidth + 10 + numberWidth + 14 + (noteWidth > 0 ? noteWidth + 10 : 0)
    // Where names and notes leave no room for a bar, they stand above it.
    let isNarrow = SVG.width - beside < 200
    let left = isNarrow ? 8 : labelWidth + 14
    let right = SVG.width - numberWidth - 14 - (isNarrow || noteWidth == 0 ? 0 : noteWidth + 10)
    let place = ruler(left, right)
    var y = 6.0
    for (item, text) in zip(items, texts) {
      if isNarrow {
        svg.text(item.label, left, y + 13)
        svg.text(item.note, SVG.width - 8, y + 13, anchor: "end")
        y += SVG.line
      } else {
        svg.text(item.label, labelWidth + 6, y + 14, anchor: "end")
        svg.text(item.note, SVG.width - 8, y + 14, anchor: "end")
      }
      draw(item, from: place(origin), to: place(item.value), y, on: &svg)
      let end = isNarrow || noteWidth == 0 ? SVG.width - 8 : SVG.width - noteWidth - 18
      svg.text(text, end, y + 14, anchor: "end")
      y += isNarrow ? 26 : 24
    }
    svg.line((place(origin), 4), (place(origin), y), class: "axis")
    guard scale == .logarithmic, !items.isEmpty else { return }
    let decades = Drawing.decades(items.map(\.value))
    svg.line((left, y), (right, y), class: "axis")
    for decade in decades {
      let x = place(pow(10, Double(decade)))
      svg.line((x, y), (x, y + 6), class: "axis")
    }
    svg.text(Drawing.power(decades.lowerBound), left, y + 20, class: "axis")
    svg.text(Drawing.power(decades.upperBound), right, y + 20, anchor: "end", class: "axis")
    svg.text(
      "a step of the ruler is a factor of ten", (left + right) / 2, y + 38, anchor: "middle",
      class: "axis")
  }

  /// Where a bar starts: zero, or the left end of the ruler.
  private var origin: Double {
    scale == .linear ? 0 : pow(10, Double(Drawing.decades(items.map(\.value)).lowerBound))
  }

  private func draw(
    _ item: Item, from zero: Double, to end: Double, _ y: Double, on svg: inout SVG
  ) {
    guard item.value.isFinite else {
      return svg.text(item.value > 0 ? "→ without end" : "", zero + 6, y + 14)
    }
    if scale == .logarithmic {
      guard item.value > 0 else { return }
      svg.line((zero, y + 9), (end, y + 9), class: "grid", dashes: "1 4")
      svg.circle(end, y + 9, radius: 5, class: item.ink.rawValue)
    } else {
      svg.box(
        min(zero, end), y + 2, abs(end - zero), 15, class: item.ink.rawValue, opacity: 0.7)
    }
  }

  /// Where a number is between the sides.
  private func ruler(_ left: Double, _ right: Double) -> (Double) -> Double {
    let finite = items.map(\.value).filter(\.isFinite)
    if scale == .logarithmic {
      let decades = Drawing.decades(finite)
      let unit = (right - left) / Double(decades.count - 1)
      return { $0 > 0 ? left + (log10($0) - Double(decades.lowerBound)) * unit : left }
    }
    let (low, high) = (min(0, finite.min() ?? 0), max(0, finite.max() ?? 0))
    let half = max(high / 2 - low / 2, 1e-300)
    return { left + ($0 / 2 - low / 2) / half * (right - left) }
  }
}
