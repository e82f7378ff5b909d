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
  mutating func baselines(for signals: [Double]) throws(ChoiceError) -> [Double]
}

extension Baseline {
  /// f_s − c_s for each sample.
  @inlinable
  public mutating func weights(for signals: [Double]) throws(ChoiceError) -> SignalWeights {
    SignalWeights(signals, minus: try baselines(for: signals))
  }
}

/// What multiplies component d of the score of sample s: w_sd = (f_s − c_sd) / σ.
public struct SignalWeights: Sendable {
  private let signals: [Double]
  private let subtracted: Subtracted
  /// σ, which divides whatever else the gradient is made of, too.
  public let divisor: Double

  private enum Subtracted { case fromSample([Double]), fromComponent([Double]) }

  /// (f_s − c_s) / σ, the same for all components.
  public init(_ signals: [Double], minus baselines: [Double], over divisor: Double = 1) {
    self.signals = signals
    subtracted = .fromSample(baselines)
    self.divisor = divisor
  }

  /// f_s − c_d, with a number for each component in the place of one for each sample.
  public init(_ signals: [Double], minusInEachComponent baselines: [Double]) {
    self.signals = signals
    subtracted = .fromComponent(baselines)
    divisor = 1
  }

  /// c_d where each component subtracts a number of its own.
  var subtractedInComponents: [Double]? {
    if case .fromComponent(let baselines) = subtracted { baselines } else { nil }
  }

  /// w_sd, but for what components subtract.
  func factor(_ sample: Int) -> Double {
    guard case .fromSample(let baselines) = subtracted else { return signals[sample] }
    let difference = signals[sample] - baselines[sample]
    // Nothing is mostly divided, and a division takes as long as all the rest.
    return divisor == 1 ? difference : difference / divisor
  }

  /// w_sd.
  public subscript(sample: Int, component: Int) -> Double {
    switch subtracted {
    case .fromSample(let baselines): (signals[sample] - baselines[sample]) / divisor
    case .fromComponent(let baselines): signals[sample] - baselines[component]
    }
  }
}
