import _Differentiation

// MARK: Entry by entry

extension Matrix {
  /// The entrywise product Aᵢⱼ Bᵢⱼ; the matrix product is `times`.
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    if left.isEmpty || right.isEmpty { return zero }
    return left.zipped("Matrix *", right) { $0 * $1 }
  }

  @derivative(of: *)
  @usableFromInline
  static func multiplyDerivative(
    _ left: Matrix, _ right: Matrix
  ) -> (value: Matrix, pullback: (Matrix) -> (Matrix, Matrix)) {
    (left * right, { ($0 * right, $0 * left) })
  }

  /// The inner product of matrices, Σᵢⱼ Aᵢⱼ Bᵢⱼ.
  public func dot(_ other: Matrix) -> Double {
    if isEmpty || other.isEmpty { return 0 }
    requireSameShape("Matrix.dot", self, other)
    var total = 0.0
    for index in array.indices {
      total += array[index] * other.array[index]
    }
    return total
  }

  @derivative(of: dot)
  @usableFromInline
  func dotDerivative(
    _ other: Matrix
  ) -> (value: Double, pullback: (Double) -> (Matrix, Matrix)) {
    (dot(other), { ($0 * other, $0 * self) })
  }
}

// MARK: Matrix and vector

extension Matrix {
  /// The product A x.
  public func times(_ vector: Vector) -> Vector {
    if isEmpty || vector.isEmpty { return Vector(zeros: rows) }
    requireCount("Matrix.times", vector, columns)
    var result = Vector(zeros: rows)
    for row in 0..<rows {
      let start = row * columns
      var total = 0.0
      for column in 0..<columns {
        total += array[start + column] * vector.array[column]
      }
      result.array[row] = total
    }
    return result
  }

  @derivative(of: times)
  @usableFromInline
  func timesVectorDerivative(
    _ vector: Vector
  ) -> (value: Vector, pullback: (Vector) -> (Matrix, Vector)) {
    (times(vector), { (outer($0, vector), transposedTimes($0)) })
  }

  /// The product Aᵀ x, without forming the transpose.
  public func transposedTimes(_ vector: Vector) -> Vector {
    if isEmpty || vector.isEmpty { return Vector(zeros: columns) }
    requireCount("Matrix.transposedTimes", vector, rows)
    var result = Vector(zeros: columns)
    for row in 0..<rows {
      let start = row * columns
      let factor = vector.array[row]
      for column in 0..<columns {
        result.array[column] += array[start + column] * factor
      }
    }
    return result
  }

  @derivative(of: transposedTimes)
  @usableFromInline
  func transposedTimesDerivative(
    _ vector: Vector
  ) -> (value: Vector, pullback: (Vector) -> (Matrix, Vector)) {
    (transposedTimes(vector), { (outer(vector, $0), times($0)) })
  }

  /// The quadratic form xᵀ A x.
  @differentiable(reverse)
  public func quadraticForm(_ vector: Vector) -> Double {
    vector.dot(times(vector))
  }
}

/// The outer product a bᵀ, whose entry in row i and column j is aᵢ bⱼ.
public func outer(_ left: Vector, _ right: Vector) -> Matrix {
  if left.isEmpty || right.isEmpty { return .zero }
  let columns = right.count
  var result = Matrix(zeros: left.count, columns)
  for row in left.indices {
    let factor = left.array[row]
    for column in 0..<columns {
      result.array[row * columns + column] = factor * right.array[column]
    }
  }
  return result
}

@derivative(of: outer)
@usableFromInline
func outerDerivative(
  _ left: Vector, _ right: Vector
) -> (value: Matrix, pullback: (Matrix) -> (Vector, Vector)) {
  (
    outer(left, right),
    { cotangent in
      if cotangent.isEmpty { return (.zero, .zero) }
      return (cotangent.times(right), cotangent.transposedTimes(left))
    }
  )
}

// MARK: Matrix and matrix

extension Matrix {
  /// The matrix product A B.
  public func times(_ other: Matrix) -> Matrix {
    if isEmpty || other.isEmpty { return .zero }
    precondition(
      columns == other.rows,
      "Matrix.times: \(rows) x \(columns) by \(other.rows) x \(other.columns).")
    let width = other.columns
    var result = Matrix(zeros: rows, width)
    for row in 0..<rows {
      for middle in 0..<columns {
        let factor = array[row * columns + middle]
        let (target, source) = (row * width, middle * width)
        for column in 0..<width {
          result.array[target + column] += factor * other.array[source + column]
        }
      }
    }
    return result
  }

  @derivative(of: times)
  @usableFromInline
  func timesMatrixDerivative(
    _ other: Matrix
  ) -> (value: Matrix, pullback: (Matrix) -> (Matrix, Matrix)) {
    (times(other), { ($0.times(other.transposed()), transposed().times($0)) })
  }

  /// The transpose Aᵀ.
  public func transposed() -> Matrix {
    var result = Matrix(zeros: columns, rows)
    for row in 0..<rows {
      for column in 0..<columns {
        result.array[column * rows + row] = array[row * columns + column]
      }
    }
    return result
  }

  @derivative(of: transposed)
  @usableFromInline
  func transposedDerivative() -> (value: Matrix, pullback: (Matrix) -> Matrix) {
    (transposed(), { $0.transposed() })
  }
}
