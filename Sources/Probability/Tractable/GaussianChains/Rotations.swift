import GSL

// The one operation that the messages between states are made of.
// A rotation of two rows keeps their sum of squares, so nothing is squared, added and rooted again:
// standard deviations of 10⁻⁶ and 10⁴ live beside each other where their squares could not.

/// Rows turned in pairs until their first columns, in some order, are a triangle.
package struct Triangle {
  /// The rows; the columns that were to be turned stand in `order`, the others where they were.
  package let rows: Rows
  /// Which column each of the first ones was.
  package let order: [Int]

  /// The sum of squares of every linear form, |rows · x|², stays what it was.
  ///
  /// The largest column comes first, and in it the largest row is the one that the others are turned
  /// against. So what a small row says beside a large one is not lost in the rounding of the large
  /// one: every row keeps an error that is small beside itself.
  /// References: Golub and Van Loan 2013, section 5.2.5; Cox and Higham 1998 for the order.
  package init(turning start: consuming Rows, columns: Int) {
    var rows = start
    let (count, width) = (rows.count, rows.width)
    var sizes = [Double](repeating: 0, count: columns)
    var order = Array(0..<columns)
    var entries = rows.entries.mutableSpan
    for j in 0..<min(columns, count) {
      let best = Triangle.largestColumn(entries, &sizes, count, width, from: j)
      if best != j {
        order.swapAt(j, best)
        for i in 0..<count { entries.swapAt(i * width + j, i * width + best) }
      }
      Triangle.clear(&entries, count, width, below: j)
    }
    (self.rows, self.order) = (rows, order)
  }

  @inline(__always)
  private static func largestColumn(
    _ entries: borrowing MutableSpan<Double>, _ sizes: inout [Double], _ count: Int, _ width: Int,
    from first: Int
  ) -> Int {
    var sizes = sizes.mutableSpan
    for j in first..<sizes.count { sizes[j] = 0 }
    for i in first..<count {
      for j in first..<sizes.count {
        // Entries, not squares: those may leave the doubles.
        let size = entries[i * width + j].magnitude
        if size > sizes[j] { sizes[j] = size }
      }
    }
    var best = (column: first, size: 0.0)
    for j in first..<sizes.count where sizes[j] > best.size { best = (j, sizes[j]) }
    return best.column
  }

  @inline(__always)
  private static func clear(
    _ entries: inout MutableSpan<Double>, _ count: Int, _ width: Int, below j: Int
  ) {
    var largest = j
    for i in j..<count
    where entries[i * width + j].magnitude > entries[largest * width + j].magnitude { largest = i }
    let top = j * width
    if largest != j {
      for k in 0..<width { entries.swapAt(top + k, largest * width + k) }
    }
    for i in (j + 1)..<max(j + 1, count) where entries[i * width + j] != 0 {
      let row = i * width
      let length = hypotenuse(entries[top + j], entries[row + j])
      let (cosine, sine) = (entries[top + j] / length, entries[row + j] / length)
      for k in (j + 1)..<max(j + 1, width) {
        let (upper, lower) = (entries[top + k], entries[row + k])
        entries[top + k] = cosine * upper + sine * lower
        entries[row + k] = cosine * lower - sine * upper
      }
      (entries[top + j], entries[row + j]) = (length, 0)
    }
  }

  /// The first rows, the first columns of them put back to where they were.
  package func restored(_ count: Int) -> Rows {
    var restored = Rows(first: count, of: rows)
    var entries = restored.entries.mutableSpan
    for i in 0..<count {
      let start = i * rows.width
      for (place, column) in order.enumerated() {
        entries[start + column] = rows.entries[start + place]
      }
    }
    return restored
  }

  /// Σ log |R_ii| over the triangle: what an integral over its columns divides by.
  package var logDiagonal: Double {
    order.indices.reduce(0) { $0 + log(rows[$1, $1].magnitude) }
  }

  /// Σ squares in a column below the triangle.
  package func squares(below count: Int, column: Int) -> Double {
    (count..<max(count, rows.count)).reduce(0) { $0 + rows[$1, column] * rows[$1, column] }
  }

  /// R⁻¹ · v for the triangle R and a column v beside it.
  package func solved(column: Int) -> [Double] {
    var solution = order.indices.map { rows[$0, column] }
    for i in order.indices.reversed() {
      for j in (i + 1)..<max(i + 1, order.count) { solution[i] -= rows[i, j] * solution[j] }
      solution[i] /= rows[i, i]
    }
    return solution
  }

  /// R⁻ᵀ · M for the triangle R, the rows of M in the order of its columns.
  package func transposedSolved(_ matrix: Rows) -> Rows {
    var solved = Rows(zeros: matrix.count, width: matrix.width)
    let width = matrix.width
    var entries = solved.entries.mutableSpan
    for j in order.indices {
      for k in 0..<width { entries[j * width + k] = matrix[order[j], k] }
      for i in 0..<j {
        let share = rows[i, j]
        for k in 0..<width { entries[j * width + k] -= entries[i * width + k] * share }
      }
      for k in 0..<width { entries[j * width + k] /= rows[j, j] }
    }
    return solved
  }
}

/// √(a² + b²), scaled by a power of two where a square would leave the doubles.
///
/// In between, what a square loses by underflow is below 2⁻¹⁷⁴ of the sum.
package func hypotenuse(_ a: Double, _ b: Double) -> Double {
  let square = a * a + b * b
  if square >= 0x1p-900 && square <= 0x1p1000 { return square.squareRoot() }
  let scale = square < 1 ? 0x1p600 : 0x1p-600
  let (x, y) = (a * scale, b * scale)
  return (x * x + y * y).squareRoot() / scale
}
