import _Differentiation

// MARK: With another vector

extension Vector {
  /// The entrywise product aᵢ bᵢ.
  public static func * (left: Vector, right: Vector) -> Vector {
    if left.isEmpty || right.isEmpty { return zero }
    return left.zipped("Vector *", right) { $0 * $1 }
  }

  @derivative(of: *)
  @usableFromInline
  static func multiplyDerivative(
    _ left: Vector, _ right: Vector
  ) -> (value: Vector, pullback: (Vector) -> (Vector, Vector)) {
    (left * right, { ($0 * right, $0 * left) })
  }

  /// The entrywise quotient aᵢ / bᵢ.
  public static func / (left: Vector, right: Vector) -> Vector {
    if left.isEmpty { return zero }
    return left.zipped("Vector /", right) { $0 / $1 }
  }

  @derivative(of: /)
  @usableFromInline
  static func divideDerivative(
    _ left: Vector, _ right: Vector
  ) -> (value: Vector, pullback: (Vector) -> (Vector, Vector)) {
    let quotient = left / right
    return (
      quotient,
      { cotangent in
        let perLeft = cotangent / right
        return (perLeft, -(perLeft * quotient))
      }
    )
  }

  /// The inner product Σᵢ aᵢ bᵢ.
  @differentiable(reverse)
  public func dot(_ other: Vector) -> Double {
    if isEmpty || other.isEmpty { return 0 }
    requireSameCount("Vector.dot", self, other)
    var total = 0.0
    for index in array.indices {
      total += array[index] * other.array[index]
    }
    return total
  }

  @derivative(of: dot)
  @usableFromInline
  func dotDerivative(
    _ other: Vector
  ) -> (value: Double, pullback: (Double) -> (Vector, Vector)) {
    (dot(other), { ($0 * other, $0 * self) })
  }

  /// The sum of the entries.
  public func sum() -> Double {
    var total = 0.0
    for entry in array {
      total += entry
    }
    return total
  }

  @derivative(of: sum)
  @usableFromInline
  func sumDerivative() -> (value: Double, pullback: (Double) -> Vector) {
    let count = count
    return (sum(), { Vector(repeating: $0, count: count) })
  }
}

// MARK: With a number

extension Vector {
  /// Every entry multiplied by one number.
  public static func * (factor: Double, vector: Vector) -> Vector {
    vector.mapped { factor * $0 }
  }

  @derivative(of: *)
  @usableFromInline
  static func scaleDerivative(
    _ factor: Double, _ vector: Vector
  ) -> (value: Vector, pullback: (Vector) -> (Double, Vector)) {
    (factor * vector, { ($0.dot(vector), factor * $0) })
  }

  /// Every entry multiplied by one number.
  @differentiable(reverse)
  public static func * (vector: Vector, factor: Double) -> Vector {
    factor * vector
  }

  /// Every entry divided by one number.
  public static func / (vector: Vector, divisor: Double) -> Vector {
    vector.mapped { $0 / divisor }
  }

  @derivative(of: /)
  @usableFromInline
  static func divideByNumberDerivative(
    _ vector: Vector, _ divisor: Double
  ) -> (value: Vector, pullback: (Vector) -> (Vector, Double)) {
    let quotient = vector / divisor
    return (
      quotient,
      { cotangent in
        let perVector = cotangent / divisor
        return (perVector, -perVector.dot(quotient))
      }
    )
  }

  /// One number added to every entry.
  public static func + (vector: Vector, shift: Double) -> Vector {
    vector.mapped { $0 + shift }
  }

  @derivative(of: +)
  @usableFromInline
  static func shiftDerivative(
    _ vector: Vector, _ shift: Double
  ) -> (value: Vector, pullback: (Vector) -> (Vector, Double)) {
    (vector + shift, { ($0, $0.sum()) })
  }

  /// One number subtracted from every entry.
  @differentiable(reverse)
  public static func - (vector: Vector, shift: Double) -> Vector {
    vector + (-shift)
  }

  /// Every entry subtracted from one number.
  @differentiable(reverse)
  public static func - (shift: Double, vector: Vector) -> Vector {
    -vector + shift
  }
}
