import _Differentiation

// MARK: From vectors

extension Matrix {
  /// Creates the square matrix with the given diagonal and zeros beside it.
  public init(diagonal: Vector) {
    let size = diagonal.count
    self.init(zeros: size, size)
    for index in 0..<size {
      array[index * size + index] = diagonal.array[index]
    }
  }

  @derivative(of: init(diagonal:))
  @usableFromInline
  static func initDiagonalDerivative(
    diagonal: Vector
  ) -> (value: Matrix, pullback: (Matrix) -> Vector) {
    (Matrix(diagonal: diagonal), { $0.diagonal() })
  }

  /// Creates a matrix from its entries, row after row.
  public init(rows: Int, columns: Int, entries: Vector) {
    self.init(rows: rows, columns: columns, entries.array)
  }

  @derivative(of: init(rows:columns:entries:), wrt: entries)
  @usableFromInline
  static func initEntriesDerivative(
    rows: Int, columns: Int, entries: Vector
  ) -> (value: Matrix, pullback: (Matrix) -> Vector) {
    (Matrix(rows: rows, columns: columns, entries: entries), { Vector($0.array) })
  }

  /// The matrix with one row exchanged; NaN everywhere if the row does not fit.
  public func replacing(row: Int, with entries: Vector) -> Matrix {
    guard rowRange.contains(row), entries.count == columns else { return withoutNumbers }
    var result = self
    result.array.replaceSubrange(row * columns..<(row + 1) * columns, with: entries.array)
    return result
  }

  @derivative(of: replacing)
  @usableFromInline
  func replacingRowDerivative(
    row: Int, with entries: Vector
  ) -> (value: Matrix, pullback: (Matrix) -> (Matrix, Vector)) {
    let columns = columns
    return (
      replacing(row: row, with: entries),
      { cotangent in
        if cotangent.isEmpty { return (.zero, .zero) }
        return (cotangent.replacing(row: row, with: Vector(zeros: columns)), cotangent.row(row))
      }
    )
  }
}

// MARK: Sums

extension Matrix {
  /// For every row the sum of its entries, Σⱼ Aᵢⱼ.
  @differentiable(reverse)
  public func rowSums() -> Vector {
    times(withoutDerivative(at: Vector(repeating: 1, count: columns)))
  }

  /// For every column the sum of its entries, Σᵢ Aᵢⱼ.
  @differentiable(reverse)
  public func columnSums() -> Vector {
    transposedTimes(withoutDerivative(at: Vector(repeating: 1, count: rows)))
  }
}
