public import Probability

/// No baseline: the signal multiplies the score as it is.
///
/// ```
/// c_s = 0
/// ```
/// What all other baselines are measured by. Reference: Williams 1992.
public struct None: Baseline {
  /// The baseline; it has no settings.
  public init() {}

  /// Zero, in whatever order.
  public static var isExchangeable: Bool { true }

  // listing: zoo score-function
  /// Zeros.
  public func baselines(for signals: [Double]) -> PerSample {
    PerSample(repeating: 0, count: signals.count)
  }
  // end of listing
}
