public import Probability

/// A baseline that looks at the observation but not at the sample.
///
/// ```
/// c(x) = w·φ(x)
/// w ← w + η (1/S) Σ_s (f(z_s) − c(x)) φ(x)            least squares, after use
/// ```
/// Given x the baseline is a constant, so the mean is untouched for each x; it can follow how much
/// log p(x) varies from document to document, which no single constant can.
/// Reference: Mnih and Gregor 2014, where c is a network.
public struct OfInput: Baseline {
  /// φ(x), the features of the present observation; to be set before each step.
  public var features: [Double]
  /// w.
  public private(set) var weights: [Double]
  /// η, the step of the regression.
  public let rate: Double

  /// A linear baseline; a rate of zero keeps the weights as they are.
  public init(features: [Double], weights: [Double], rate: Double) {
    self.features = features
    self.weights = weights
    self.rate = rate
  }

  /// The observation alone, and then a mean of the batch.
  public static var isExchangeable: Bool { true }

  /// c(x) for the present features.
  public var value: Double { zip(weights, features).reduce(0) { $0 + $1.0 * $1.1 } }

  // listing: 04 input-baseline
  /// c(x) as earlier steps have left it, for every sample; then the regression moves on.
  public mutating func baselines(for signals: [Double]) -> PerSample {
    let past = value
    take(in: signals)
    return PerSample(repeating: past, count: signals.count)
  }

  /// One step of least squares towards the mean signal.
  public mutating func take(in signals: [Double]) {
    let miss = signals.reduce(0) { $0 + $1 - value } / Double(signals.count)
    weights = zip(weights, features).map { $0 + rate * miss * $1 }
  }
  // end of listing
}
