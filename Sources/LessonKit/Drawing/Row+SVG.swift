import Probability

extension Drawing.Row {
  func draw(on svg: inout SVG) {
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    let ends = ends.map(Drawing.bare)
    let (left, right) = (SVG.width(ends[0]) + 14, SVG.width - SVG.width(ends[1]) - 14)
    let step = (right - left) / Double(max(1, values.count))
    for (index, value) in values.enumerated() where value.isFinite {
      let share = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5
      let height = 3 + 33 * share
      svg.box(
        left + Double(index) * step, 42 - height, max(0.5, step * 0.85), height, class: "q",
        opacity: 0.7)
    }
    svg.text(ends[0], left - 6, 42, anchor: "end", class: "axis")
    svg.text(ends[1], right + 6, 42, class: "axis")
  }
}
