import GSL
import Probability

/// The axes that hold all curves of a picture; shared by characters and SVG.
struct PlotFrame {
  let isLinear: Bool
  /// The ends of the vertical axis; powers of ten on a logarithmic scale.
  let (low, high): (Double, Double)
  let (left, right): (Double, Double)

  /// Fits the axes to what is drawn; nil if nothing can be.
  init?(_ curves: Drawing.Curves) {
    let isLinear = curves.scale == .linear
    let heights =
      curves.series.flatMap(\.heights) + curves.levels.map(\.height)
      + curves.marks.flatMap { [$0.heights.lowerBound, $0.heights.upperBound] }
    let drawn = heights.filter { $0.isFinite && (isLinear || $0 > 0) }
    let places = curves.series.flatMap(\.places)
    guard let lowest = drawn.min(), let highest = drawn.max(), let first = places.min(),
      let last = places.max()
    else { return nil }
    self.isLinear = isLinear
    (low, high) = isLinear ? (lowest, highest) : (log10(lowest), log10(highest))
    (left, right) = (first, last)
  }

  /// How far up a height is, from 0 to 1; nil where it cannot be drawn.
  func share(_ height: Double) -> Double? {
    let height = isLinear ? height : log10(height)
    guard height.isFinite else { return nil }
    // Halves first: the range of two finite numbers need not be finite.
    return high > low ? (height / 2 - low / 2) / (high / 2 - low / 2) : nil
  }

  /// The numbers beside equally distant rows, from the bottom.
  func ticks(_ rows: Int) -> [String] {
    let values = (0..<rows).map { row in
      let height = low + (high - low) * Double(row) / Double(rows - 1)
      return isLinear ? height : pow(10, height)
    }
    return isLinear ? ticksApart(values) : Columns.aligned(values.map(Format.brief))
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
