import GSL

/// A matrix whose first columns plane rotations of its rows have made a triangle: what `Triangle` is
/// with the digits of a double.
///
/// Among the columns that are left, the largest comes first, and within it the largest row, so that
/// small numbers are not turned into large ones.
struct DoubledTriangle {
  private(set) var rows: DoubledMatrix
  /// The column that each place of the triangle came from.
  private(set) var order: [Int]

  init(turning matrix: DoubledMatrix, columns: Int) {
    (rows, order) = (matrix, Array(0..<columns))
    for j in 0..<min(columns, matrix.rows) {
      bringLargestColumn(to: j, of: columns)
      clear(below: j)
    }
  }

  private mutating func bringLargestColumn(to j: Int, of columns: Int) {
    func size(_ column: Int) -> Double {
      (j..<rows.rows).reduce(0) { max($0, rows[$1, column].high.magnitude) }
    }
    let sizes = (j..<columns).map(size)
    guard let largest = sizes.max(), let best = sizes.firstIndex(of: largest), best > 0 else {
      return
    }
    order.swapAt(j, j + best)
    for i in 0..<rows.rows {
      (rows[i, j], rows[i, j + best]) = (rows[i, j + best], rows[i, j])
    }
  }

  private mutating func clear(below j: Int) {
    let largest =
      (j..<rows.rows).max { rows[$0, j].high.magnitude < rows[$1, j].high.magnitude } ?? j
    for k in 0..<rows.columns where largest != j {
      (rows[j, k], rows[largest, k]) = (rows[largest, k], rows[j, k])
    }
    for i in (j + 1)..<max(j + 1, rows.rows) where rows[i, j].high != 0 {
      let length = DoubleDouble.hypotenuse(rows[j, j], rows[i, j])
      let (cosine, sine) = (rows[j, j] / length, rows[i, j] / length)
      for k in (j + 1)..<max(j + 1, rows.columns) {
        let (upper, lower) = (rows[j, k], rows[i, k])
        rows[j, k] = cosine * upper + sine * lower
        rows[i, k] = cosine * lower - sine * upper
      }
      (rows[j, j], rows[i, j]) = (length, DoubleDouble(0))
    }
  }

  /// The first rows, the first columns of them put back to where they were.
  func restored(_ count: Int) -> DoubledMatrix {
    var restored = rows.selected(rows: Array(0..<count), columns: Array(0..<rows.columns))
    for i in 0..<count {
      for (place, column) in order.enumerated() { restored[i, column] = rows[i, place] }
    }
    return restored
  }

  /// Σ log |R_ii| over the triangle.
  var logDiagonal: DoubleDouble {
    order.indices.reduce(DoubleDouble(0)) {
      let entry = rows[$1, $1]
      return $0 + (entry.high < 0 ? -entry : entry).logarithm
    }
  }

  /// Σ squares in a column below the triangle.
  func squares(below count: Int, column: Int) -> DoubleDouble {
    (count..<max(count, rows.rows)).reduce(DoubleDouble(0)) {
      $0 + rows[$1, column] * rows[$1, column]
    }
  }

  /// R⁻¹ · v for the triangle R and a column v beside it.
  func solved(column: Int) -> [DoubleDouble] {
    var solution = order.indices.map { rows[$0, column] }
    for i in order.indices.reversed() {
      for j in (i + 1)..<max(i + 1, order.count) { solution[i] -= rows[i, j] * solution[j] }
      solution[i] = solution[i] / rows[i, i]
    }
    return solution
  }

  /// R⁻ᵀ · M for the triangle R, the rows of M in the order of its columns.
  func transposedSolved(_ matrix: DoubledMatrix) -> DoubledMatrix {
    var solved = matrix.selected(rows: order, columns: Array(0..<matrix.columns))
    for j in order.indices {
      for k in 0..<matrix.columns {
        var entry = solved[j, k]
        for i in 0..<j { entry -= solved[i, k] * rows[i, j] }
        solved[j, k] = entry / rows[j, j]
      }
    }
    return solved
  }
}

extension DoubleDouble {
  /// √(a² + b²), scaled by a power of two so that no square leaves the doubles.
  static func hypotenuse(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble {
    let size = max(a.binaryExponent, b.binaryExponent)
    let scaled = abs(size) > 400
    let (x, y) = scaled ? (a.scaled(byPowerOfTwo: -size), b.scaled(byPowerOfTwo: -size)) : (a, b)
    let length = (x * x + y * y).squareRoot
    return scaled ? length.scaled(byPowerOfTwo: size) : length
  }
}
