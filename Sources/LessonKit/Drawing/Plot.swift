import GSL
import Probability

/// A canvas of characters with a vertical axis; row 0 is at the bottom.
struct Plot {
  private let series: [Drawing.Series]
  private let levels: [Double]
  private let rows: Int
  private let columns: Int
  private let scale: Drawing.Scale
  private let low: Double
  private let high: Double
  private let left: Double
  private let right: Double
  private let ticks: [String]

  /// Fits the axes to what is drawn; nil if nothing can be.
  init?(
    series: [Drawing.Series], levels: [(name: String, height: Double)], rows: Int,
    scale: Drawing.Scale
  ) {
    func drawn(_ height: Double) -> Bool { height.isFinite && (scale == .linear || height > 0) }
    let heights = (series.flatMap(\.heights) + levels.map(\.height)).filter(drawn)
    let places = series.flatMap(\.places)
    guard let lowest = heights.min(), let highest = heights.max(), let first = places.min(),
      let last = places.max()
    else { return nil }
    self.series = series
    self.levels = levels.map(\.height).filter(drawn)
    self.rows = rows
    self.scale = scale
    let isLinear = scale == .linear
    (low, high) = isLinear ? (lowest, highest) : (log10(lowest), log10(highest))
    (left, right) = (first, last)
    let (bottom, top) = (low, high)
    let values = (0..<rows).map { row in
      let height = bottom + (top - bottom) * Double(row) / Double(rows - 1)
      return isLinear ? height : pow(10, height)
    }
    ticks = isLinear ? ticksApart(values) : Columns.aligned(values.map(Format.brief))
    columns = Drawing.width - (ticks.map(\.count).max() ?? 0) - 3
  }

  /// The row of a height, in units of rows from the bottom.
  private func row(_ height: Double) -> Int? {
    let height = scale == .linear ? height : log10(height)
    guard height.isFinite else { return nil }
    guard high > low else { return rows / 2 }
    let share = (height / 2 - low / 2) / (high / 2 - low / 2)
    return min(rows - 1, max(0, Int((share * Double(rows - 1)).rounded())))
  }

  /// The canvas with its axes, top row first.
  func lines(axis: String) -> [String] {
    var canvas = [[Character]](
      repeating: [Character](repeating: " ", count: columns), count: rows)
    for level in levels {
      guard let row = row(level) else { continue }
      for column in 0..<columns { canvas[row][column] = "╌" }
    }
    for (curve, stroke) in zip(series, Stroke.all) { draw(curve, stroke, on: &canvas) }
    let labelled = Set(stride(from: 0, to: rows, by: 3)).union([rows - 1])
    let tickWidth = ticks.map(\.count).max() ?? 0
    var lines: [String] = []
    for row in (0..<rows).reversed() {
      let hasTick = labelled.contains(row) && (row == rows - 1 || row < rows - 2)
      let tick = Columns.right(hasTick ? ticks[row] : "", tickWidth)
      lines.append(Drawing.trimmed(tick + (hasTick ? " ┤" : " │") + String(canvas[row])))
    }
    lines.append(Columns.blanks(tickWidth + 1) + "└" + String(repeating: "─", count: columns))
    let ends = (Format.short(left, digits: 4), Format.short(right, digits: 4))
    let middle = Columns.center(axis, columns - ends.0.count - ends.1.count)
    lines.append(Columns.blanks(tickWidth + 2) + ends.0 + middle + ends.1)
    return lines
  }

  private func draw(
    _ curve: Drawing.Series, _ stroke: Stroke, on canvas: inout [[Character]]
  ) {
    let rowOf = (0..<columns).map { column -> Int? in
      let share = columns > 1 ? Double(column) / Double(columns - 1) : 0
      // The ends are taken exactly: left + (right − left) · 1 may round past the last point.
      let place = column == columns - 1 ? right : left + (right - left) * share
      return curve.height(at: place).flatMap(row)
    }
    for column in 0..<columns {
      guard let here = rowOf[column] else { continue }
      let before = (column > 0 ? rowOf[column - 1] : nil) ?? here
      if before == here {
        canvas[here][column] = stroke.flat
      } else {
        let rises = here > before
        canvas[before][column] = rises ? stroke.leftUp : stroke.leftDown
        canvas[here][column] = rises ? stroke.downRight : stroke.upRight
        for row in (min(before, here) + 1)..<max(before, here) {
          canvas[row][column] = stroke.upright
        }
      }
    }
  }
}

/// Heights with the same number of decimals, one more than it takes to tell neighbours apart.
private func ticksApart(_ values: [Double]) -> [String] {
  guard values.allSatisfy({ abs($0) < 1e6 }) else {
    return Columns.aligned(values.map { Format.short($0, digits: 4) })
  }
  for decimals in 0...8
  where Set(values.map { Format.fixed($0, decimals: decimals) }).count
    == values.count
  {
    let texts = values.map { Format.fixed($0, decimals: decimals + 1) }
    let width = texts.map(\.count).max() ?? 0
    return texts.map { Columns.right($0, width) }
  }
  return Columns.aligned(values.map { Format.short($0) })
}
