import GSL
public import Probability

/// The score function with the signal shifted and rescaled.
///
/// ```
/// r̂ = (f − μ) / σ          g = (1/S) Σ_s r̂(z_s) (z_s − b)          E[g] = ∇ELBO / σ
/// ```
/// With μ and σ from the past the direction of the gradient is kept and its length divided by σ: a
/// preconditioner, not an unbiased estimate. Divided by σ², as is sometimes printed, r̂ has not
/// variance 1 but 1/σ². With μ and σ of the current batch the mean is no simple multiple of ∇ELBO.
/// Reference: Mnih and Gregor 2014, who divide by max(1, σ); errata E-050 and E-051.
public struct StandardisedSignal: GradientEstimator {
  /// What the shifted signal is divided by.
  public enum Divisor: Sendable {
    /// σ.
    case deviation
    /// σ², the slip.
    case variance
  }

  /// Where μ and σ come from.
  public enum Source: Sendable {
    /// Running moments of earlier steps.
    case past
    /// The present batch, the sample itself included.
    case currentBatch
  }

  /// What the shifted signal is divided by.
  public let divisor: Divisor
  /// Where μ and σ come from.
  public let source: Source
  /// σ is taken to be at least this.
  public let smallestDeviation: Double
  /// The running moments.
  public private(set) var past: RunningMoments

  /// Standardises by running moments, or by those of the batch.
  public init(
    past: RunningMoments, divisor: Divisor = .deviation, source: Source = .past,
    smallestDeviation: Double = 1
  ) {
    self.past = past
    self.divisor = divisor
    self.source = source
    self.smallestDeviation = smallestDeviation
  }

  /// r̂ for the signals of one step; moves the running moments on.
  public mutating func standardise(_ signals: [Double]) -> [Double] {
    let moments = source == .past ? past : RunningMoments(ofBatch: signals)
    past.take(in: signals)
    let deviation = max(smallestDeviation, sqrt(moments.variance))
    // A batch without spread has no shifted signal either: 0/0 is nothing to learn from.
    guard deviation > 0 else { return signals.map { _ in 0 } }
    let scale = divisor == .deviation ? deviation : deviation * deviation
    return signals.map { ($0 - moments.mean) / scale }
  }

  /// A rescaled estimate of ∇ELBO from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try bound.draws(samples, &choices)
    let rewards = standardise(draws.map(bound.signal))
    return bound.averagedScore(of: draws) { s, _ in rewards[s] }
  }
}

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
