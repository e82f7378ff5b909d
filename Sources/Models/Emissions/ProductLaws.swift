import GSL

/// What is seen of each of K hidden states: several values, independent given the state.
///
/// ```
/// p(x | k) = Π_f p_f(x_f | k)          a value that was not observed has no factor
/// ```
public struct ProductLaws: Sendable, Equatable {
  /// The laws of each value, at least one.
  public let factors: [StateLaws]

  /// Laws of several values for the same states.
  public init(_ factors: [StateLaws]) throws(ModelError) {
    try Validate.notEmpty("factors", factors.count)
    for (index, factor) in factors.enumerated() {
      try Validate.count("factors[\(index)]", factor.stateCount, expected: factors[0].stateCount)
    }
    self.factors = factors
  }

  private init(checked factors: [StateLaws]) { self.factors = factors }

  /// K, the number of states.
  public var stateCount: Int { factors.first?.stateCount ?? 0 }
  /// Whether a state can make what is seen impossible.
  public var canExclude: Bool { factors.contains(where: \.canExclude) }
  /// Whether a density comes from a factored covariance.
  public var hasCovariances: Bool { factors.contains(where: \.hasCovariances) }

  /// The same with densities of 32 digits; nil where a covariance is not positive definite to so many.
  public var doubled: ProductLaws? {
    let doubled = factors.compactMap(\.doubled)
    return doubled.count == factors.count ? ProductLaws(checked: doubled) : nil
  }

  /// log p(x | k) of all states, as what they have in common and what they have not.
  ///
  /// NaN in common where a density that is nowhere zero is below the doubles for every state.
  public func logLikelihoods(_ values: [ObservedValue?]) -> (relative: [Double], common: Double) {
    var relative = [Double](repeating: 0, count: stateCount)
    var common = CompensatedSum()
    var isBelow = false
    for (factor, value) in zip(factors, values) {
      guard let value else { continue }
      let (own, largest) = factor.logLikelihoods(value)
      for k in relative.indices { relative[k] += own[k] }
      if !factor.canExclude, largest == -.infinity || own.contains(-.infinity) { isBelow = true }
      if largest == -.infinity {
        relative = relative.map { _ in -.infinity }
      } else {
        common.add(largest)
      }
    }
    let isNowhere = relative.allSatisfy { $0 == -.infinity }
    return (relative, isBelow && isNowhere ? .nan : common.value)
  }

  /// How far rounding can have moved log p(x | k), for each state.
  public func errors(_ values: [ObservedValue?]) -> [Double] {
    var errors = [Double](repeating: 0, count: stateCount)
    for (factor, value) in zip(factors, values) {
      guard let value else { continue }
      for (k, error) in factor.errors(value).enumerated() { errors[k] += error }
    }
    return errors
  }

  /// Refuses values that these laws are not of.
  func validate(_ place: String, _ values: [ObservedValue?]) throws(ModelError) {
    try Validate.count(place, values.count, expected: factors.count)
    for (index, value) in values.enumerated() {
      guard let value, !factors[index].admits(value) else { continue }
      throw ModelError("\(place)[\(index)]", "expected a value of the factor's family")
    }
  }
}
