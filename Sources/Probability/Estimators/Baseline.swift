/// What becomes of the signals of a step before each multiplies the score of its sample.
public protocol Weighting: Sendable {
  /// The weights for the signals of a step; what is remembered is stored in `self`.
  mutating func weights(for signals: [Double]) throws(ChoiceError) -> SignalWeights
  /// Whether the signals in another order have the same weights, in that order.
  ///
  /// The estimate, a mean over draws, is then the same for all orders of the same draws; where there
  /// are many outcomes, its law is taken from one order for all.
  static var isExchangeable: Bool { get }
}

extension Weighting {
  /// Nothing is taken for granted.
  public static var isExchangeable: Bool { false }
}

/// A weighting that subtracts: w_s = f_s − c_s.
///
/// E_q[∇log q] = 0, so what is subtracted leaves the mean of the estimate as it is, provided that it
/// does not look at the sample whose signal it is subtracted from.
public protocol Baseline: Weighting {
  /// c_s for each sample, from the signals of this step; what is remembered is stored in `self`.
  mutating func baselines(for signals: [Double]) throws(ChoiceError) -> PerSample
}

extension Baseline {
  /// f_s − c_s for each sample.
  @inlinable
  public mutating func weights(for signals: [Double]) throws(ChoiceError) -> SignalWeights {
    let baselines = try baselines(for: signals)
    guard baselines.count == signals.count else {
      throw .notOneForEachSample(found: baselines.count, samples: signals.count)
    }
    return SignalWeights(signals, minus: baselines)
  }
}

/// What multiplies component d of the score of sample s: w_sd = (f_s − c_sd) / σ.
public struct SignalWeights: Sendable {
  /// (f_s − c_s) / σ, or f_s where components subtract.
  @usableFromInline let factors: PerSample
  /// c_d, where each component subtracts a number of its own.
  let subtractedInComponents: [Double]?
  /// σ, which divides whatever else the gradient is made of, too.
  public let divisor: Double

  /// (f_s − c_s) / σ, the same for all components.
  @inlinable
  public init(_ signals: [Double], minus baselines: PerSample, over divisor: Double = 1) {
    // Nothing is mostly divided, and a division takes as long as all the rest.
    let factors =
      divisor == 1
      ? PerSample(signals.count) { signals[$0] - baselines[$0] }
      : PerSample(signals.count) { (signals[$0] - baselines[$0]) / divisor }
    self.init(factors, minusInEachComponent: nil, over: divisor)
  }

  /// (f_s − c) / σ, with one number for all samples.
  @inlinable
  public init(_ signals: [Double], minus baseline: Double, over divisor: Double = 1) {
    self.init(
      signals, minus: PerSample(repeating: baseline, count: signals.count), over: divisor)
  }

  /// f_s − c_d, with a number for each component in the place of one for each sample.
  @inlinable
  public init(_ signals: [Double], minusInEachComponent baselines: [Double]) {
    self.init(PerSample(signals), minusInEachComponent: baselines, over: 1)
  }

  @usableFromInline
  init(_ factors: PerSample, minusInEachComponent baselines: [Double]?, over divisor: Double) {
    self.factors = factors
    subtractedInComponents = baselines
    self.divisor = divisor
  }

  /// w_sd, but for what components subtract.
  func factor(_ sample: Int) -> Double { factors[sample] }

  /// w_sd.
  public subscript(sample: Int, component: Int) -> Double {
    factors[sample] - (subtractedInComponents?[component] ?? 0)
  }
}
