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
}

extension Mixture {
  /// K, the number of components.
  public var componentCount: Int { weights.count }
}
