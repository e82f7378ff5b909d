import _Differentiation

// MARK: Sums and multiples

extension Entrywise {
  /// The entrywise sum.
  public static func + (left: Self, right: Self) -> Self {
    if left.isEmpty { return right }
    if right.isEmpty { return left }
    return left.zipped(right) { $0 + $1 }
  }

  @derivative(of: +)
  @usableFromInline
  static func addDerivative(
    _ left: Self, _ right: Self
  ) -> (value: Self, pullback: (Self) -> (Self, Self)) {
    (left + right, { ($0, $0) })
  }

  /// Adds another value entry by entry.
  public static func += (left: inout Self, right: Self) {
    left = left + right
  }

  @derivative(of: +=)
  @usableFromInline
  static func addInPlaceDerivative(
    _ left: inout Self, _ right: Self
  ) -> (value: Void, pullback: (inout Self) -> Self) {
    left += right
    return ((), { $0 })
  }

  /// The entrywise difference.
  public static func - (left: Self, right: Self) -> Self {
    if left.isEmpty { return -right }
    if right.isEmpty { return left }
    return left.zipped(right) { $0 - $1 }
  }

  @derivative(of: -)
  @usableFromInline
  static func subtractDerivative(
    _ left: Self, _ right: Self
  ) -> (value: Self, pullback: (Self) -> (Self, Self)) {
    (left - right, { ($0, -$0) })
  }

  /// Subtracts another value entry by entry.
  public static func -= (left: inout Self, right: Self) {
    left = left - right
  }

  @derivative(of: -=)
  @usableFromInline
  static func subtractInPlaceDerivative(
    _ left: inout Self, _ right: Self
  ) -> (value: Void, pullback: (inout Self) -> Self) {
    left -= right
    return ((), { -$0 })
  }

  /// Every entry with its sign changed.
  public static prefix func - (entries: Self) -> Self {
    entries.mapped { -$0 }
  }

  @derivative(of: -)
  @usableFromInline
  static func negateDerivative(_ entries: Self) -> (value: Self, pullback: (Self) -> Self) {
    (-entries, { -$0 })
  }

  /// Every entry multiplied by one number.
  public static func * (factor: Double, entries: Self) -> Self {
    entries.mapped { factor * $0 }
  }

  @derivative(of: *)
  @usableFromInline
  static func scaleDerivative(
    _ factor: Double, _ entries: Self
  ) -> (value: Self, pullback: (Self) -> (Double, Self)) {
    (factor * entries, { ($0.dot(entries), factor * $0) })
  }

  /// Every entry multiplied by one number.
  @differentiable(reverse)
  public static func * (entries: Self, factor: Double) -> Self {
    factor * entries
  }
}

// MARK: Products

extension Entrywise {
  /// The entrywise product aᵢ bᵢ; the product of matrices is `times`.
  public static func * (left: Self, right: Self) -> Self {
    if left.isEmpty || right.isEmpty { return zero }
    return left.zipped(right) { $0 * $1 }
  }

  @derivative(of: *)
  @usableFromInline
  static func multiplyDerivative(
    _ left: Self, _ right: Self
  ) -> (value: Self, pullback: (Self) -> (Self, Self)) {
    (left * right, { ($0 * right, $0 * left) })
  }

  /// The entrywise quotient aᵢ / bᵢ.
  public static func / (left: Self, right: Self) -> Self {
    if left.isEmpty { return zero }
    return left.zipped(right) { $0 / $1 }
  }

  @derivative(of: /)
  @usableFromInline
  static func divideDerivative(
    _ left: Self, _ right: Self
  ) -> (value: Self, pullback: (Self) -> (Self, Self)) {
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
  public func dot(_ other: Self) -> Double {
    if isEmpty || other.isEmpty { return 0 }
    guard hasShape(of: other) else { return .nan }
    let (left, right) = (array, other.array)
    var total = 0.0
    for index in left.indices {
      total += left[index] * right[index]
    }
    return total
  }

  @derivative(of: dot)
  @usableFromInline
  func dotDerivative(_ other: Self) -> (value: Double, pullback: (Double) -> (Self, Self)) {
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
  func sumDerivative() -> (value: Double, pullback: (Double) -> Self) {
    (sum(), { cotangent in mapped { _ in cotangent } })
  }
}
