import GSL

// Matrices as lists of rows, and the one operation that the messages between states are made of.
// A rotation of two rows keeps their sum of squares, so nothing is squared, added and rooted again:
// standard deviations of 10⁻⁶ and 10⁴ live beside each other where their squares could not.

/// The rows, turned in pairs until the first `columns` columns are zero below the diagonal.
///
/// The sum of squares of every linear form, |rows · x|², stays what it was.
/// Reference: Golub and Van Loan 2013, section 5.2.5.
func triangularised(_ rows: [[Double]], columns: Int) -> [[Double]] {
  var rows = rows
  for j in 0..<min(columns, rows.count) {
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
  return rows
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
