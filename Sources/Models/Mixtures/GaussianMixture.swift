import GSL
public import Probability

/// A mixture of Gaussians on the line.
///
/// ```
/// p(x | z = k) = N(x; mean_k, variance_k)
/// ```
public struct GaussianMixture: Mixture, Equatable {
  /// p(z = k).
  public let weights: [Double]
  /// The means.
  public let means: [Double]
  /// The variances, positive.
  public let variances: [Double]

  /// A mixture of K Gaussians.
  public init(weights: [Double], means: [Double], variances: [Double]) throws(ModelError) {
    try Validate.distribution("weights", weights)
    try Validate.count("means", means.count, expected: weights.count)
    try Validate.finite("means", means)
    try Validate.count("variances", variances.count, expected: weights.count)
    try Validate.finite("variances", variances)
    for (component, variance) in variances.enumerated() where variance <= 0 {
      throw ModelError(
        "variances[\(component)]", "expected a positive number, found \(variance)")
    }
    self.init(checkedWeights: weights, means: means, variances: variances)
  }

  private init(checkedWeights: [Double], means: [Double], variances: [Double]) {
    weights = checkedWeights
    self.means = means
    self.variances = variances
  }

  /// log N(x; mean_k, variance_k).
  public func logLikelihood(_ component: Int, _ datum: Double) -> Double {
    logNormal(datum, mean: means[component], variance: variances[component])
  }

  /// −½ log 2πv and the square may cancel: the square is no larger than both other numbers together.
  public func roundingsOfLogLikelihood(_ datum: Double) -> Roundings {
    let constants = variances.reduce(0) { max($0, abs(log($1)) + 2) }
    return Roundings(ofItsSize: 8, ofOne: 8 * constants)
  }

  /// What the laws have in common is the density of the likeliest of those that have weight.
  public func logLikelihoods(_ datum: Double) -> (relative: [Double], common: Double) {
    let (relative, largest) = relativeLogNormals(datum, means: means, variances: variances) {
      weights[$0] > 0
    }
    return (relative, largest)
  }

  /// Equal weights, unit variances, means −½ and 1: a place to start from.
  public static let twoComponents = GaussianMixture(
    checkedWeights: [0.5, 0.5], means: [-0.5, 1], variances: [1, 1])

  /// A random mixture with means from −1 to 1 and variances from 1 to 2.
  public static func random<Choices: DiscreteChoices>(
    components: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> GaussianMixture {
    GaussianMixture(
      checkedWeights: try choices.simplex(components),
      means: try choices.reals(components, from: -1, to: 1),
      variances: try choices.reals(components, from: 1, to: 2))
  }
}
