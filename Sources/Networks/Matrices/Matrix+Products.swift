import _Differentiation

// MARK: Matrix and vector

extension Matrix {
  /// The product A x.
  public func times(_ vector: Vector) -> Vector {
    if isEmpty || vector.isEmpty { return Vector(zeros: rows) }
    guard vector.count == columns else { return Vector(repeating: .nan, count: rows) }
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
    guard vector.count == rows else { return Vector(repeating: .nan, count: columns) }
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
    let width = other.columns
    var result = Matrix(zeros: rows, width)
    guard columns == other.rows else { return result.withoutNumbers }
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
