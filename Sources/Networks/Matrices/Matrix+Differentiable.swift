public import _Differentiation

extension Matrix: AdditiveArithmetic {
  /// The matrix without entries: adding it to a matrix of any shape changes nothing.
  public static var zero: Matrix { Matrix(zeros: 0, 0) }

  /// The entrywise sum.
  public static func + (left: Matrix, right: Matrix) -> Matrix {
    if left.isEmpty { return right }
    if right.isEmpty { return left }
    return left.zipped("Matrix +", right) { $0 + $1 }
  }

  /// Adds another matrix entry by entry.
  public static func += (left: inout Matrix, right: Matrix) {
    if right.isEmpty { return }
    if left.isEmpty {
      left = right
      return
    }
    requireSameShape("Matrix +=", left, right)
    for index in left.array.indices {
      left.array[index] += right.array[index]
    }
  }

  /// The entrywise difference.
  public static func - (left: Matrix, right: Matrix) -> Matrix {
    if left.isEmpty { return -right }
    if right.isEmpty { return left }
    return left.zipped("Matrix -", right) { $0 - $1 }
  }

  /// Subtracts another matrix entry by entry.
  public static func -= (left: inout Matrix, right: Matrix) {
    left = left - right
  }

  /// Every entry with its sign changed.
  public static prefix func - (matrix: Matrix) -> Matrix {
    matrix.mapped { -$0 }
  }
}

extension Matrix: Differentiable {
  /// A direction in which a matrix can change is a matrix.
  public typealias TangentVector = Matrix

  /// Moves the matrix along a direction.
  public mutating func move(by offset: Matrix) {
    self += offset
  }
}

// MARK: Derivatives of the vector-space operations

extension Matrix {
  @derivative(of: +)
  @usableFromInline
  static func addDerivative(
    _ left: Matrix, _ right: Matrix
  ) -> (value: Matrix, pullback: (Matrix) -> (Matrix, Matrix)) {
    (left + right, { ($0, $0) })
  }

  @derivative(of: +=)
  @usableFromInline
  static func addInPlaceDerivative(
    _ left: inout Matrix, _ right: Matrix
  ) -> (value: Void, pullback: (inout Matrix) -> Matrix) {
    left += right
    return ((), { $0 })
  }

  @derivative(of: -)
  @usableFromInline
  static func subtractDerivative(
    _ left: Matrix, _ right: Matrix
  ) -> (value: Matrix, pullback: (Matrix) -> (Matrix, Matrix)) {
    (left - right, { ($0, -$0) })
  }

  @derivative(of: -=)
  @usableFromInline
  static func subtractInPlaceDerivative(
    _ left: inout Matrix, _ right: Matrix
  ) -> (value: Void, pullback: (inout Matrix) -> Matrix) {
    left -= right
    return ((), { -$0 })
  }

  @derivative(of: -)
  @usableFromInline
  static func negateDerivative(
    _ matrix: Matrix
  ) -> (value: Matrix, pullback: (Matrix) -> Matrix) {
    (-matrix, { -$0 })
  }

  /// Every entry multiplied by one number.
  public static func * (factor: Double, matrix: Matrix) -> Matrix {
    matrix.mapped { factor * $0 }
  }

  @derivative(of: *)
  @usableFromInline
  static func scaleDerivative(
    _ factor: Double, _ matrix: Matrix
  ) -> (value: Matrix, pullback: (Matrix) -> (Double, Matrix)) {
    (factor * matrix, { ($0.dot(matrix), factor * $0) })
  }

  /// Every entry multiplied by one number.
  @differentiable(reverse)
  public static func * (matrix: Matrix, factor: Double) -> Matrix {
    factor * matrix
  }
}
