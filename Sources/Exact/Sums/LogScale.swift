import GSL

/// A logarithm of a weight: a double, or a sum in which nothing is lost.
protocol LogScale: Sendable {
  /// Whether the weight is zero.
  var isLogOfZero: Bool { get }
  /// The nearest double.
  var value: Double { get }
  /// self − other, the logarithm of the ratio of two weights that are not zero.
  func minus(_ other: Self) -> Double
  /// The logarithm, to be written down.
  var numbers: [Double] { get }
  /// The same logarithm again; nil for numbers that are none.
  init?(numbers: [Double])
}

extension Double: LogScale {
  var isLogOfZero: Bool { self == -.infinity }
  var value: Double { self }
  func minus(_ other: Double) -> Double { self - other }
  var numbers: [Double] { [self] }

  init?(numbers: [Double]) {
    guard numbers.count == 1 else { return nil }
    self = numbers[0]
  }
}

extension ExpandedSum: LogScale {
  var isLogOfZero: Bool { false }

  func minus(_ other: ExpandedSum) -> Double {
    var difference = self
    difference.add(other, sign: -1)
    return difference.value
  }

  var numbers: [Double] { parts }

  init?(numbers: [Double]) { self.init(parts: numbers) }
}

extension DoubleDouble: LogScale {
  var isLogOfZero: Bool { high == -.infinity }
  var value: Double { high }
  func minus(_ other: DoubleDouble) -> Double { (self - other).high }
  var numbers: [Double] { [high, low] }

  init?(numbers: [Double]) {
    guard numbers.count == 2 else { return nil }
    self.init(sumOf: numbers[0], numbers[1])
  }
}
