/// A rectangular table of real numbers, stored row after row, that can be differentiated with
/// respect to.
///
/// The matrix of no rows and no columns, `Matrix.zero`, is the zero of every shape.
public struct Matrix: Sendable, Hashable {
  /// The entries, row after row.
  public internal(set) var array: [Double]
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  /// Creates a matrix from its entries, row after row.
  public init(rows: Int, columns: Int, _ entries: [Double]) {
    precondition(
      rows >= 0 && columns >= 0 && entries.count == rows * columns,
      "Matrix: \(entries.count) entries for \(rows) x \(columns).")
    self.rows = rows
    self.columns = columns
    array = entries
  }

  /// Creates a matrix of zeros: unlike `zero` it has a shape of its own.
  public init(zeros rows: Int, _ columns: Int) {
    self.init(rows: rows, columns: columns, Array(repeating: 0, count: rows * columns))
  }

  /// Creates a matrix from rows of equal length.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() {
      precondition(
        row.count == columns,
        "Matrix: row \(index) has \(row.count) entries, the first has \(columns).")
    }
    self.init(rows: rows.count, columns: columns, Array(rows.joined()))
  }

  /// Creates the square matrix with ones on its diagonal.
  public init(identity size: Int) {
    self.init(zeros: size, size)
    for index in 0..<size {
      array[index * size + index] = 1
    }
  }

  /// Whether this is the matrix without rows and columns, the zero of every shape.
  public var isEmpty: Bool { rows == 0 && columns == 0 }

  /// The entry in a row and a column.
  public subscript(row: Int, column: Int) -> Double {
    array[place(row, column)]
  }

  /// The same matrix with the shape of `other` if it is the zero without entries.
  public func filled(like other: Matrix) -> Matrix {
    isEmpty ? Matrix(zeros: other.rows, other.columns) : self
  }
}

extension Matrix: ExpressibleByArrayLiteral {
  /// Creates a matrix from a list of rows.
  public init(arrayLiteral elements: [Double]...) {
    self.init(elements)
  }
}

extension Matrix: CustomStringConvertible {
  /// The rows in brackets.
  public var description: String {
    "[" + (0..<rows).map { row($0).description }.joined(separator: ", ") + "]"
  }
}

// MARK: Places and loops shared by the operations

extension Matrix {
  /// Where an entry is stored.
  func place(_ row: Int, _ column: Int) -> Int {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "Matrix: no entry (\(row), \(column)) in \(rows) x \(columns).")
    return row * columns + column
  }

  /// Applies a function to every entry; not differentiable, for use inside operations.
  @inline(__always)
  func mapped(_ function: (Double) -> Double) -> Matrix {
    var result = self
    for index in result.array.indices {
      result.array[index] = function(result.array[index])
    }
    return result
  }

  /// Applies a function to pairs of entries; not differentiable, for use inside operations.
  @inline(__always)
  func zipped(
    _ name: StaticString, _ other: Matrix, _ function: (Double, Double) -> Double
  ) -> Matrix {
    requireSameShape(name, self, other)
    var result = self
    for index in result.array.indices {
      result.array[index] = function(result.array[index], other.array[index])
    }
    return result
  }
}

@inline(__always)
func requireSameShape(_ name: StaticString, _ left: Matrix, _ right: Matrix) {
  precondition(
    left.rows == right.rows && left.columns == right.columns,
    "\(name): \(left.rows) x \(left.columns) against \(right.rows) x \(right.columns).")
}

@inline(__always)
func requireCount(_ name: StaticString, _ vector: Vector, _ count: Int) {
  precondition(
    vector.count == count, "\(name): \(vector.count) entries where \(count) are needed.")
}
