import GSL
import _Differentiation

// What the operators of vectors and matrices stand for, each once with its derivative. The operators
// themselves belong to the two types: generic ones would be candidates in every expression of every
// room, and the compiler would take its time.

// MARK: Sums and multiples

extension Entrywise {
  /// aᵢ + bᵢ.
  func adding(_ other: Self) -> Self {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return zipped(other) { $0 + $1 }
  }

  @derivative(of: adding)
  func addingDerivative(_ other: Self) -> (value: Self, pullback: (Self) -> (Self, Self)) {
    (adding(other), { ($0, $0) })
  }

  /// aᵢ − bᵢ.
  func subtracting(_ other: Self) -> Self {
    if isEmpty { return other.negated() }
    if other.isEmpty { return self }
    return zipped(other) { $0 - $1 }
  }

  @derivative(of: subtracting)
  func subtractingDerivative(_ other: Self) -> (value: Self, pullback: (Self) -> (Self, Self)) {
    (subtracting(other), { ($0, $0.negated()) })
  }

  /// −aᵢ.
  func negated() -> Self { mapped { -$0 } }

  @derivative(of: negated)
  func negatedDerivative() -> (value: Self, pullback: (Self) -> Self) {
    (negated(), { $0.negated() })
  }

  /// c aᵢ.
  func scaled(by factor: Double) -> Self { mapped { factor * $0 } }

  @derivative(of: scaled)
  func scaledDerivative(by factor: Double) -> (value: Self, pullback: (Self) -> (Self, Double)) {
    (scaled(by: factor), { ($0.scaled(by: factor), $0.dot(self)) })
  }
}

// MARK: Products

extension Entrywise {
  /// aᵢ bᵢ.
  func multiplied(by other: Self) -> Self {
    if isEmpty || other.isEmpty { return .zero }
    return zipped(other) { $0 * $1 }
  }

  @derivative(of: multiplied)
  func multipliedDerivative(by other: Self) -> (value: Self, pullback: (Self) -> (Self, Self)) {
    (multiplied(by: other), { ($0.multiplied(by: other), $0.multiplied(by: self)) })
  }

  /// aᵢ / bᵢ.
  func divided(by other: Self) -> Self {
    isEmpty ? .zero : zipped(other) { $0 / $1 }
  }

  @derivative(of: divided)
  func dividedDerivative(by other: Self) -> (value: Self, pullback: (Self) -> (Self, Self)) {
    let quotient = divided(by: other)
    return (
      quotient,
      { cotangent in
        let perSelf = cotangent.divided(by: other)
        return (perSelf, perSelf.multiplied(by: quotient).negated())
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
    (dot(other), { (other.scaled(by: $0), scaled(by: $0)) })
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

// MARK: Exponential and logarithm

extension Entrywise {
  /// exp aᵢ.
  func exponential() -> Self { mapped { exp($0) } }

  @derivative(of: exponential)
  func exponentialDerivative() -> (value: Self, pullback: (Self) -> Self) {
    let value = exponential()
    return (value, { $0.multiplied(by: value) })
  }

  /// log aᵢ.
  func logarithm() -> Self { mapped { log($0) } }

  @derivative(of: logarithm)
  func logarithmDerivative() -> (value: Self, pullback: (Self) -> Self) {
    (logarithm(), { $0.divided(by: self) })
  }
}
