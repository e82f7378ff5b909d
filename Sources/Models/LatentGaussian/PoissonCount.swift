import GSL

/// A count whose log-rate is Gaussian: the smallest model whose posterior is not in the family.
///
/// ```
/// z ~ N(0, 1),   y | z ~ Poisson(e^(z + shift))
/// ```
public struct PoissonCount: Sendable, Equatable {
  /// The log-rate at z = 0.
  public let shift: Double
  /// y, the observed count.
  public let count: Int

  /// An observed count under a log-rate shifted by a finite amount.
  public init(shift: Double, count: Int) throws(ModelError) {
    try Validate.finite("shift", [shift])
    guard count >= 0 else {
      throw ModelError("count", "expected a number of at least 0, found \(count)")
    }
    self.init(checkedShift: shift, count: count)
  }

  private init(checkedShift: Double, count: Int) {
    shift = checkedShift
    self.count = count
  }

  /// The logarithm of y factorial.
  public var logFactorial: Double {
    (0..<count).reduce(0) { $0 + log(Double($1 + 1)) }
  }

  /// log p(z, y) = log N(z; 0, 1) + y (z + shift) − e^(z + shift) − log(y!).
  public func logJoint(_ z: Double) -> Double {
    -0.5 * (z * z + log(2 * Double.pi)) + Double(count) * (z + shift) - exp(z + shift)
      - logFactorial
  }

  /// Three events at a shift of 0.2.
  public static let threeEvents = PoissonCount(checkedShift: 0.2, count: 3)
}
