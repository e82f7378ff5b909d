import Probability

extension Drawing.Cloud: Drawable {
  private static let sizes: [Character] = ["·", "∘", "○", "●"]

  func lines(width: Int) -> [InkedText] {
    guard !panels.isEmpty else { return [InkedText("(nothing to draw)")] }
    let atOnce = width >= 72 && panels.count > 1 ? 2 : 1
    let room = (width - 4 * (atOnce - 1)) / atOnce
    let blocks = panels.map { block($0, room) }
    var lines: [InkedText] = []
    for start in stride(from: 0, to: blocks.count, by: atOnce) {
      if start > 0 { lines.append(InkedText()) }
      let beside = Array(blocks[start..<min(start + atOnce, blocks.count)])
      for row in 0..<(beside.map(\.count).max() ?? 0) {
        var line = InkedText()
        for (index, block) in beside.enumerated() {
          if index > 0 { line.append("    ") }
          line = line + (row < block.count ? block[row] : InkedText()).padded(to: room)
        }
        lines.append(line)
      }
    }
    return lines + Drawing.legend(legend, width: width)
  }

  private var legend: [InkedText] {
    let borders = [0.05, 0.25, 0.5, 1].map { Drawing.brief($0 * largest) }
    // Points of several places may fall into one cell, so the largest sign has no upper end.
    let ends = borders.dropLast().map { "to \($0)" } + ["above \(borders[2])"]
    let sizes = zip(Self.sizes, ends).map { InkedText("\($0) \($1)") }
    let (x, y) = frame
    let across = "across: \(axes[0]), \(Drawing.range([x.lowerBound, x.upperBound]))"
    let up = "up: \(axes[1]), \(Drawing.range([y.lowerBound, y.upperBound]))"
    return [
      InkedText("◆", .q) + " mean", InkedText("◇", .p) + " exact \(point(exact.x, exact.y))",
      InkedText("◈", .evidence) + " both", InkedText("┼ origin"), InkedText("probability:"),
    ] + sizes + [InkedText(across)] + (isRow ? [] : [InkedText(up)])
  }

  private func block(_ panel: Panel, _ width: Int) -> [InkedText] {
    let rows = isRow ? 1 : max(7, min(15, width / 3))
    let (xs, ys) = frame
    func column(_ x: Double) -> Int {
      let span = xs.upperBound - xs.lowerBound
      return span > 0 ? Int(((x - xs.lowerBound) / span * Double(width - 1)).rounded()) : width / 2
    }
    func row(_ y: Double) -> Int {
      let span = ys.upperBound - ys.lowerBound
      return span > 0 ? Int(((ys.upperBound - y) / span * Double(rows - 1)).rounded()) : rows / 2
    }
    var canvas = [[(character: Character, ink: Ink)]](
      repeating: Array(repeating: (" ", .neutral), count: width), count: rows)
    for x in 0..<width { canvas[row(0)][x] = ("─", .neutral) }
    if !isRow { for y in 0..<rows { canvas[y][column(0)] = ("│", .neutral) } }
    canvas[row(0)][column(0)] = ("┼", .neutral)
    var mass = [[Double]](repeating: Array(repeating: 0, count: width), count: rows)
    for outcome in panel.outcomes {
      mass[row(outcome.y)][column(outcome.x)] += outcome.probability
    }
    for y in 0..<rows {
      for x in 0..<width where mass[y][x] > 0 {
        let share = mass[y][x] / largest
        let size = share <= 0.05 ? 0 : share <= 0.25 ? 1 : share <= 0.5 ? 2 : 3
        canvas[y][x] = (Self.sizes[size], .neutral)
      }
    }
    let mean = panel.mean
    let (there, here) = ((column(exact.x), row(exact.y)), (column(mean.x), row(mean.y)))
    canvas[there.1][there.0] = ("◇", .p)
    canvas[here.1][here.0] = there == here ? ("◈", .evidence) : ("◆", .q)
    let head = [InkedText(Columns.cut(panel.name, width)), InkedText(meanText(panel))]
    return head + canvas.map { InkedText($0) }
  }

  var alternative: String {
    let shown = panels.map { panel in
      let (xs, ys) = (panel.outcomes.map(\.x), panel.outcomes.map(\.y))
      let reach = isRow ? "" : ", up \(Drawing.range(ys))"
      return
        "\(panel.name): \(panel.outcomes.count) outcomes, across \(Drawing.range(xs))\(reach), "
        + meanText(panel)
    }
    return "Clouds of outcomes. " + shown.joined(separator: "; ")
      + ". Exact value: \(point(exact.x, exact.y))."
  }
}
