public import Probability

/// A constant baseline of its own for every component, such as the one of least variance.
///
/// ```
/// g_d = (1/S) Σ_s (f(z_s) − c_d) s_d(z_s)
/// c_d = E_q[f s_d²] / E_q[s_d²]     minimises  Var[g_d] = (E_q[(f − c_d)² s_d²] − E_q[f s_d]²) / S
/// ```
/// Reference: Weaver and Tao 2001; Greensmith, Bartlett and Baxter 2004.
public struct PerComponent: Weighting {
  /// c_d; a component whose score is always zero needs none.
  public let baselines: [Double?]

  /// The same, with 0 where none is needed.
  private let subtracted: [Double]

  /// One constant a component.
  public init(_ baselines: [Double?]) {
    self.baselines = baselines
    subtracted = baselines.map { $0 ?? 0 }
  }

  /// The same numbers, in whatever order.
  public static var isExchangeable: Bool { true }

  /// The constants of least variance, with the expectations taken over every outcome of q.
  ///
  /// Where a score is zero in every outcome the quotient is 0/0 and there is no such constant.
  public static func optimal<Law>(
    for mean: ExpectedValue<Law>, limits: ChoiceLimits = ChoiceLimits()
  ) throws -> PerComponent {
    // listing: 04 control-variates, zoo optimal-baseline
    let products = try exactMoments(limits: limits) { choices in
      let outcome = try mean.law.sample(&choices)
      let signal = mean.signal(outcome)
      return mean.law.score(outcome).map { signal * $0 * $0 }
    }
    return PerComponent(
      zip(products.mean, mean.law.scoreVariances).map { $1 == 0 ? nil : $0 / $1 })
    // end of listing
  }

  /// f_s − c_d.
  public func weights(for signals: [Double]) -> SignalWeights {
    SignalWeights(signals, minusInEachComponent: subtracted)
  }
}
