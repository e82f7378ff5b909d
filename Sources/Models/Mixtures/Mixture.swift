public import Probability

/// A mixture of K components: what a datum's component is, is not observed.
///
/// ```
/// z_n ~ Categorical(weights),   x_n | z_n = k ~ component k,   independently for each n
/// ```
public protocol Mixture: Sendable {
  /// What one observation is.
  associatedtype Datum: Sendable
  /// p(z = k).
  var weights: [Double] { get }
  /// log p(x | z = k).
  func logLikelihood(_ component: Int, _ datum: Datum) -> Double
  /// log p(x | z = k) of all components as what is common to them and what is not.
  ///
  /// Their sums are the log likelihoods; the differences may be more precise than those of the sums.
  func logLikelihoods(_ datum: Datum) -> (relative: [Double], common: Double)
  /// Whether a component can make a datum impossible.
  ///
  /// Where none can, a log likelihood of −∞ is a number below all doubles, and no logarithm of zero.
  var canExclude: Bool { get }
  /// How far rounding can move log p(x | z = k), whatever k is.
  func roundingsOfLogLikelihood(_ datum: Datum) -> Roundings
  /// How far rounding can have moved each log likelihood of a datum, given what they came out as; nil
  /// where it is a few roundings whatever the datum.
  func errors(of logLikelihoods: [Double], _ datum: Datum) -> [Double]?
  /// Whether densities come from factored covariances, of which 32 digits are another factor.
  var hasCovariances: Bool { get }
  /// The same mixture with densities of 32 digits; nil where there are none.
  var doubled: Self? { get }
}

extension Mixture {
  /// K, the number of components.
  public var componentCount: Int { weights.count }

  /// A logarithm of a probability, looked up.
  public func roundingsOfLogLikelihood(_ datum: Datum) -> Roundings {
    Roundings(ofItsSize: 4, ofOne: 4)
  }

  /// A density or a law on all counts excludes nothing.
  public var canExclude: Bool { false }

  /// No measure is needed.
  public func errors(of logLikelihoods: [Double], _ datum: Datum) -> [Double]? { nil }

  /// None.
  public var hasCovariances: Bool { false }

  /// No other digits.
  public var doubled: Self? { nil }

  /// Nothing in common.
  public func logLikelihoods(_ datum: Datum) -> (relative: [Double], common: Double) {
    (weights.indices.map { logLikelihood($0, datum) }, 0)
  }
}
