/// A computed number and the method's own estimate of its absolute error.
///
/// The estimate is GSL's, and no proven bound: for special functions it follows the rounding through
/// the formula used and is usually generous; for quadrature it compares two rules.
public struct Estimated: Hashable, Sendable, CustomStringConvertible {
  /// The number.
  public let value: Double
  /// The estimate of its absolute error, at least 0.
  public let error: Double

  /// Creates a number with the estimate of its error.
  public init(value: Double, error: Double) {
    self.value = value
    self.error = error
  }

  /// The number and its error, such as `0.5 ± 1e-16`.
  public var description: String { "\(value) ± \(error)" }

  /// Moves the number by an exact constant; the addition costs one rounding.
  func adding(_ constant: Double) -> Estimated {
    let sum = value + constant
    return Estimated(value: sum, error: error + sum.magnitude.ulp)
  }
}
