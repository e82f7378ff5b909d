public import Probability

/// The baseline is a running mean of past signals.
///
/// ```
/// c_s = m_t
/// m_(t+1) = a m_t + (1 − a) (1/S) Σ_s f(z_s),     m_2 = (1/S) Σ_s f(z_s)
/// ```
/// The first step subtracts nothing and remembers its mean whole: a memory that starts from zero is
/// far off for 1/(1 − a) steps. Used in this order m_t holds the past only and the mean of the
/// estimate is untouched. Updated before it is used, m contains the samples it is subtracted from,
/// and at fixed q the estimate is left with 1 − (1 − a)/S of its mean.
/// Reference: Mnih and Gregor 2014; erratum E-063.
public struct RunningMean: Baseline {
  /// a, the share of the memory that each step keeps.
  public let decay: Double
  /// m, the running mean; nil before the first step.
  public private(set) var memory: Double?

  /// A running mean that starts empty, or from a given number.
  public init(decay: Double, startingAt memory: Double? = nil) {
    self.decay = decay
    self.memory = memory
  }

  /// The past, and then a mean of the batch.
  public static var isExchangeable: Bool { true }

  // listing: 04 running-baseline, zoo running-baseline
  /// m as earlier steps have left it, for every sample; then the memory moves on.
  public mutating func baselines(for signals: [Double]) -> PerSample {
    let past = memory ?? 0
    take(in: signals)
    return PerSample(repeating: past, count: signals.count)
  }

  /// m ← a m + (1 − a) mean(f).
  public mutating func take(in signals: [Double]) {
    let mean = signals.reduce(0, +) / Double(signals.count)
    memory = memory.map { decay * $0 + (1 - decay) * mean } ?? mean
  }
  // end of listing
}
