/// A rectangular table of real numbers, stored row after row, that can be differentiated with
/// respect to.
///
/// The matrix of no rows and no columns, `Matrix.zero`, is the zero of every shape.
public struct Matrix: Entrywise {
  /// A direction in which a matrix can change is a matrix.
  public typealias TangentVector = Matrix

  /// The entries, row after row.
  public internal(set) var array: [Double]
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  /// Creates a matrix from its entries, row after row; NaN everywhere if there are not as many.
  public init(rows: Int, columns: Int, _ entries: [Double]) {
    self.rows = max(0, rows)
    self.columns = max(0, columns)
    let count = self.rows * self.columns
    array = entries.count == count ? entries : Array(repeating: .nan, count: count)
  }

  /// Creates a matrix of zeros: unlike `zero` it has a shape of its own.
  public init(zeros rows: Int, _ columns: Int) {
    self.init(rows: rows, columns: columns, Array(repeating: 0, count: max(0, rows * columns)))
  }

  /// Creates a matrix from rows of equal length; NaN everywhere if they are not.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    let areEqual = rows.allSatisfy { $0.count == columns }
    self.init(rows: rows.count, columns: columns, areEqual ? Array(rows.joined()) : [.nan])
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

  /// The entry in a row and a column; NaN where there is none.
  public subscript(row: Int, column: Int) -> Double {
    rowRange.contains(row) && columnRange.contains(column) ? array[row * columns + column] : .nan
  }

  /// The matrix without entries: adding it to a matrix of any shape changes nothing.
  public static var zero: Matrix { Matrix(zeros: 0, 0) }

  /// A matrix of the same shape with other entries; NaN everywhere if there are not as many.
  public func withEntries(_ entries: [Double]) -> Matrix {
    Matrix(rows: rows, columns: columns, entries)
  }

  /// Whether another matrix has as many rows and columns.
  public func hasShape(of other: Matrix) -> Bool { rows == other.rows && columns == other.columns }

  var rowRange: Range<Int> { 0..<rows }
  var columnRange: Range<Int> { 0..<columns }
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
