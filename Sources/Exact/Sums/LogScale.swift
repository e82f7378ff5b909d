import GSL

/// A logarithm of a weight: a double, or a sum in which nothing is lost.
protocol LogScale: Sendable {
  /// Whether the weight is zero.
  var isLogOfZero: Bool { get }
  /// The nearest double.
  var value: Double { get }
  /// self − other, the logarithm of the ratio of two weights that are not zero.
  func minus(_ other: Self) -> Double
}

extension Double: LogScale {
  var isLogOfZero: Bool { self == -.infinity }
  var value: Double { self }
  func minus(_ other: Double) -> Double { self - other }
}

extension ExpandedSum: LogScale {
  var isLogOfZero: Bool { false }

  func minus(_ other: ExpandedSum) -> Double {
    var difference = self
    difference.add(other, sign: -1)
    return difference.value
  }
}

extension DoubleDouble: LogScale {
  var isLogOfZero: Bool { false }
  var value: Double { high }
  func minus(_ other: DoubleDouble) -> Double { (self - other).high }
}
