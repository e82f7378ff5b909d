/// Running estimates of the mean and the variance of a signal.
///
/// ```
/// v ← a v + (1 − a) mean((f − m)²)     with the old m, so that one sample has a spread too
/// m ← a m + (1 − a) mean(f)
/// ```
public struct RunningMoments: Sendable, Equatable {
  /// a, the share that each step keeps.
  public let decay: Double
  /// m.
  public private(set) var mean: Double
  /// v.
  public private(set) var variance: Double

  /// Running moments that start from given numbers.
  public init(decay: Double, mean: Double, variance: Double) {
    self.decay = decay
    self.mean = mean
    self.variance = variance
  }

  /// The mean and the variance (divided by S) of one batch.
  public init(ofBatch signals: [Double]) {
    let mean = signals.reduce(0, +) / Double(signals.count)
    let variance =
      signals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(signals.count)
    self.init(decay: 0, mean: mean, variance: variance)
  }

  /// Takes in the signals of a step.
  public mutating func take(in signals: [Double]) {
    let batchMean = signals.reduce(0, +) / Double(signals.count)
    let spread = signals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(signals.count)
    variance = decay * variance + (1 - decay) * spread
    mean = decay * mean + (1 - decay) * batchMean
  }
}
