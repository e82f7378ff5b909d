package import GSL
public import Probability

/// A mixture of Gaussians in d dimensions.
///
/// ```
/// z ~ Categorical(weights),   x | z = k ~ N(mean_k, covariance_k)
/// ```
public struct MultivariateGaussianMixture: Mixture, Equatable {
  /// p(z = k).
  public let weights: [Double]
  /// μ_k.
  public let means: [[Double]]
  /// Σ_k, a list of rows a component.
  public let covariances: [[[Double]]]
  /// The laws as their densities are computed, all with 16 digits or all with 32.
  private let laws: [FactoredNormal]

  /// A mixture of K Gaussians; the covariances must be symmetric and positive definite.
  ///
  /// Where rounding leaves it open whether one of them is, 32 digits decide, and all densities have them.
  public init(
    weights: [Double], means: [[Double]], covariances: [[[Double]]]
  ) throws(ModelError) {
    try Validate.distribution("weights", weights)
    try Validate.count("means", means.count, expected: weights.count)
    try Validate.count("covariances", covariances.count, expected: weights.count)
    let dimension = means.first?.count ?? 0
    try Validate.notEmpty("means[0]", dimension)
    for k in weights.indices {
      try Validate.count("means[\(k)]", means[k].count, expected: dimension)
      try Validate.finite("means[\(k)]", means[k])
      try Self.validate("covariances[\(k)]", covariances[k], dimension: dimension)
    }
    let laws = weights.indices.compactMap {
      FactoredNormal(mean: means[$0], covariance: covariances[$0])
    }
    guard laws.count < weights.count else {
      self.init(weights, means, covariances, laws)
      return
    }
    var doubled: [FactoredNormal] = []
    for k in weights.indices {
      guard let law = FactoredNormal(doubled: means[k], covariance: covariances[k]) else {
        throw ModelError("covariances[\(k)]", "expected a positive definite matrix")
      }
      doubled.append(law)
    }
    self.init(weights, means, covariances, doubled)
  }

  private init(
    _ weights: [Double], _ means: [[Double]], _ covariances: [[[Double]]], _ laws: [FactoredNormal]
  ) {
    (self.weights, self.means, self.covariances, self.laws) = (weights, means, covariances, laws)
  }

  /// The same densities with 32 digits; nil where a covariance is not positive definite to so many.
  public var doubled: MultivariateGaussianMixture? {
    let laws = weights.indices.compactMap {
      FactoredNormal(doubled: means[$0], covariance: covariances[$0])
    }
    guard laws.count == weights.count else { return nil }
    return MultivariateGaussianMixture(weights, means, covariances, laws)
  }

  /// Always.
  public var hasCovariances: Bool { true }

  /// Whether densities have 32 digits.
  public var isDoubled: Bool { laws.allSatisfy(\.isDoubled) }

  /// The same for all observations: that of the worst component.
  public func roundingsOfLogLikelihood(_ datum: [Double]) -> Roundings {
    laws.map(\.roundings).reduce(Roundings(ofItsSize: 0, ofOne: 0)) {
      Roundings(
        ofItsSize: max($0.ofItsSize, $1.ofItsSize), ofOne: max($0.ofOne, $1.ofOne))
    }
  }

  /// By the factors of the covariances, and by the datum itself where these alone do not promise enough.
  public func errors(of logLikelihoods: [Double], _ datum: [Double]) -> [Double]? {
    zip(laws, logLikelihoods).map { $0.error(of: $1, datum) }
  }

  private static func validate(
    _ place: String, _ rows: [[Double]], dimension: Int
  ) throws(ModelError) {
    try Validate.count(place, rows.count, expected: dimension)
    // Two ways to compute one entry may differ by rounding; the factorisation takes their mean.
    let allowed = 1e-9 * rows.joined().reduce(0) { max($0, abs($1)) }
    for (index, row) in rows.enumerated() {
      try Validate.count("\(place)[\(index)]", row.count, expected: dimension)
      try Validate.finite("\(place)[\(index)]", row)
      for column in 0..<index where abs(row[column] - rows[column][index]) > allowed {
        throw ModelError(
          "\(place)[\(index)][\(column)]",
          "expected a symmetric matrix, found \(row[column]) and \(rows[column][index])")
      }
    }
  }

  /// d, the dimension.
  public var dimension: Int { means.first?.count ?? 0 }

  /// Σ_k⁻¹ (x − μ_k), with as many digits as the densities have.
  package func pull(_ datum: [Double], component: Int) -> [DoubleDouble] {
    laws[component].pull(datum)
  }

  /// A row of Σ_k⁻¹, with as many digits as the densities have.
  package func precisionRow(_ row: Int, component: Int) -> [DoubleDouble] {
    laws[component].precisionTimes(
      (0..<dimension).map { DoubleDouble($0 == row ? 1 : 0) })
  }

  /// log N(x; μ_k, Σ_k).
  public func logLikelihood(_ component: Int, _ datum: [Double]) -> Double {
    guard datum.count == dimension else { return .nan }
    return isDoubled
      ? laws[component].doubledLogDensity(datum).high : laws[component].logDensity(datum)
  }

  /// With 32 digits, what the laws have in common is the largest density of those that have weight.
  public func logLikelihoods(_ datum: [Double]) -> (relative: [Double], common: Double) {
    guard isDoubled, datum.count == dimension else {
      return (weights.indices.map { logLikelihood($0, datum) }, 0)
    }
    let logDensities = laws.map { $0.doubledLogDensity(datum) }
    let possible = weights.indices.filter { weights[$0] > 0 }
    guard let best = possible.max(by: { (logDensities[$0] - logDensities[$1]).high < 0 }) else {
      return (logDensities.map(\.high), 0)
    }
    return (logDensities.map { ($0 - logDensities[best]).high }, logDensities[best].high)
  }
}
