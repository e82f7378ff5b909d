import GSL

// Arithmetic that carries its rounding along: each operation bounds what its operands' errors and
// its own rounding can do to the result, u = 2⁻⁵².
//
//   |fl(a ∘ b) − (a ∘ b)| ≤ u |a ∘ b|
//
// A formula written with these numbers has its bound derived as it is evaluated. Reference: running
// error analysis, Higham 2002, "Accuracy and Stability of Numerical Algorithms", section 3.3.

extension ExactValue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A number that is given: no rounding went into it.
  public init(_ given: Double) { self.init(given, roundingBound: 0) }

  /// A number that is given.
  public init(floatLiteral value: Double) { self.init(value, roundingBound: 0) }

  /// A number that is given.
  public init(integerLiteral value: Int) { self.init(Double(value), roundingBound: 0) }

  /// The result of an operation, with what the operands' errors do to it and its own rounding.
  private init(_ value: Double, from errors: Double, roundings: Double = 1) {
    self.init(value, roundingBound: errors + roundings * Double.ulpOfOne * abs(value))
  }

  /// a + b, off by e_a + e_b.
  public static func + (a: ExactValue, b: ExactValue) -> ExactValue {
    ExactValue(a.value + b.value, from: a.roundingBound + b.roundingBound)
  }

  /// a − b, off by e_a + e_b.
  public static func - (a: ExactValue, b: ExactValue) -> ExactValue {
    ExactValue(a.value - b.value, from: a.roundingBound + b.roundingBound)
  }

  /// −a.
  public static prefix func - (a: ExactValue) -> ExactValue {
    ExactValue(-a.value, roundingBound: a.roundingBound)
  }

  /// a b, off by |a| e_b + |b| e_a + e_a e_b.
  public static func * (a: ExactValue, b: ExactValue) -> ExactValue {
    ExactValue(
      a.value * b.value,
      from: abs(a.value) * b.roundingBound + abs(b.value) * a.roundingBound
        + a.roundingBound * b.roundingBound)
  }

  /// a / b, off by (e_a + |a/b| e_b) / (|b| − e_b).
  public static func / (a: ExactValue, b: ExactValue) -> ExactValue {
    let quotient = a.value / b.value
    let nearest = abs(b.value) - b.roundingBound
    let errors = a.roundingBound + abs(quotient) * b.roundingBound
    return ExactValue(quotient, from: errors == 0 ? 0 : nearest > 0 ? errors / nearest : .infinity)
  }

  /// a ← a + b.
  public static func += (a: inout ExactValue, b: ExactValue) { a = a + b }
  /// a ← a − b.
  public static func -= (a: inout ExactValue, b: ExactValue) { a = a - b }

  /// log a, off by −log(1 − e_a/|a|); a library's logarithm is good to two roundings.
  public var logarithm: ExactValue {
    let share = roundingBound / abs(value)
    let errors = roundingBound == 0 ? 0 : share < 1 ? -log1p(-share) : .infinity
    return ExactValue(log(value), from: errors, roundings: 2)
  }

  /// e^a, off by e^a (e^e_a − 1).
  public var exponential: ExactValue {
    let power = exp(value)
    return ExactValue(power, from: power == 0 ? 0 : power * expm1(roundingBound), roundings: 2)
  }

  /// √a, off by √a − √(a − e_a).
  public var squareRoot: ExactValue {
    let root = sqrt(value)
    return ExactValue(root, from: root - sqrt(max(0, value - roundingBound)))
  }
}

extension Sequence where Element == ExactValue {
  /// The sum, term by term.
  public func sum() -> ExactValue { reduce(0, +) }
}

extension Sequence {
  /// The sum of what a formula gives for each element.
  @inlinable
  public func sum(_ term: (Element) throws -> ExactValue) rethrows -> ExactValue {
    try reduce(0) { $0 + (try term($1)) }
  }
}
