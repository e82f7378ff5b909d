public import _Differentiation

extension Vector: AdditiveArithmetic {
  /// The vector without entries: adding it to a vector of any length changes nothing.
  public static var zero: Vector { Vector([]) }

  /// The entrywise sum.
  public static func + (left: Vector, right: Vector) -> Vector {
    if left.isEmpty { return right }
    if right.isEmpty { return left }
    return left.zipped("Vector +", right) { $0 + $1 }
  }

  /// Adds another vector entry by entry.
  public static func += (left: inout Vector, right: Vector) {
    if right.isEmpty { return }
    if left.isEmpty {
      left = right
      return
    }
    requireSameCount("Vector +=", left, right)
    for index in left.array.indices {
      left.array[index] += right.array[index]
    }
  }

  /// The entrywise difference.
  public static func - (left: Vector, right: Vector) -> Vector {
    if left.isEmpty { return -right }
    if right.isEmpty { return left }
    return left.zipped("Vector -", right) { $0 - $1 }
  }

  /// Subtracts another vector entry by entry.
  public static func -= (left: inout Vector, right: Vector) {
    left = left - right
  }

  /// Every entry with its sign changed.
  public static prefix func - (vector: Vector) -> Vector {
    vector.mapped { -$0 }
  }
}

extension Vector: Differentiable {
  /// A direction in which a vector can change is a vector.
  public typealias TangentVector = Vector

  /// Moves the vector along a direction.
  public mutating func move(by offset: Vector) {
    self += offset
  }
}

// MARK: Derivatives of the vector-space operations

extension Vector {
  @derivative(of: +)
  @usableFromInline
  static func addDerivative(
    _ left: Vector, _ right: Vector
  ) -> (value: Vector, pullback: (Vector) -> (Vector, Vector)) {
    (left + right, { ($0, $0) })
  }

  @derivative(of: +=)
  @usableFromInline
  static func addInPlaceDerivative(
    _ left: inout Vector, _ right: Vector
  ) -> (value: Void, pullback: (inout Vector) -> Vector) {
    left += right
    return ((), { $0 })
  }

  @derivative(of: -)
  @usableFromInline
  static func subtractDerivative(
    _ left: Vector, _ right: Vector
  ) -> (value: Vector, pullback: (Vector) -> (Vector, Vector)) {
    (left - right, { ($0, -$0) })
  }

  @derivative(of: -=)
  @usableFromInline
  static func subtractInPlaceDerivative(
    _ left: inout Vector, _ right: Vector
  ) -> (value: Void, pullback: (inout Vector) -> Vector) {
    left -= right
    return ((), { -$0 })
  }

  @derivative(of: -)
  @usableFromInline
  static func negateDerivative(
    _ vector: Vector
  ) -> (value: Vector, pullback: (Vector) -> Vector) {
    (-vector, { -$0 })
  }
}
