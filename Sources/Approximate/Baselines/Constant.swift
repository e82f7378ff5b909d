public import Probability

/// A constant is subtracted from every signal.
///
/// ```
/// c_s = c
/// ```
/// E_q[∇log q] = 0, so no constant changes the mean; every constant changes the variance.
/// Reference: Williams 1992.
public struct Constant: Baseline {
  /// c.
  public let value: Double

  /// Subtracts the same number from every signal.
  public init(_ value: Double) { self.value = value }

  /// The same number, in whatever order.
  public static var isExchangeable: Bool { true }

  // listing: zoo constant-baseline, zoo value-baseline, zoo score-function-total
  /// c, for every sample.
  public func baselines(for signals: [Double]) -> PerSample {
    PerSample(repeating: value, count: signals.count)
  }
  // end of listing
}
