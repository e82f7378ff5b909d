import GSL

/// A matrix with twice the digits of a double, row after row.
struct DoubledMatrix: Sendable {
  let (rows, columns): (Int, Int)
  var entries: [DoubleDouble]

  init(zeros rows: Int, _ columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    entries = Array(repeating: DoubleDouble(0), count: rows * columns)
  }

  init(_ table: [[Double]]) {
    (rows, columns) = (table.count, table.first?.count ?? 0)
    entries = table.joined().map { DoubleDouble($0) }
  }

  init(column: [Double]) { self.init(column.map { [$0] }) }

  subscript(row: Int, column: Int) -> DoubleDouble {
    get { entries[row * columns + column] }
    set { entries[row * columns + column] = newValue }
  }

  func column(_ index: Int) -> [DoubleDouble] { (0..<rows).map { self[$0, index] } }

  func transposed() -> DoubledMatrix {
    var result = DoubledMatrix(zeros: columns, rows)
    result.entries = (0..<columns).flatMap { column($0) }
    return result
  }

  func times(_ other: DoubledMatrix) -> DoubledMatrix {
    var product = DoubledMatrix(zeros: rows, other.columns)
    for i in 0..<rows {
      for j in 0..<other.columns {
        for k in 0..<columns { product.entries[i * other.columns + j] += self[i, k] * other[k, j] }
      }
    }
    return product
  }

  func times(_ vector: [DoubleDouble]) -> [DoubleDouble] {
    (0..<rows).map { i in
      (0..<columns).reduce(DoubleDouble(0)) { $0 + self[i, $1] * vector[$1] }
    }
  }

  static func + (left: DoubledMatrix, right: DoubledMatrix) -> DoubledMatrix {
    var sum = left
    for index in sum.entries.indices { sum.entries[index] += right.entries[index] }
    return sum
  }

  /// Writes a block with its first entry at a place.
  mutating func place(_ block: DoubledMatrix, atRow row: Int, column: Int = 0) {
    for i in 0..<block.rows {
      for j in 0..<block.columns { self[row + i, column + j] = block[i, j] }
    }
  }

  /// The rows and columns of some numbers.
  func selected(rows: [Int], columns: [Int]) -> DoubledMatrix {
    var part = DoubledMatrix(zeros: rows.count, columns.count)
    for (i, row) in rows.enumerated() {
      for (j, column) in columns.enumerated() { part[i, j] = self[row, column] }
    }
    return part
  }
}
