import _Differentiation

// MARK: With a number

extension Vector {
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
