internal import CKernels

/// The probability of what hangs below independent binary units, summed over all their settings.
///
/// ```
/// Σ_z Π_i (z_i ? on_i : off_i) / Π_u (1 + exp(bias_u + Σ_i z_i weights_iu))
/// ```
/// The exponential of a sum is a product, so two tables of exponentials, one for each part of z, serve
/// all settings.
public struct BeliefSum: Sendable {
  /// The sum as it lies in memory.
  public struct Problem: Sendable {
    /// weights[i][u], one row after the other.
    public var weights: [Double]
    /// bias[u].
    public var bias: [Double]
    /// The probability that each unit of z is on.
    public var on: [Double]
    /// The probability that it is off.
    public var off: [Double]

    /// A problem of its parts.
    public init(weights: [Double], bias: [Double], on: [Double], off: [Double]) {
      self.weights = weights
      self.bias = bias
      self.on = on
      self.off = off
    }
  }

  /// More settings than this are no work for one call.
  public static let mostUnits = 34

  /// The sum.
  public var sum = 0.0
  /// The same sum over the settings in which a unit is on, unit by unit.
  public var on: [Double]

  /// Visits all settings, or is nil where doubles have no answer: an exponential, or the sum, would
  /// leave their range.
  ///
  /// The answer does not depend on the number of threads.
  public init?(_ problem: Problem, threads: Int) {
    let (top, bottom) = (problem.on.count, problem.bias.count)
    guard top <= Self.mostUnits, bottom <= 1 << 12, problem.off.count == top,
      problem.weights.count == top * bottom, let factors = problem.logOfLargestProduct
    else { return nil }
    on = Array(repeating: 0, count: top)
    // Four products are multiplied to share a division; e^700 is a double.
    let status = unsafe kernel_belief_sum(
      Int32(top), Int32(bottom), problem.weights, problem.bias, problem.on, problem.off,
      factors < 170 ? 1 : 0, Int32(max(1, min(threads, 64))), &sum, &on)
    // A product beyond the doubles makes a term 0 that is below 1e-307: nothing beside such a sum. So
    // the flags of underflow and overflow do not matter here.
    guard status & KERNEL_NO_MEMORY == 0, sum.isFinite, sum > 1e-270 else { return nil }
  }
}

extension BeliefSum.Problem {
  /// A bound on log Π_u (1 + exp(·)); nil where an exponential, or a product of some of those it is
  /// made of, could leave the range of doubles.
  fileprivate var logOfLargestProduct: Double? {
    let bottom = bias.count
    var total = 0.0
    for u in 0..<bottom {
      var (least, most) = (min(0, bias[u]), max(0, bias[u]))
      for i in on.indices {
        let weight = weights[i * bottom + u]
        least += min(0, weight)
        most += max(0, weight)
      }
      guard least > -690, most < 690 else { return nil }
      // log(1 + e^x) is at most x + log 2 for x of at least 0.
      total += most + 0.6931471805599454
    }
    return total
  }
}
