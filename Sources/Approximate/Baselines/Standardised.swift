import GSL
public import Probability

/// The signal is shifted and rescaled.
///
/// ```
/// w_s = (f_s − μ) / σ          E[g] = ∇E_q[f] / σ
/// ```
/// With μ and σ from the past the direction of the gradient is kept and its length divided by σ: a
/// preconditioner, not an unbiased estimate. With μ and σ of the current batch the mean is no simple
/// multiple of the gradient.
/// Reference: Mnih and Gregor 2014, who divide by max(1, σ); errata E-050 and E-051.
public struct Standardised: Weighting {
  /// Where μ and σ come from.
  public enum Source: Sendable {
    /// Running moments of earlier steps.
    case past
    /// The present batch, the sample itself included.
    case currentBatch
  }

  /// Where μ and σ come from.
  public let source: Source
  /// σ is taken to be at least this.
  public let smallestDeviation: Double
  /// The running moments.
  public private(set) var past: RunningMoments

  /// Standardises by running moments, or by those of the batch.
  public init(by past: RunningMoments, source: Source = .past, smallestDeviation: Double = 1) {
    self.past = past
    self.source = source
    self.smallestDeviation = smallestDeviation
  }

  /// Moments do not depend on the order of the batch.
  public static var isExchangeable: Bool { true }

  /// (f_s − μ)/σ for the signals of one step; then the running moments move on.
  public mutating func weights(for signals: [Double]) -> SignalWeights {
    let moments = source == .past ? past : RunningMoments(ofBatch: signals)
    past.take(in: signals)
    let deviation = max(smallestDeviation, sqrt(moments.variance))
    // A batch without spread has no shifted signal either: 0/0 is nothing to learn from.
    guard deviation > 0 else { return SignalWeights(signals, minus: PerSample(signals)) }
    return SignalWeights(signals, minus: moments.mean, over: deviation)
  }
}
