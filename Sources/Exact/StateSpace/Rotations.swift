import GSL

// Matrices as lists of rows, and the one operation that the messages between states are made of.
// A rotation of two rows keeps their sum of squares, so nothing is squared, added and rooted again:
// standard deviations of 10⁻⁶ and 10⁴ live beside each other where their squares could not.

/// Rows turned in pairs until their first columns, in some order, are a triangle.
struct Triangle {
  /// The rows; the columns that were to be turned stand in `order`, the others where they were.
  var rows: [[Double]]
  /// Which column each of the first ones was.
  let order: [Int]

  /// The sum of squares of every linear form, |rows · x|², stays what it was.
  ///
  /// The largest column comes first, and in it the largest row is the one that the others are turned
  /// against. So what a small row says beside a large one is not lost in the rounding of the large
  /// one: every row keeps an error that is small beside itself.
  /// References: Golub and Van Loan 2013, section 5.2.5; Cox and Higham 1998 for the order.
  init(turning start: [[Double]], columns: Int) {
    var rows = start
    var order = Array(0..<columns)
    for j in 0..<min(columns, rows.count) {
      let best = Triangle.largestColumn(rows, from: j, below: columns)
      if best != j {
        order.swapAt(j, best)
        for i in rows.indices { rows[i].swapAt(j, best) }
      }
      Triangle.clear(&rows, below: j)
    }
    (self.rows, self.order) = (rows, order)
  }

  private static func largestColumn(_ rows: [[Double]], from first: Int, below end: Int) -> Int {
    var best = (column: first, size: 0.0)
    for j in first..<end {
      // Entries, not squares: those may leave the doubles.
      let size = rows[first...].reduce(0) { max($0, $1[j].magnitude) }
      if size > best.size { best = (j, size) }
    }
    return best.column
  }

  private static func clear(_ rows: inout [[Double]], below j: Int) {
    var top = j
    for i in j..<rows.count where rows[i][j].magnitude > rows[top][j].magnitude { top = i }
    if top != j { rows.swapAt(j, top) }
    for i in (j + 1)..<max(j + 1, rows.count) where rows[i][j] != 0 {
      let length = hypot(rows[j][j], rows[i][j])
      let (cosine, sine) = (rows[j][j] / length, rows[i][j] / length)
      for k in j..<rows[j].count {
        let (upper, lower) = (rows[j][k], rows[i][k])
        rows[j][k] = cosine * upper + sine * lower
        rows[i][k] = cosine * lower - sine * upper
      }
      rows[i][j] = 0
    }
  }

  /// The values of the first columns, each put back to where its column was.
  func restored(_ values: ArraySlice<Double>) -> [Double] {
    var restored = Array(values)
    for (place, column) in order.enumerated() {
      restored[column] = values[values.startIndex + place]
    }
    return restored
  }
}

/// Σ_i left_i · right_i.
func dot(_ left: [Double], _ right: [Double]) -> Double {
  var total = 0.0
  for i in left.indices { total += left[i] * right[i] }
  return total
}

/// A · v.
func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
  matrix.map { dot($0, vector) }
}

/// A · B.
func product(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] {
  let columns = transposed(right)
  return left.map { product(columns, $0) }
}

/// Aᵀ.
func transposed(_ matrix: [[Double]]) -> [[Double]] {
  (matrix.first ?? []).indices.map { column in matrix.map { $0[column] } }
}

/// A·Aᵀ: a covariance from its factor.
func squared(_ factor: [[Double]]) -> [[Double]] {
  factor.map { row in factor.map { dot(row, $0) } }
}

/// The rows of the identity, `count` of them, each followed by zeros up to `width`.
func identityRows(_ count: Int, width: Int) -> [[Double]] {
  (0..<count).map { i in (0..<width).map { $0 == i ? 1 : 0 } }
}

/// R⁻¹ · v for an upper triangular R that stands in the first columns of `rows`.
func solvedUpper(_ rows: [[Double]], _ vector: [Double]) -> [Double] {
  var solution = vector
  for i in vector.indices.reversed() {
    for j in (i + 1)..<max(i + 1, vector.count) { solution[i] -= rows[i][j] * solution[j] }
    solution[i] /= rows[i][i]
  }
  return solution
}

/// v · R⁻¹ for an upper triangular R that stands in the first columns of `rows`.
func solvedUpper(_ vector: [Double], timesInverseOf rows: [[Double]]) -> [Double] {
  var solution = vector
  for j in vector.indices {
    for i in 0..<j { solution[j] -= solution[i] * rows[i][j] }
    solution[j] /= rows[j][j]
  }
  return solution
}

/// Σ log |R_ii| over the first `count` rows of a triangle: what an integral over them divides by.
func logDiagonal(_ rows: [[Double]], _ count: Int) -> Double {
  (0..<count).reduce(0) { $0 + log(rows[$1][$1].magnitude) }
}
