/// K features that each of N things has or has not, before K goes to infinity.
///
/// ```
/// π_k ~ Beta(α/K, 1),   z_nk ~ Bernoulli(π_k)
/// ```
public struct FiniteFeatures: Sendable, Equatable {
  /// α, how many features a thing has when there are many.
  public let rate: Double
  /// K.
  public let featureCount: Int

  /// A positive rate and at least one feature.
  public init(rate: Double, featureCount: Int) throws(ModelError) {
    guard rate > 0, rate.isFinite else {
      throw ModelError("rate", "expected a positive number, found \(rate)")
    }
    guard featureCount > 0 else {
      throw ModelError("featureCount", "expected a number of at least 1, found \(featureCount)")
    }
    self.rate = rate
    self.featureCount = featureCount
  }

  /// The probability that m given things of N have a feature, and the others have not.
  ///
  /// ```
  /// E[π^m (1 − π)^(N−m)] = a (N − m)! / ((a + m) (a + m + 1) … (a + N)),   a = α/K
  /// ```
  public func probability(have: Int, of things: Int) -> Double {
    guard things > 0 else { return have == 0 ? 1 : 0 }
    guard (0...things).contains(have) else { return 0 }
    let a = rate / Double(featureCount)
    let factorial = (0..<(things - have)).reduce(1.0) { $0 * Double($1 + 1) }
    // For m = 0 the first factor is a itself.
    let factors = (max(1, have)...things).reduce(1.0) { $0 * (a + Double($1)) }
    return (have == 0 ? 1 : a) * factorial / factors
  }

  /// The mean number of features that somebody of N has.
  public func meanCount(of things: Int) -> Double {
    Double(featureCount) * (1 - probability(have: 0, of: things))
  }
}
