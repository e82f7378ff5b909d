import GSL
public import Networks
import Probability

/// A Gaussian latent that is seen through counts or bits.
///
/// ```
/// z ~ N(mean, root·rootᵀ)      η_i = offset_i + features_i·z      y_i ~ law(η_i)
/// ```
/// Poisson and logistic regression with a prior, and, with the identity for features, a short Poisson
/// linear dynamical system. The log joint is concave, so there is one mode.
public struct LatentGaussian: Sendable, Equatable {
  /// The most numbers that z has.
  public static let mostLatents = 3

  /// E[z].
  public let mean: Vector
  /// A lower triangular root of Cov[z].
  public let root: Matrix
  /// What multiplies z, a row for each observation.
  public let features: Matrix
  /// η at z = 0.
  public let offset: Vector
  /// How events are seen.
  public let law: EventLaw
  /// y.
  public let observations: [Int]

  /// A model with a prior of this mean and covariance.
  public init(
    mean: [Double], covariance: [[Double]], features: [[Double]], offset: [Double], law: EventLaw,
    observations: [Int]
  ) throws(ModelError) {
    let n = mean.count
    try Validate.finite("mean", mean)
    let covariance = try Validate.positiveDefinite("covariance", covariance, dimension: n)
    let root: [Double]
    do throws(GSLError) {
      root = try LinearAlgebra.cholesky(order: n, Array(covariance.joined()))
    } catch {
      throw ModelError("covariance", "expected a positive definite matrix")
    }
    try self.init(
      mean: Vector(mean), root: Matrix(rows: n, columns: n, root), features: features,
      offset: offset, law: law, observations: observations)
  }

  /// A chain of numbers z_0 ~ N(initialMean, initialVariance), z_t ~ N(dynamics z_(t−1), noise), seen once each
  /// or in any other way.
  public init(
    steps: Int, initialMean: Double, initialVariance: Double, dynamics: Double, noise: Double,
    features: [[Double]], offset: [Double], law: EventLaw, observations: [Int]
  ) throws(ModelError) {
    try Validate.finite("initialMean, dynamics", [initialMean, dynamics])
    for (place, value) in [("initialVariance", initialVariance), ("dynamicsNoise", noise)] {
      guard value > 0, value.isFinite else {
        throw ModelError(place, "expected a positive variance, found \(value)")
      }
    }
    // z_t = a^t m + Σ_s a^(t−s) (deviation of step s) w_s.
    let powers = (0..<max(0, steps)).map { pow(dynamics, Double($0)) }
    let rows = powers.indices.map { t in
      powers.indices.map { s in
        s > t ? 0 : powers[t - s] * sqrt(s == 0 ? initialVariance : noise)
      }
    }
    try self.init(
      mean: Vector(powers.map { $0 * initialMean }), root: Matrix(rows), features: features,
      offset: offset, law: law, observations: observations)
  }

  /// The same model of w, where z = mean + root·w: its prior is N(0, 1).
  public var whitened: LatentGaussian {
    LatentGaussian(
      checkedMean: Vector(zeros: dimension), root: Matrix(identity: dimension), features: loadings,
      offset: naturalMeans, law: law, observations: observations)
  }

  private init(
    checkedMean: Vector, root: Matrix, features: Matrix, offset: Vector, law: EventLaw,
    observations: [Int]
  ) {
    mean = checkedMean
    self.root = root
    self.features = features
    self.offset = offset
    self.law = law
    self.observations = observations
  }

  private init(
    mean: Vector, root: Matrix, features: [[Double]], offset: [Double], law: EventLaw,
    observations: [Int]
  ) throws(ModelError) {
    guard (1...Self.mostLatents).contains(mean.count) else {
      throw ModelError("z", "expected 1 to \(Self.mostLatents) numbers, found \(mean.count)")
    }
    guard !features.isEmpty else {
      throw ModelError("features", "expected at least one observation, found none")
    }
    try Validate.finiteTable(
      "features", features, rows: features.count, columns: mean.count)
    try Validate.count("offset", offset.count, expected: features.count)
    try Validate.finite("offset", offset)
    try Validate.count("observations", observations.count, expected: features.count)
    for (i, count) in observations.enumerated() {
      guard count >= 0, law == .poisson || count <= 1 else {
        throw ModelError(
          "observations[\(i)]",
          law == .poisson
            ? "expected a number of at least 0, found \(count)" : "expected 0 or 1, found \(count)")
      }
    }
    self.mean = mean
    self.root = root
    self.features = Matrix(features)
    self.offset = Vector(offset)
    self.law = law
    self.observations = observations
    let numbers = mean.array + root.array + loadings.array + naturalMeans.array
    guard numbers.allSatisfy(\.isFinite) else {
      throw ModelError("features", "so large that η under the prior leaves what doubles can hold")
    }
  }

  /// n, how many numbers z has.
  public var dimension: Int { mean.count }
  /// y as real numbers.
  public var counts: Vector { Vector(observations.map(Double.init)) }

  /// The prior's η: offset + features·mean.
  public var naturalMeans: Vector { offset + features.times(mean) }
  /// What multiplies w where z = mean + root·w and w ~ N(0, 1).
  public var loadings: Matrix { features.times(root) }
  /// The inverse of Cov[z].
  public var precision: Matrix { inverseRoot.transposed().times(inverseRoot) }
  /// The inverse of the root, lower triangular.
  public var inverseRoot: Matrix {
    var columns: [[Double]] = []
    for k in 0..<dimension {
      var column = [Double](repeating: 0, count: dimension)
      for i in k..<dimension {
        let rest = (k..<i).reduce(i == k ? 1 : 0) { $0 - root[i, $1] * column[$1] }
        column[i] = rest / root[i, i]
      }
      columns.append(column)
    }
    return Matrix(columns).transposed()
  }
  /// log |Cov[z]|.
  public var logDeterminant: Double {
    2 * (0..<dimension).reduce(0) { $0 + log(root[$1, $1]) }
  }

  /// log p(y|z) for a z by its standardised form w.
  package func logLikelihood(at w: Vector) -> Double {
    let etas = naturalMeans + loadings.times(w)
    return CompensatedSum(
      observations.indices.map { law.logProbability(of: observations[$0], etas[$0]) }
    ).value
  }

  /// log p(y, z).
  public func logJoint(_ z: [Double]) -> Double {
    let w = inverseRoot.times(Vector(z) - mean)
    return logLikelihood(at: w)
      - 0.5 * (w.dot(w) + Double(dimension) * log(2 * Double.pi) + logDeterminant)
  }
}
