import GSL

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
  /// The Cholesky factors of the covariances, row by row.
  private let factors: [[Double]]

  /// A mixture of K Gaussians; the covariances must be symmetric and positive definite.
  public init(
    weights: [Double], means: [[Double]], covariances: [[[Double]]]
  ) throws(ModelError) {
    try Validate.distribution("weights", weights)
    try Validate.count("means", means.count, expected: weights.count)
    try Validate.count("covariances", covariances.count, expected: weights.count)
    let dimension = means.first?.count ?? 0
    try Validate.notEmpty("means[0]", dimension)
    var factors: [[Double]] = []
    for k in weights.indices {
      try Validate.count("means[\(k)]", means[k].count, expected: dimension)
      try Validate.finite("means[\(k)]", means[k])
      factors.append(
        try Self.factor("covariances[\(k)]", covariances[k], dimension: dimension))
    }
    self.weights = weights
    self.means = means
    self.covariances = covariances
    self.factors = factors
  }

  private static func factor(
    _ place: String, _ rows: [[Double]], dimension: Int
  ) throws(ModelError) -> [Double] {
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
    do {
      return try LinearAlgebra.cholesky(order: dimension, Array(rows.joined()))
    } catch {
      throw ModelError(place, "expected a positive definite matrix")
    }
  }

  /// d, the dimension.
  public var dimension: Int { means.first?.count ?? 0 }

  /// log N(x; μ_k, Σ_k) by forward substitution: Σ = L Lᵀ, L r = x − μ.
  ///
  /// ```
  /// log N = −½ Σ_i r_i² − Σ_i log L_ii − (d/2) log 2π
  /// ```
  public func logLikelihood(_ component: Int, _ datum: [Double]) -> Double {
    let d = dimension
    guard datum.count == d else { return .nan }
    let (mean, factor) = (means[component], factors[component])
    var residuals: [Double] = []
    var value = -0.5 * Double(d) * log(2 * Double.pi)
    for i in 0..<d {
      let explained = residuals.indices.reduce(0) { $0 + factor[i * d + $1] * residuals[$1] }
      let residual = (datum[i] - mean[i] - explained) / factor[i * d + i]
      residuals.append(residual)
      value -= 0.5 * residual * residual + log(factor[i * d + i])
    }
    return value
  }
}
