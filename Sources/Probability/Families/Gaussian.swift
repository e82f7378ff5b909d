public import GSL

/// N(mean, covariance) in any dimension, the covariance row by row.
public struct Gaussian: Sendable, Equatable {
  /// μ.
  public let mean: [Double]
  /// Σ, row by row, d × d entries.
  public let covariance: [Double]

  /// A normal law; the covariance must be symmetric and positive definite.
  public init(mean: [Double], covariance: [Double]) throws(GSLError) {
    _ = try LinearAlgebra.cholesky(order: mean.count, covariance)
    self.mean = mean
    self.covariance = covariance
  }

  /// N(mean, variance) on the line.
  public init(mean: Double, variance: Double) throws(GSLError) {
    try self.init(mean: [mean], covariance: [variance])
  }

  /// d, the dimension.
  public var dimension: Int { mean.count }

  /// log N(x; μ, Σ) = −½ [(x − μ)ᵀ Σ⁻¹ (x − μ) + log|Σ| + d log 2π].
  public func logDensity(_ x: [Double]) throws(GSLError) -> Double {
    let d = Double(dimension)
    return -0.5
      * (try squaredDistance(from: x) + (try logDeterminant()) + d * log(2 * Double.pi))
  }

  /// KL(self‖p) of two normal laws, in closed form.
  ///
  /// ```
  /// KL = ½ [ log(|Σ_p| / |Σ_q|) + tr(Σ_p⁻¹ Σ_q) + (μ_q − μ_p)ᵀ Σ_p⁻¹ (μ_q − μ_p) − d ]
  /// ```
  /// Reference: Kullback 1959. One lecture prints the quadratic term without its half.
  public func kullbackLeibler(from p: Gaussian) throws(GSLError) -> Double {
    // listing: 01 gaussian-divergence
    let quotient = try LinearAlgebra.solve(
      order: dimension, p.covariance, right: covariance, rightColumns: dimension)
    let trace = (0..<dimension).reduce(0) { $0 + quotient[$1 * dimension + $1] }
    let logRatio = try p.logDeterminant() - (try logDeterminant())
    return 0.5 * (logRatio + trace + (try p.squaredDistance(from: mean)) - Double(dimension))
    // end of listing
  }

  /// log|Σ|.
  public func logDeterminant() throws(GSLError) -> Double {
    try LinearAlgebra.logDeterminant(order: dimension, covariance).logMagnitude
  }

  /// (x − μ)ᵀ Σ⁻¹ (x − μ), the squared Mahalanobis distance.
  public func squaredDistance(from x: [Double]) throws(GSLError) -> Double {
    let difference = zip(x, mean).map { $0 - $1 }
    let solved = try LinearAlgebra.solve(order: dimension, covariance, right: difference)
    return zip(difference, solved).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
