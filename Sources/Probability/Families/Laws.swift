public import GSL

/// A bit that is on with probability b: η = log(b / (1 − b)), A = log(1 + e^η).
public struct BernoulliLaw: ExponentialFamily, Equatable {
  /// b, strictly between 0 and 1.
  public let probability: Double
  /// A bit.
  public init(_ probability: Double) { self.probability = probability }
  /// The log odds.
  public var naturalParameters: [Double] { [log(probability / (1 - probability))] }
  /// log(1 + e^η).
  public func logPartition() -> Double { softplus(naturalParameters[0]) }
  /// b.
  public func meanParameters() -> [Double] { [probability] }
  /// log b or log(1 − b).
  public func logDensity(_ x: Double) -> Double { log(x == 1 ? probability : 1 - probability) }

  /// KL = b log(b/a) + (1 − b) log((1 − b)/(1 − a)).
  public func kullbackLeibler(from p: BernoulliLaw) -> Double {
    Probability.kullbackLeibler(
      of: [probability, 1 - probability], from: [p.probability, 1 - p.probability])
  }
}

/// Poisson(λ): η = log λ, A = λ.
public struct PoissonLaw: ExponentialFamily, Equatable {
  /// λ, positive.
  public let rate: Double
  /// A count.
  public init(rate: Double) { self.rate = rate }
  /// log λ.
  public var naturalParameters: [Double] { [log(rate)] }
  /// λ.
  public func logPartition() -> Double { rate }
  /// λ.
  public func meanParameters() -> [Double] { [rate] }
  /// x log λ − λ − log x!.
  public func logDensity(_ x: Double) throws(GSLError) -> Double {
    try SpecialFunctions.logPoisson(count: try Self.count(x), rate: rate).value
  }

  /// A number of events; refused where it is none.
  static func count(_ x: Double) throws(GSLError) -> Int {
    guard let count = Int(exactly: x) else {
      throw GSLError("PoissonLaw", .badArgument("expected a whole number of events, found \(x)"))
    }
    return count
  }

  /// KL = λ_q log(λ_q/λ_p) − λ_q + λ_p.
  public func kullbackLeibler(from p: PoissonLaw) -> Double {
    rate * log(rate / p.rate) - rate + p.rate
  }
}

/// Exponential(λ), density λ e^(−λx): η = −λ, A = −log λ.
public struct ExponentialLaw: ExponentialFamily, Equatable {
  /// λ, positive.
  public let rate: Double
  /// A waiting time.
  public init(rate: Double) { self.rate = rate }
  /// −λ.
  public var naturalParameters: [Double] { [-rate] }
  /// −log λ.
  public func logPartition() -> Double { -log(rate) }
  /// 1/λ.
  public func meanParameters() -> [Double] { [1 / rate] }
  /// log λ − λx.
  public func logDensity(_ x: Double) -> Double { log(rate) - rate * x }

  /// KL = log(λ_q/λ_p) + λ_p/λ_q − 1.
  public func kullbackLeibler(from p: ExponentialLaw) -> Double {
    log(rate / p.rate) + p.rate / rate - 1
  }
}

/// N(m, v) on the line: η = (m/v, −1/2v), A = m²/2v + ½ log(2πv).
public struct NormalLaw: ExponentialFamily, Equatable {
  /// m.
  public let mean: Double
  /// v, positive; a variance, not a standard deviation.
  public let variance: Double
  /// A normal law.
  public init(mean: Double, variance: Double) {
    self.mean = mean
    self.variance = variance
  }
  /// (m/v, −1/2v), for t(x) = (x, x²).
  public var naturalParameters: [Double] { [mean / variance, -0.5 / variance] }
  /// m²/2v + ½ log(2πv).
  public func logPartition() -> Double {
    0.5 * mean * mean / variance + 0.5 * log(2 * Double.pi * variance)
  }
  /// (m, m² + v).
  public func meanParameters() -> [Double] { [mean, mean * mean + variance] }
  /// −½ [(x − m)²/v + log(2πv)].
  public func logDensity(_ x: Double) -> Double {
    -0.5 * ((x - mean) * (x - mean) / variance + log(2 * Double.pi * variance))
  }

  /// KL = ½ [log(v_p/v_q) + v_q/v_p + (m_q − m_p)²/v_p − 1].
  public func kullbackLeibler(from p: NormalLaw) -> Double {
    let distance = mean - p.mean
    return 0.5
      * (log(p.variance / variance) + variance / p.variance + distance * distance / p.variance - 1)
  }
}

/// Gamma(a, β), density ∝ x^(a−1) e^(−βx): η = (a − 1, −β), A = log Γ(a) − a log β.
public struct GammaLaw: ExponentialFamily, Equatable {
  /// a, positive.
  public let shape: Double
  /// β, positive; a rate, not a scale.
  public let rate: Double
  /// A gamma law.
  public init(shape: Double, rate: Double) {
    self.shape = shape
    self.rate = rate
  }
  /// (a − 1, −β), for t(x) = (log x, x).
  public var naturalParameters: [Double] { [shape - 1, -rate] }
  /// log Γ(a) − a log β.
  public func logPartition() throws(GSLError) -> Double {
    try SpecialFunctions.logGamma(shape).value - shape * log(rate)
  }
  /// (ψ(a) − log β, a/β).
  public func meanParameters() throws(GSLError) -> [Double] {
    [try SpecialFunctions.digamma(shape).value - log(rate), shape / rate]
  }
  /// (a − 1) log x − βx − A.
  public func logDensity(_ x: Double) throws(GSLError) -> Double {
    (shape - 1) * log(x) - rate * x - (try logPartition())
  }

  /// KL = (a_q − a_p) ψ(a_q) − log Γ(a_q) + log Γ(a_p) + a_p log(β_q/β_p) + a_q (β_p − β_q)/β_q.
  public func kullbackLeibler(from p: GammaLaw) throws(GSLError) -> Double {
    let shapes = (shape - p.shape) * (try SpecialFunctions.digamma(shape).value)
    let normalisers =
      try SpecialFunctions.logGamma(p.shape).value - SpecialFunctions.logGamma(shape).value
    return shapes + normalisers + p.shape * log(rate / p.rate) + shape * (p.rate - rate) / rate
  }
}
