public import GSL

// The families of one number as values: from η, from E[t], with t(x) and Cov[t(x)].

extension BernoulliLaw: InvertibleFamily {
  /// The bit with log odds η.
  public init(naturalParameters: [Double]) throws(GSLError) {
    try requireCount("BernoulliLaw", naturalParameters, 1)
    self.init(sigmoid(naturalParameters[0]))
  }
  /// The bit with E[x] = b.
  public init(meanParameters: [Double]) throws(GSLError) {
    try requireCount("BernoulliLaw", meanParameters, 1, "mean")
    try requirePositive("BernoulliLaw", [meanParameters[0], 1 - meanParameters[0]])
    self.init(meanParameters[0])
  }
  /// x.
  public static func statistics(of x: Double) -> [Double] { [x] }
  /// b (1 − b).
  public func statisticsCovariance() -> [Double] { [probability * (1 - probability)] }
}

extension PoissonLaw: InvertibleFamily {
  /// The law with η = log λ.
  public init(naturalParameters: [Double]) throws(GSLError) {
    try requireCount("PoissonLaw", naturalParameters, 1)
    self.init(rate: exp(naturalParameters[0]))
  }
  /// The law with E[x] = λ.
  public init(meanParameters: [Double]) throws(GSLError) {
    try requireCount("PoissonLaw", meanParameters, 1, "mean")
    try requirePositive("PoissonLaw", meanParameters)
    self.init(rate: meanParameters[0])
  }
  /// x.
  public static func statistics(of x: Double) -> [Double] { [x] }
  /// −log x!.
  public static func logBase(of x: Double) throws(GSLError) -> Double {
    -(try SpecialFunctions.logFactorial(try count(x)).value)
  }
  /// λ.
  public func statisticsCovariance() -> [Double] { [rate] }
}

extension ExponentialLaw: InvertibleFamily {
  /// The law with η = −λ.
  public init(naturalParameters: [Double]) throws(GSLError) {
    try requireCount("ExponentialLaw", naturalParameters, 1)
    try requirePositive("ExponentialLaw", [-naturalParameters[0]])
    self.init(rate: -naturalParameters[0])
  }
  /// The law with E[x] = 1/λ.
  public init(meanParameters: [Double]) throws(GSLError) {
    try requireCount("ExponentialLaw", meanParameters, 1, "mean")
    try requirePositive("ExponentialLaw", meanParameters)
    self.init(rate: 1 / meanParameters[0])
  }
  /// x.
  public static func statistics(of x: Double) -> [Double] { [x] }
  /// 1/λ².
  public func statisticsCovariance() -> [Double] { [1 / (rate * rate)] }
}

extension NormalLaw: ConjugatePrior, InvertibleFamily {
  /// The law with η = (m/v, −1/2v).
  public init(naturalParameters: [Double]) throws(GSLError) {
    try requireCount("NormalLaw", naturalParameters, 2)
    let variance = -0.5 / naturalParameters[1]
    try requirePositive("NormalLaw", [variance])
    self.init(mean: naturalParameters[0] * variance, variance: variance)
  }
  /// The law with E[t] = (m, m² + v).
  public init(meanParameters: [Double]) throws(GSLError) {
    try requireCount("NormalLaw", meanParameters, 2, "mean")
    let variance = meanParameters[1] - meanParameters[0] * meanParameters[0]
    try requirePositive("NormalLaw", [variance])
    self.init(mean: meanParameters[0], variance: variance)
  }
  /// (x, x²).
  public static func statistics(of x: Double) -> [Double] { [x, x * x] }
  /// Var x = v, Cov(x, x²) = 2mv, Var x² = 4m²v + 2v².
  public func statisticsCovariance() -> [Double] {
    let (m, v) = (mean, variance)
    return [v, 2 * m * v, 2 * m * v, 4 * m * m * v + 2 * v * v]
  }
}

extension GammaLaw: ConjugatePrior, InvertibleFamily {
  /// The law with η = (a − 1, −β).
  public init(naturalParameters: [Double]) throws(GSLError) {
    try requireCount("GammaLaw", naturalParameters, 2)
    let (shape, rate) = (naturalParameters[0] + 1, -naturalParameters[1])
    try requirePositive("GammaLaw", [shape, rate])
    self.init(shape: shape, rate: rate)
  }
  /// The law with E[t] = (E[log x], E[x]): ψ(a) − log a = E[log x] − log E[x], β = a/E[x].
  public init(meanParameters: [Double]) throws(GSLError) {
    try requireCount("GammaLaw", meanParameters, 2, "mean")
    try requirePositive("GammaLaw", [meanParameters[1]])
    let shape = try MeanMap.gammaShape(gap: meanParameters[0] - log(meanParameters[1]))
    self.init(shape: shape, rate: shape / meanParameters[1])
  }
  /// (log x, x).
  public static func statistics(of x: Double) -> [Double] { [log(x), x] }
  /// Var log x = ψ′(a), Cov(log x, x) = 1/β, Var x = a/β².
  public func statisticsCovariance() throws(GSLError) -> [Double] {
    let spread = try SpecialFunctions.trigamma(shape).value
    return [spread, 1 / rate, 1 / rate, shape / (rate * rate)]
  }
}
