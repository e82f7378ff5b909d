public import GSL

/// Counts of unknown rate: p(x | λ) = λ^x e^(−λ) / x!, with a gamma prior.
public struct PoissonPair: ConjugatePair {
  /// The likelihood; it has no settings.
  public init() {}
  /// (x, −1).
  public func statistics(of count: Int) -> [Double] { [Double(count), -1] }
  /// −log x!.
  public func logBase(of count: Int) throws(GSLError) -> Double {
    -(try SpecialFunctions.logFactorial(count).value)
  }
  /// The prior of the rate.
  public typealias Prior = GammaLaw
}

/// Numbers of unknown mean around which their variance s is known, with a normal prior.
///
/// ```
/// log N(x; μ, s) = μ x/s − μ²/2s − x²/2s − ½ log 2πs
/// ```
public struct NormalMeanPair: ConjugatePair {
  /// s, positive.
  public let variance: Double
  /// A likelihood by its known variance, which must be positive.
  public init(variance: Double) throws(GSLError) {
    try requirePositive("NormalMeanPair", [variance])
    self.variance = variance
  }
  /// (x/s, −1/2s).
  public func statistics(of x: Double) -> [Double] { [x / variance, -0.5 / variance] }
  /// −x²/2s − ½ log 2πs.
  public func logBase(of x: Double) -> Double {
    -0.5 * (x * x / variance + log(2 * Double.pi * variance))
  }
  /// The prior of the mean.
  public typealias Prior = NormalLaw
}
