internal import CKernels

/// A matrix that lies in an array row after row, as the kernels want it.
///
/// Operations write into a grid that is there already: a training step of thousands allocates nothing.
/// Shapes are the caller's to get right: what does not fit leaves NaN in every number that it should
/// have written.
public struct Grid: Sendable, Equatable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The entries, row after row.
  public internal(set) var numbers: [Double]

  /// A grid of one number everywhere.
  public init(rows: Int, columns: Int, filledWith number: Double = 0) {
    self.init(
      rows: rows, columns: columns, Array(repeating: number, count: max(0, rows * columns)))
  }

  /// A grid with given entries, row after row; of NaN if there are not as many.
  public init(rows: Int, columns: Int, _ numbers: [Double]) {
    self.rows = max(0, rows)
    self.columns = max(0, columns)
    self.numbers = numbers
    fits(numbers.count == self.rows * self.columns)
  }

  /// The entry of a row and a column.
  public subscript(row: Int, column: Int) -> Double { numbers[row * columns + column] }

  /// Whether shapes fit; if not, every entry becomes NaN.
  @discardableResult
  mutating func fits(_ condition: Bool) -> Bool {
    if !condition { numbers = Array(repeating: .nan, count: rows * columns) }
    return condition
  }

  /// Lets others write the entries; all become zero if there are not as many afterwards.
  public mutating func withNumbers<Failure: Error>(
    _ write: (inout [Double]) throws(Failure) -> Void
  ) throws(Failure) {
    defer {
      if numbers.count != rows * columns {
        numbers = Array(repeating: 0, count: rows * columns)
      }
    }
    try write(&numbers)
  }

  /// Takes over rows of another grid, from one of them on, and again from its top behind its end.
  public mutating func copyRows(of other: Grid, from first: Int) {
    guard fits(columns == other.columns && other.rows > 0 && first >= 0) else { return }
    for row in 0..<rows {
      let start = (first + row) % other.rows * columns
      numbers.replaceSubrange(
        row * columns..<(row + 1) * columns, with: other.numbers[start..<start + columns])
    }
  }

  /// Takes over the rows of another grid that a list names, as many as there are here.
  public mutating func takeRows(of other: Grid, _ chosen: ArraySlice<Int>) {
    let known = chosen.allSatisfy { $0 >= 0 && $0 < other.rows }
    guard fits(columns == other.columns && chosen.count == rows && known) else { return }
    var place = 0
    for row in chosen {
      for source in row * columns..<(row + 1) * columns {
        numbers[place] = other.numbers[source]
        place += 1
      }
    }
  }

  // MARK: Products

  /// Becomes left · right + shift, the shift being added to every row; without one, left · right.
  public mutating func setProduct(_ left: Grid, _ right: Grid, plus shift: [Double]? = nil) {
    let shapes = left.rows == rows && left.columns == right.rows && right.columns == columns
    guard fits(shapes && shift.map { $0.count == columns } ?? true) else { return }
    if let shift {
      unsafe kernel_product(
        rows, columns, right.rows, left.numbers, left.columns, 1, right.numbers, shift, 0, &numbers)
    } else {
      unsafe kernel_product(
        rows, columns, right.rows, left.numbers, left.columns, 1, right.numbers, nil, 0, &numbers)
    }
  }

  /// Becomes leftᵀ · right.
  public mutating func setProduct(transposing left: Grid, _ right: Grid) {
    guard fits(left.columns == rows && left.rows == right.rows && right.columns == columns) else {
      return
    }
    unsafe kernel_product(
      rows, columns, right.rows, left.numbers, 1, left.columns, right.numbers, nil, 0, &numbers)
  }

  /// Becomes otherᵀ.
  public mutating func setTransposed(of other: Grid) {
    guard fits(other.columns == rows && other.rows == columns) else { return }
    unsafe kernel_transpose(other.rows, other.columns, other.numbers, &numbers)
  }

  /// Becomes self + scale · other.
  public mutating func add(_ scale: Double, times other: Grid) {
    guard fits(other.rows == rows && other.columns == columns) else { return }
    unsafe kernel_add_scaled(numbers.count, scale, other.numbers, &numbers)
  }
}
