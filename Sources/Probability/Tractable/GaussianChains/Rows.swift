/// A matrix in one piece of memory, row after row.
package struct Rows: Equatable, Sendable {
  /// How many rows.
  package let count: Int
  /// How many numbers a row has.
  package let width: Int
  /// The numbers.
  package var entries: [Double]

  /// Nothing but zeros.
  package init(zeros count: Int, width: Int) {
    (self.count, self.width) = (count, width)
    entries = Array(repeating: 0, count: count * width)
  }

  /// The matrix of a list of rows, which does not say how wide no rows are.
  package init(_ rows: [[Double]], width: Int) {
    (count, self.width, entries) = (rows.count, width, Array(rows.joined()))
  }

  /// The first rows of a matrix.
  package init(first count: Int, of rows: consuming Rows) {
    (self.count, width, entries) = (count, rows.width, rows.entries)
    entries.removeLast((rows.count - count) * rows.width)
  }

  package subscript(row: Int, column: Int) -> Double {
    get { entries[row * width + column] }
    set { entries[row * width + column] = newValue }
  }

  /// Writes a one into the first places of the diagonal.
  package mutating func placeIdentity(_ count: Int) {
    for i in 0..<count { self[i, i] = 1 }
  }

  /// Writes rows, of the same width or narrower, from a row on.
  package mutating func place(_ rows: Rows, at row: Int) {
    let width = width
    var entries = entries.mutableSpan
    for i in 0..<rows.count {
      let start = (row + i) * width
      for j in 0..<rows.width { entries[start + j] = rows.entries[i * rows.width + j] }
    }
  }

  /// Writes left · rightᵀ from a row on; a row of `left` may go on after what `right` is wide.
  package mutating func place(_ left: Rows, times right: Rows, at row: Int) {
    let width = width
    var entries = entries.mutableSpan
    for i in 0..<left.count {
      let start = (row + i) * width
      for j in 0..<right.count {
        var total = 0.0
        for k in 0..<right.width {
          total += left.entries[i * left.width + k] * right.entries[j * right.width + k]
        }
        entries[start + j] = total
      }
    }
  }
}

/// Σ_i left_i · right_i.
package func dot(_ left: [Double], _ right: [Double]) -> Double {
  var total = 0.0
  for i in left.indices { total += left[i] * right[i] }
  return total
}

/// A · v.
package func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
  matrix.map { dot($0, vector) }
}

/// Aᵀ.
package func transposed(_ matrix: [[Double]]) -> [[Double]] {
  (matrix.first ?? []).indices.map { column in matrix.map { $0[column] } }
}
