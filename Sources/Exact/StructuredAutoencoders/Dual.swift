import GSL

/// A number with its derivative along one direction: a + a'·ε with ε² = 0.
///
/// What is computed with such numbers is differentiated as it is computed, loops included. This is forward mode;
/// nothing is solved and nothing is differenced. Reference: Wengert 1964.
public struct Dual: Sendable, Equatable, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral
{
  /// a.
  public let value: Double
  /// a'.
  public let slope: Double

  /// A number that moves at a rate; a constant where nothing is said.
  public init(_ value: Double, slope: Double = 0) {
    self.value = value
    self.slope = slope
  }

  /// A constant.
  public init(floatLiteral value: Double) { self.init(value) }

  /// A constant.
  public init(integerLiteral value: Int) { self.init(Double(value)) }

  static func + (a: Dual, b: Dual) -> Dual { Dual(a.value + b.value, slope: a.slope + b.slope) }
  static func - (a: Dual, b: Dual) -> Dual { Dual(a.value - b.value, slope: a.slope - b.slope) }
  static func * (a: Dual, b: Dual) -> Dual {
    Dual(a.value * b.value, slope: a.slope * b.value + a.value * b.slope)
  }
  static func / (a: Dual, b: Dual) -> Dual {
    let quotient = a.value / b.value
    return Dual(quotient, slope: (a.slope - quotient * b.slope) / b.value)
  }
  static func += (a: inout Dual, b: Dual) { a = a + b }

  var logarithm: Dual { Dual(log(value), slope: slope / value) }
  var exponential: Dual { Dual(exp(value), slope: slope * exp(value)) }

  func digamma() throws(GSLError) -> Dual {
    Dual(
      try SpecialFunctions.digamma(value).value,
      slope: slope * (try SpecialFunctions.trigamma(value).value))
  }

  func logGamma() throws(GSLError) -> Dual {
    Dual(
      try SpecialFunctions.logGamma(value).value,
      slope: slope * (try SpecialFunctions.digamma(value).value))
  }
}

extension Sequence where Element == Dual {
  func sum() -> Dual { reduce(0, +) }
}
