import GSL

/// A total weight and the mean, under these weights, of something that adds up along a structure.
///
/// ```
/// (w, m) ⊕ (v, n) = (w + v, (w m + v n) / (w + v))        (w, m) ⊗ (v, n) = (w v, m + n)
/// ```
/// With each part's own contribution for m, the mean of a recursion's total is E[Σ contributions]: an
/// entropy, an expected length, a cross-entropy. This is the expectation semiring (w, w m) with the
/// weight divided out of its second part, so that no weight has to be a double.
/// Reference: Eisner 2002; Li and Eisner 2009.
public struct WeightedMean: Semiring {
  /// The logarithm of the weight; −∞ for nothing.
  public let logWeight: Double
  /// The mean; 0 for nothing.
  public let mean: Double

  /// A weight and what the part that has it contributes.
  public init(logWeight: Double, mean: Double) {
    self.logWeight = logWeight
    self.mean = logWeight == -.infinity ? 0 : mean
  }

  /// A part that contributes nothing.
  public init(logWeight: Double) { self.init(logWeight: logWeight, mean: 0) }

  /// No weight.
  public static let zero = WeightedMean(logWeight: -.infinity)
  /// Weight one, and nothing contributed.
  public static let one = WeightedMean(logWeight: 0)

  /// The mean of both, each with its share of the weight.
  public static func + (left: WeightedMean, right: WeightedMean) -> WeightedMean {
    let total = logAddExp(left.logWeight, right.logWeight)
    guard total > -.infinity else { return zero }
    let share = exp(right.logWeight - total)
    return WeightedMean(logWeight: total, mean: (1 - share) * left.mean + share * right.mean)
  }

  /// Weights multiplied, contributions added.
  public static func * (left: WeightedMean, right: WeightedMean) -> WeightedMean {
    WeightedMean(logWeight: left.logWeight + right.logWeight, mean: left.mean + right.mean)
  }
}
