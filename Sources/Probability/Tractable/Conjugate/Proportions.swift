public import GSL

/// Beta(a, b), density ∝ p^(a−1) (1 − p)^(b−1): η = (a − 1, b − 1), A = log B(a, b).
public struct BetaLaw: ConjugatePrior, InvertibleFamily, Equatable {
  /// A probability.
  public typealias Point = Double
  /// a, positive.
  public let on: Double
  /// b, positive.
  public let off: Double

  /// A law by its two counts, both positive.
  public init(on: Double, off: Double) throws(GSLError) {
    try requirePositive("BetaLaw", [on, off])
    (self.on, self.off) = (on, off)
  }

  /// The law with η = (a − 1, b − 1).
  public init(naturalParameters: [Double]) throws(GSLError) {
    try requireCount("BetaLaw", naturalParameters, 2)
    try self.init(on: naturalParameters[0] + 1, off: naturalParameters[1] + 1)
  }

  /// The law with E[t] = (E[log p], E[log(1 − p)]).
  public init(meanParameters: [Double]) throws(GSLError) {
    let counts = try DirichletLaw(meanParameters: meanParameters).concentration
    try requireCount("BetaLaw", counts, 2, "mean")
    try self.init(on: counts[0], off: counts[1])
  }

  /// (a − 1, b − 1).
  public var naturalParameters: [Double] { [on - 1, off - 1] }
  /// log B(a, b).
  public func logPartition() throws(GSLError) -> Double {
    try SpecialFunctions.logBeta(on, off).value
  }
  /// (ψ(a) − ψ(a + b), ψ(b) − ψ(a + b)).
  public func meanParameters() throws(GSLError) -> [Double] {
    try expectedLogProportions([on, off])
  }
  /// (log p, log(1 − p)).
  public static func statistics(of probability: Double) -> [Double] {
    [log(probability), log1p(-probability)]
  }
  /// The covariance of the logarithms of two proportions.
  public func statisticsCovariance() throws(GSLError) -> [Double] {
    try covarianceOfLogProportions([on, off])
  }
}

/// Dirichlet(α), density ∝ Π p_k^(α_k − 1): η = α − 1, A = Σ log Γ(α_k) − log Γ(Σ α_k).
public struct DirichletLaw: ConjugatePrior, InvertibleFamily, Equatable {
  /// Proportions that sum to one.
  public typealias Point = [Double]
  /// α, all positive.
  public let concentration: [Double]

  /// A law by its counts, all positive.
  public init(concentration: [Double]) throws(GSLError) {
    guard !concentration.isEmpty else {
      throw GSLError("DirichletLaw", .badArgument("expected at least one count, found none"))
    }
    try requirePositive("DirichletLaw", concentration)
    self.concentration = concentration
  }

  /// A law whose counts are known to be positive.
  init(checked concentration: [Double]) { self.concentration = concentration }

  /// The law with η = α − 1.
  public init(naturalParameters: [Double]) throws(GSLError) {
    try self.init(concentration: naturalParameters.map { $0 + 1 })
  }

  /// The law with E[log p] = m, by Newton's method from α = 1.
  ///
  /// Reference: Minka 2000, "Estimating a Dirichlet distribution".
  public init(meanParameters: [Double]) throws(GSLError) {
    guard meanParameters.count > 1, logSumExp(meanParameters) < 0 else {
      throw GSLError("DirichletLaw", .domain, arguments: "\(meanParameters)")
    }
    self = try MeanMap.newton(
      from: DirichletLaw(concentration: meanParameters.map { _ in 1 }), to: meanParameters)
  }

  /// α − 1.
  public var naturalParameters: [Double] { concentration.map { $0 - 1 } }
  /// Σ log Γ(α_k) − log Γ(Σ α_k).
  public func logPartition() throws(GSLError) -> Double {
    let whole = concentration.reduce(0, +)
    var sum = CompensatedSum([-(try SpecialFunctions.logGamma(whole).value)])
    for alpha in concentration { sum.add(try SpecialFunctions.logGamma(alpha).value) }
    return sum.value
  }
  /// E[log p_k] = ψ(α_k) − ψ(Σ α_k).
  public func meanParameters() throws(GSLError) -> [Double] {
    try expectedLogProportions(concentration)
  }
  /// log p.
  public static func statistics(of proportions: [Double]) -> [Double] {
    proportions.map { log($0) }
  }
  /// Cov(log p_j, log p_k) = [j = k] ψ′(α_j) − ψ′(Σ α).
  public func statisticsCovariance() throws(GSLError) -> [Double] {
    try covarianceOfLogProportions(concentration)
  }
}

private func covarianceOfLogProportions(_ counts: [Double]) throws(GSLError) -> [Double] {
  let whole = try SpecialFunctions.trigamma(counts.reduce(0, +)).value
  var own: [Double] = []
  for count in counts { own.append(try SpecialFunctions.trigamma(count).value) }
  return table(counts.count) { j, k in (j == k ? own[j] : 0) - whole }
}

// listing: 07 mean-map
private func expectedLogProportions(
  _ counts: [Double]
) throws(GSLError) -> [Double] {
  let whole = try SpecialFunctions.digamma(counts.reduce(0, +)).value
  var means: [Double] = []
  for count in counts {
    means.append(try SpecialFunctions.digamma(count).value - whole)
  }
  return means
}
// end of listing

/// Bits of unknown probability: p(x | p) = p^x (1 − p)^(1 − x), with a beta prior.
public struct BernoulliPair: ConjugatePair {
  /// The likelihood; it has no settings.
  public init() {}
  /// (x, 1 − x).
  public func statistics(of bit: Bool) -> [Double] { bit ? [1, 0] : [0, 1] }
  /// 0.
  public func logBase(of bit: Bool) -> Double { 0 }
  /// The prior of the probability.
  public typealias Prior = BetaLaw
}

/// Outcomes of unknown probabilities: p(x | p) = p_x, with a Dirichlet prior.
public struct CategoricalPair: ConjugatePair {
  /// K, the number of outcomes.
  public let outcomes: Int
  /// A likelihood over outcomes 0 ..< K; others than these count for none.
  public init(outcomes: Int) { self.outcomes = outcomes }
  /// One for the outcome, none for the others.
  public func statistics(of outcome: Int) -> [Double] {
    (0..<outcomes).map { $0 == outcome ? 1 : 0 }
  }
  /// 0; −∞ for what is no outcome.
  public func logBase(of outcome: Int) -> Double {
    (0..<outcomes).contains(outcome) ? 0 : -.infinity
  }
  /// The prior of the probabilities.
  public typealias Prior = DirichletLaw
}
