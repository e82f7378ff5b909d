import _Differentiation

// Parts of a matrix are entries of its flat list at certain places; a place of −1 is not there, and
// its entry NaN. The derivative is that of the list, once for all of them.

extension Matrix {
  @derivative(of: subscript)
  @usableFromInline
  func entryDerivative(_ row: Int, _ column: Int) -> (value: Double, pullback: (Double) -> Matrix) {
    let place = rowRange.contains(row) && columnRange.contains(column) ? row * columns + column : -1
    return (
      self[row, column],
      { cotangent in
        var gradient = mapped { _ in 0 }
        if place >= 0 { gradient.array[place] = cotangent }
        return gradient
      }
    )
  }

  /// The entries row after row, as one vector.
  public func flattened() -> Vector {
    Vector(array)
  }

  @derivative(of: flattened)
  @usableFromInline
  func flattenedDerivative() -> (value: Vector, pullback: (Vector) -> Matrix) {
    (flattened(), { $0.isEmpty ? .zero : withEntries($0.array) })
  }

  /// The entries of one row; NaN for a row that is not there.
  @differentiable(reverse)
  public func row(_ index: Int) -> Vector {
    flattened()[withoutDerivative(at: places(ofRow: index))]
  }

  private func places(ofRow index: Int) -> [Int] {
    columnRange.map { rowRange.contains(index) ? index * columns + $0 : -1 }
  }

  /// The entries of one column; NaN for a column that is not there.
  @differentiable(reverse)
  public func column(_ index: Int) -> Vector {
    flattened()[withoutDerivative(at: places(ofColumn: index))]
  }

  private func places(ofColumn index: Int) -> [Int] {
    rowRange.map { columnRange.contains(index) ? $0 * columns + index : -1 }
  }

  /// The entries on the diagonal of a square matrix; NaN for any other.
  @differentiable(reverse)
  public func diagonal() -> Vector {
    flattened()[withoutDerivative(at: placesOfDiagonal())]
  }

  private func placesOfDiagonal() -> [Int] {
    rowRange.map { rows == columns ? $0 * columns + $0 : -1 }
  }

  /// The matrix without one row and one column, as in a cofactor.
  @differentiable(reverse)
  public func removing(row: Int, column: Int) -> Matrix {
    Matrix(
      rows: withoutDerivative(at: rows - 1), columns: withoutDerivative(at: columns - 1),
      entries: flattened()[withoutDerivative(at: places(without: row, column))])
  }

  private func places(without row: Int, _ column: Int) -> [Int] {
    array.indices.filter { $0 / columns != row && $0 % columns != column }
  }
}
