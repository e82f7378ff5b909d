import GSL

/// What the cells of tables are made of: numbers that are not negative.
///
/// Sums and products are written once. `Double` is the fast one and notices where its range ends;
/// ``WideNumber`` has the same digits and no end.
protocol TableWeight: Sendable {
  static var zero: Self { get }
  static var one: Self { get }
  var isZero: Bool { get }
  /// Whether a product of two that are not zero may have lost its digits, or itself.
  var isTiny: Bool { get }
  /// The number as a double, 0 or ∞ beyond their range.
  var double: Double { get }
  /// The power of two in it; of zero, 0.
  var binaryExponent: Int { get }
  /// The number times a power of two.
  func scaled(byPowerOfTwo power: Int) -> Self
  /// The number in this form, or nil where this form would lose it.
  init?(_ number: WideNumber)
  static func + (one: Self, other: Self) -> Self
  static func * (one: Self, other: Self) -> Self
  static func / (one: Self, other: Self) -> Self
  static func < (one: Self, other: Self) -> Bool
}

extension Double: TableWeight {
  static var one: Double { 1 }
  /// Far enough from the smallest double that sums of such numbers still have all their digits.
  var isTiny: Bool { self < 0x1p-960 }
  var double: Double { self }
  var binaryExponent: Int { isZero ? 0 : Int(exponent) }
  func scaled(byPowerOfTwo power: Int) -> Double { scaledByPowerOfTwo(self, power) }

  init?(_ number: WideNumber) {
    self = number.double
    if isTiny && !number.isZero || self == .infinity { return nil }
  }
}

/// A number that is not negative, `mantissa` · 2^`exponent`: the digits of a double, a range without
/// end.
struct WideNumber: TableWeight, Equatable {
  /// Zero, or a number between 1 and 2.
  let mantissa: Double
  /// The power of two; 0 for zero.
  let exponent: Int

  static let zero = WideNumber(0)
  static let one = WideNumber(1)

  /// A double that is finite and not negative, times a power of two.
  init(_ value: Double, exponent: Int = 0) {
    if value == 0 {
      (mantissa, self.exponent) = (0, 0)
    } else {
      mantissa = value.significand
      self.exponent = exponent + Int(value.exponent)
    }
  }

  init?(_ number: WideNumber) { self = number }

  /// e^l = e^(l − n log 2) · 2^n; zero for −∞.
  init(log logarithm: Double) {
    guard logarithm > -.infinity else {
      self = .zero
      return
    }
    let power = (logarithm / logOfTwo).rounded()
    self.init(exp(logarithm - power * logOfTwo), exponent: Int(power))
  }

  var isZero: Bool { mantissa == 0 }
  var isTiny: Bool { false }
  var double: Double { scaledByPowerOfTwo(mantissa, exponent) }
  var binaryExponent: Int { exponent }
  func scaled(byPowerOfTwo power: Int) -> WideNumber {
    WideNumber(mantissa, exponent: exponent + power)
  }

  /// The natural logarithm; −∞ of zero.
  var logarithm: Double { log(mantissa) + Double(exponent) * logOfTwo }

  static func + (one: WideNumber, other: WideNumber) -> WideNumber {
    if one.isZero { return other }
    if other.isZero { return one }
    let (large, small) = one.exponent >= other.exponent ? (one, other) : (other, one)
    let added = scaledByPowerOfTwo(small.mantissa, small.exponent - large.exponent)
    return WideNumber(large.mantissa + added, exponent: large.exponent)
  }

  static func * (one: WideNumber, other: WideNumber) -> WideNumber {
    WideNumber(one.mantissa * other.mantissa, exponent: one.exponent + other.exponent)
  }

  static func / (one: WideNumber, other: WideNumber) -> WideNumber {
    WideNumber(one.mantissa / other.mantissa, exponent: one.exponent - other.exponent)
  }

  static func < (one: WideNumber, other: WideNumber) -> Bool {
    if one.isZero || other.isZero || one.exponent == other.exponent {
      return one.mantissa < other.mantissa
    }
    return one.exponent < other.exponent
  }
}

private let logOfTwo = log(2.0)
