import _Differentiation

// MARK: Reading

extension Matrix {
  @derivative(of: subscript)
  @usableFromInline
  func entryDerivative(
    _ row: Int, _ column: Int
  ) -> (value: Double, pullback: (Double) -> Matrix) {
    let (rows, columns) = (rows, columns)
    return (
      self[row, column],
      { cotangent in
        var gradient = Matrix(zeros: rows, columns)
        gradient.array[row * columns + column] = cotangent
        return gradient
      }
    )
  }

  /// The entries of one row.
  public func row(_ index: Int) -> Vector {
    precondition(index >= 0 && index < rows, "Matrix: no row \(index) among \(rows).")
    return Vector(Array(array[index * columns..<(index + 1) * columns]))
  }

  @derivative(of: row)
  @usableFromInline
  func rowDerivative(_ index: Int) -> (value: Vector, pullback: (Vector) -> Matrix) {
    let (rows, columns) = (rows, columns)
    return (
      row(index),
      { cotangent in
        if cotangent.isEmpty { return .zero }
        var gradient = Matrix(zeros: rows, columns)
        for column in 0..<columns {
          gradient.array[index * columns + column] = cotangent.array[column]
        }
        return gradient
      }
    )
  }

  /// The entries of one column.
  public func column(_ index: Int) -> Vector {
    precondition(index >= 0 && index < columns, "Matrix: no column \(index) among \(columns).")
    var result = Vector(zeros: rows)
    for row in 0..<rows {
      result.array[row] = array[row * columns + index]
    }
    return result
  }

  @derivative(of: column)
  @usableFromInline
  func columnDerivative(_ index: Int) -> (value: Vector, pullback: (Vector) -> Matrix) {
    let (rows, columns) = (rows, columns)
    return (
      column(index),
      { cotangent in
        if cotangent.isEmpty { return .zero }
        var gradient = Matrix(zeros: rows, columns)
        for row in 0..<rows {
          gradient.array[row * columns + index] = cotangent.array[row]
        }
        return gradient
      }
    )
  }

  /// The entries on the diagonal of a square matrix.
  public func diagonal() -> Vector {
    requireSquare("Matrix.diagonal", self)
    return Vector((0..<rows).map { array[$0 * columns + $0] })
  }

  @derivative(of: diagonal)
  @usableFromInline
  func diagonalDerivative() -> (value: Vector, pullback: (Vector) -> Matrix) {
    (diagonal(), { Matrix(diagonal: $0) })
  }

  /// The entries row after row, as one vector.
  public func flattened() -> Vector {
    Vector(array)
  }

  @derivative(of: flattened)
  @usableFromInline
  func flattenedDerivative() -> (value: Vector, pullback: (Vector) -> Matrix) {
    let (rows, columns) = (rows, columns)
    return (
      flattened(),
      { $0.isEmpty ? .zero : Matrix(rows: rows, columns: columns, $0.array) }
    )
  }

  /// The matrix without one row and one column, as in a cofactor.
  public func removing(row: Int, column: Int) -> Matrix {
    _ = place(row, column)
    var entries: [Double] = []
    entries.reserveCapacity((rows - 1) * (columns - 1))
    for index in array.indices where index / columns != row && index % columns != column {
      entries.append(array[index])
    }
    return Matrix(rows: rows - 1, columns: columns - 1, entries)
  }

  @derivative(of: removing)
  @usableFromInline
  func removingDerivative(
    row: Int, column: Int
  ) -> (value: Matrix, pullback: (Matrix) -> Matrix) {
    let (rows, columns) = (rows, columns)
    return (
      removing(row: row, column: column),
      { cotangent in
        if cotangent.isEmpty { return .zero }
        var gradient = Matrix(zeros: rows, columns)
        var next = 0
        for index in gradient.array.indices
        where index / columns != row && index % columns != column {
          gradient.array[index] = cotangent.array[next]
          next += 1
        }
        return gradient
      }
    )
  }
}

@inline(__always)
func requireSquare(_ name: StaticString, _ matrix: Matrix) {
  precondition(
    matrix.rows == matrix.columns,
    "\(name): \(matrix.rows) x \(matrix.columns) is not square.")
}
