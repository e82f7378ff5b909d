public import GSL

/// A law of a normal law's mean and variance.
///
/// ```
/// v ~ inverse gamma(a, b),     density ∝ v^−(a + 1) exp(−b/v)
/// μ | v ~ N(m, v / κ)
/// η = (κm, κ, 2b + κm², 2a + 3)       T = (μ/v, −μ²/2v, −1/2v, −½ log v)
/// A = log Γ(a) − a log b + ½ log(2π/κ)
/// ```
/// Reference: Gelman et al., "Bayesian Data Analysis", section 3.3.
public struct NormalInverseGamma: ConjugatePrior, InvertibleFamily, Equatable {
  /// A mean and a variance.
  public typealias Point = NormalLaw
  /// m.
  public let mean: Double
  /// κ, positive: how many observations the mean is worth.
  public let kappa: Double
  /// a, positive.
  public let shape: Double
  /// b, positive.
  public let rate: Double

  /// A law; all but the mean must be positive.
  public init(mean: Double, kappa: Double, shape: Double, rate: Double) throws(GSLError) {
    try requirePositive("NormalInverseGamma", [kappa, shape, rate])
    self.mean = mean
    self.kappa = kappa
    self.shape = shape
    self.rate = rate
  }

  /// The law with η = (κm, κ, 2b + κm², 2a + 3).
  public init(naturalParameters: [Double]) throws(GSLError) {
    try requireCount("NormalInverseGamma", naturalParameters, 4)
    let kappa = naturalParameters[1]
    let mean = naturalParameters[0] / kappa
    try self.init(
      mean: mean, kappa: kappa, shape: (naturalParameters[3] - 3) / 2,
      rate: (naturalParameters[2] - kappa * mean * mean) / 2)
  }

  /// (κm, κ, 2b + κm², 2a + 3).
  public var naturalParameters: [Double] {
    [kappa * mean, kappa, 2 * rate + kappa * mean * mean, 2 * shape + 3]
  }

  /// log Γ(a) − a log b + ½ log(2π/κ).
  public func logPartition() throws(GSLError) -> Double {
    try SpecialFunctions.logGamma(shape).value - shape * log(rate)
      + 0.5 * log(2 * Double.pi / kappa)
  }

  /// E[1/v] = a/b, E[μ²/v] = 1/κ + m² a/b, E[log v] = log b − ψ(a).
  public func meanParameters() throws(GSLError) -> [Double] {
    let precision = shape / rate
    let logVariance = log(rate) - (try SpecialFunctions.digamma(shape).value)
    return [
      mean * precision, -0.5 * (1 / kappa + mean * mean * precision), -0.5 * precision,
      -0.5 * logVariance,
    ]
  }

  /// The law with mean parameters, by the one-dimensional normal–inverse-Wishart with ν = 2a, Λ = 2b.
  public init(meanParameters: [Double]) throws(GSLError) {
    try requireCount("NormalInverseGamma", meanParameters, 4, "mean")
    let same = try NormalInverseWishart(meanParameters: meanParameters)
    try self.init(
      mean: same.mean[0], kappa: same.kappa, shape: same.dof / 2, rate: same.scale[0][0] / 2)
  }

  /// The covariance of the same four statistics under the normal–inverse-Wishart with ν = 2a, Λ = 2b.
  public func statisticsCovariance() throws(GSLError) -> [Double] {
    try NormalInverseWishart(
      checkedMean: [mean], kappa: kappa, dof: 2 * shape, scale: [[2 * rate]]
    ).statisticsCovariance()
  }

  /// (μ/v, −μ²/2v, −1/2v, −½ log v).
  public static func statistics(of law: NormalLaw) -> [Double] {
    let (mean, variance) = (law.mean, law.variance)
    return [mean / variance, -0.5 * mean * mean / variance, -0.5 / variance, -0.5 * log(variance)]
  }
}

/// Numbers of unknown mean and variance, with a normal–inverse-gamma prior.
public struct NormalPair: ConjugatePair {
  /// The likelihood; it has no settings.
  public init() {}
  /// (x, 1, x², 1).
  public func statistics(of x: Double) -> [Double] { [x, 1, x * x, 1] }
  /// −½ log 2π.
  public func logBase(of x: Double) -> Double { -0.5 * log(2 * Double.pi) }
  /// The prior of mean and variance.
  public typealias Prior = NormalInverseGamma
}
