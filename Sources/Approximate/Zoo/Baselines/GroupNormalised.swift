import GSL
import Models
public import Probability

extension DiscreteZoo {
  static let groupNormalised = weighted(
    "group-normalised", formula: "(1/S) Σ_k (f_k − f̄)/(sd + ε) s_kd", papers: ["Shao et al. 2024"],
    settings: [ZooSetting("epsilon", .positive, "ε, which keeps the divisor from zero")],
    bias: .biased("the divisor depends on the sample: another length, and another direction")
  ) { _, settings throws(ZooError) in GroupNormalised(epsilon: try settings.number("epsilon")) }
}

/// Signals of a group, centred and divided by their own spread.
///
/// ```
/// w_s = (f_s − f̄) / (√((1/S) Σ_r (f_r − f̄)²) + ε)
/// ```
/// The advantage of GRPO. Where signals are nearly equal they are stretched to size one: what is learned
/// then is the sign. Reference: Shao et al. 2024.
public struct GroupNormalised: Weighting {
  /// ε.
  public let epsilon: Double

  /// A group with ε.
  public init(epsilon: Double) { self.epsilon = epsilon }

  /// Moments do not depend on the order of the batch.
  public static var isExchangeable: Bool { true }

  // listing: zoo group-normalised
  /// (f_s − f̄)/(sd + ε).
  public func weights(for signals: [Double]) -> SignalWeights {
    let group = RunningMoments(ofBatch: signals)
    return SignalWeights(signals, minus: group.mean, over: sqrt(group.variance) + epsilon)
  }
  // end of listing
}
