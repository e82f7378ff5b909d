import GSL
import Probability

/// A count with a mean and a variance of its own: Γ(y + r)/(Γ(r) y!) s^r (1 − s)^y.
struct NegativeBinomialLaw: Sendable {
  /// r = mean²/(variance − mean).
  let size: Double
  /// s = mean/variance.
  let success: Double

  /// The law of a mean and a variance above it.
  init(mean: Double, variance: Double) {
    size = mean * mean / (variance - mean)
    success = mean / variance
  }

  /// The log of the probability of a count.
  func logProbability(_ count: Int) throws -> ExactValue {
    let y = Double(count)
    return ExactValue(try SpecialFunctions.logGamma(y + size))
      - ExactValue(try SpecialFunctions.logGamma(size))
      - ExactValue(try SpecialFunctions.logFactorial(count))
      + ExactValue(size) * ExactValue(success).logarithm
      + ExactValue(y) * (1 - ExactValue(success)).logarithm
  }

  /// The most probable count.
  var mode: Int { max(0, Int((size - 1) * (1 - success) / success)) }
}
