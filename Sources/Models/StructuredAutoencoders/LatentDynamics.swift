public import Probability

/// The prior of a structured autoencoder whose latents follow each other.
///
/// ```
/// (A, Q) ~ MNIW      x_0 ~ N(mean, covariance)      x_t = A·x_(t−1) + N(0, Q)
/// ```
/// Reference: Johnson et al 2016, section 3.
public struct LatentDynamics: Sendable, Equatable {
  /// The mean of x_0.
  public let initialMean: [Double]
  /// The covariance of x_0, row by row.
  public let initialCovariance: [[Double]]
  /// p(A, Q).
  public let parameters: MatrixNormalInverseWishart

  /// A prior of states with as many numbers as the mean has.
  public init(
    initialMean: [Double], initialCovariance: [[Double]], parameters: MatrixNormalInverseWishart
  ) throws(ModelError) {
    try Validate.count("initialMean", initialMean.count, expected: parameters.dimension)
    try Validate.finite("initialMean", initialMean)
    do { _ = try Gaussian(mean: initialMean, covariance: Array(initialCovariance.joined())) } catch
    {
      throw ModelError("initialCovariance", "expected a positive definite matrix")
    }
    self.initialMean = initialMean
    self.initialCovariance = initialCovariance
    self.parameters = parameters
  }

  /// A prior whose numbers are known to be those of one.
  init(
    checkedMean: [Double], covariance: [[Double]], parameters: MatrixNormalInverseWishart
  ) {
    initialMean = checkedMean
    initialCovariance = covariance
    self.parameters = parameters
  }

  /// d.
  public var dimension: Int { initialMean.count }
}
