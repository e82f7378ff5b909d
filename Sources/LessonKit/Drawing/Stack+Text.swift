import Probability

extension Drawing.Stack: Drawable {
  private static let shades: [Character] = ["█", "▒", "░", "▓"]

  func lines(width: Int) -> [InkedText] {
    let equations = Columns.aligned(rows.map { equation($0) })
    let labels = rows.map { Columns.cut($0.label, 28) }
    let labelWidth = labels.map(\.count).max() ?? 0
    let numberWidth = equations.first?.count ?? 0
    // Where names and numbers leave no room for a bar, they stand above it.
    let isNarrow = width - labelWidth - numberWidth - 3 < 20
    let indent = isNarrow ? 0 : labelWidth + 1
    let room = isNarrow ? width - 1 : width - labelWidth - numberWidth - 3
    var lines: [InkedText] = []
    for (index, row) in rows.enumerated() {
      if isNarrow {
        lines.append(InkedText(row.label))
        lines.append(InkedText("  " + equation(row)))
        lines.append(bar(row, room))
      } else {
        lines.append(
          Columns.right(labels[index], labelWidth) + " " + bar(row, room) + " " + equations[index])
      }
    }
    guard !rows.isEmpty else { return lines }
    let (low, high) = (ends.lowerBound, ends.upperBound)
    let (left, right) = (Drawing.brief(low), Drawing.brief(high))
    let gap = Columns.blanks(room + 1 - left.count - right.count)
    lines.append(InkedText(Columns.blanks(indent) + left + gap + right))
    var legend = zip(parts, Self.shades).map {
      InkedText(String([$1, $1]), $0.ink) + " \($0.name)"
    }
    legend.append(
      InkedText("│", total.ink)
        + " \(total.name) = \(Format.fixed(total.height, decimals: decimals))")
    return lines + Drawing.legend(legend, width: width)
  }

  /// One row: shaded parts, and the level that it reaches.
  private func bar(_ row: Row, _ room: Int) -> InkedText {
    let (low, high) = (ends.lowerBound, ends.upperBound)
    func column(_ place: Double) -> Int {
      let share = high > low ? (place - low) / (high - low) : 0
      return min(room, max(0, Int((share * Double(room)).rounded())))
    }
    guard row.parts.allSatisfy(\.isFinite) else {
      return InkedText("nothing finite").padded(to: room) + InkedText("│", total.ink)
    }
    var line = InkedText()
    for (index, border) in borders(row).enumerated() {
      let length = column(border) - line.count
      let part = parts.indices.contains(index) ? parts[index].ink : .neutral
      line.append(
        String(repeating: Self.shades[index % Self.shades.count], count: max(0, length)), part)
    }
    let end = column(total.height)
    return (line.padded(to: end).prefix(end) + InkedText("│", total.ink)).padded(to: room + 1)
  }

  var alternative: String {
    let names = parts.map(\.name).joined(separator: " + ")
    let firsts = rows.compactMap { row in row.parts.first.map { (row.label, $0) } }
    guard let low = firsts.min(by: { $0.1 < $1.1 }), let high = firsts.max(by: { $0.1 < $1.1 })
    else { return "\(names) = \(total.name), nothing drawn." }
    let name = parts.first?.name ?? ""
    return "\(names) = \(total.name) = \(Drawing.brief(total.height)) in \(rows.count) rows. "
      + "\(name) is least for \(low.0) with \(Drawing.brief(low.1)), greatest for \(high.0) with "
      + "\(Drawing.brief(high.1))."
  }
}
