import GSL
public import Probability

/// A mixture whose components are products: several values, independent given the component.
///
/// ```
/// z ~ Categorical(weights),   x_f | z = k ~ law_kf,   independently for each f
/// ```
/// With tables it is the naive Bayes model, with normal laws a mixture of Gaussians with diagonal
/// covariances. What was not observed is nil. Reference: Murphy 2012, section 11.2.
public struct ProductMixture: Mixture, Equatable {
  /// p(z = k).
  public let weights: [Double]
  /// p(x_f | z = k), one a value.
  public let laws: ProductLaws

  /// A mixture of K products; the laws have K states.
  public init(weights: [Double], laws: ProductLaws) throws(ModelError) {
    try Validate.distribution("weights", weights)
    try Validate.count("components", laws.stateCount, expected: weights.count)
    self.init(checkedWeights: weights, laws)
  }

  private init(checkedWeights: [Double], _ laws: ProductLaws) {
    weights = checkedWeights
    self.laws = laws
  }

  /// A table may hold zeros.
  public var canExclude: Bool { laws.canExclude }
  /// Whether a factor has covariances.
  public var hasCovariances: Bool { laws.hasCovariances }

  /// log p(x | z = k).
  public func logLikelihood(_ component: Int, _ datum: [ObservedValue?]) -> Double {
    let (relative, common) = logLikelihoods(datum)
    return relative[component] + common
  }

  /// The sum over what was observed.
  public func logLikelihoods(_ datum: [ObservedValue?]) -> (relative: [Double], common: Double) {
    laws.logLikelihoods(datum)
  }

  /// The sum of those of the factors: what one says of a component another may take back.
  public func errors(of logLikelihoods: [Double], _ datum: [ObservedValue?]) -> [Double]? {
    laws.errors(datum)
  }

  /// A few roundings of each of the logarithms that are added up.
  public func roundingsOfLogLikelihood(_ datum: [ObservedValue?]) -> Roundings {
    let (relative, _) = logLikelihoods(datum)
    let size = zip(relative, laws.errors(datum)).reduce(0) {
      $1.0 == -.infinity ? $0 : max($0, $1.1)
    }
    return Roundings(
      ofItsSize: 4 * Double(laws.factors.count), ofOne: 4 + size / Double.ulpOfOne)
  }

  /// The same with densities of 32 digits.
  public var doubled: ProductMixture? {
    laws.doubled.map { ProductMixture(checkedWeights: weights, $0) }
  }
}
