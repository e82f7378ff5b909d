import GSL
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
  /// The Cholesky factors of the covariances, row by row.
  private let factors: [[Double]]
  /// How far rounding moves a log density, the worst of all components.
  private let roundings: Roundings

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
    roundings = zip(covariances, factors).reduce(Roundings(ofItsSize: 0, ofOne: 0)) {
      Self.worse($0, Self.roundings(of: $1.0, factor: $1.1))
    }
  }

  /// A factorisation is that of a covariance off by (d + 1) ε √(Σ_ii Σ_jj), entry by entry; the
  /// square and the determinant see that times Σ_i Σ_ii (Σ⁻¹)_ii, which bounds the condition of the
  /// correlations (Higham 2002, theorem 10.3).
  private static func roundings(of covariance: [[Double]], factor: [Double]) -> Roundings {
    let d = covariance.count
    var (condition, constants) = (0.0, Double(d) * log(2 * Double.pi))
    for column in 0..<d {
      constants += 2 * abs(log(factor[column * d + column]))
      var inverse = [Double](repeating: 0, count: d)
      for i in column..<d {
        let known = (0..<i).reduce(i == column ? 1 : 0) { $0 - factor[i * d + $1] * inverse[$1] }
        inverse[i] = known / factor[i * d + i]
        condition += covariance[column][column] * inverse[i] * inverse[i]
      }
    }
    let each = 2 * Double(d + 1) * condition + 4
    return Roundings(ofItsSize: each, ofOne: each * constants)
  }

  private static func worse(_ one: Roundings, _ other: Roundings) -> Roundings {
    Roundings(
      ofItsSize: max(one.ofItsSize, other.ofItsSize), ofOne: max(one.ofOne, other.ofOne))
  }

  /// The same for all observations.
  public func roundingsOfLogLikelihood(_ datum: [Double]) -> Roundings { roundings }

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
