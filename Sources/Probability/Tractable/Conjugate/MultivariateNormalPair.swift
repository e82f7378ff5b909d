import GSL

/// Vectors of unknown mean and covariance, with a normal–inverse-Wishart prior.
///
/// ```
/// log N(x; μ, Σ) = x·Σ⁻¹μ − ½ μᵀΣ⁻¹μ − ½ xᵀΣ⁻¹x − ½ log |Σ| − (d/2) log 2π
/// ```
public struct MultivariateNormalPair: ConjugatePair {
  /// The likelihood; it has no settings.
  public init() {}
  /// (x, 1, x xᵀ, 1), the matrix row by row.
  public func statistics(of x: [Double]) -> [Double] {
    x + [1] + x.flatMap { a in x.map { a * $0 } } + [1]
  }
  /// −(d/2) log 2π.
  public func logBase(of x: [Double]) -> Double { -0.5 * Double(x.count) * log(2 * Double.pi) }
  /// The prior of mean and covariance.
  public typealias Prior = NormalInverseWishart
}
