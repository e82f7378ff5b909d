import GSL
public import Models

/// The mean and the variance of a mixture, and what the variance is made of.
///
/// ```
/// E[y]   = E[E[y | z]]
/// Var[y] = E[Var[y | z]] + Var[E[y | z]]      within + between
/// ```
public struct MixtureMoments: Sendable, Equatable {
  /// E[y].
  public let mean: Double
  /// E[Var[y | z]], the average variance of a component.
  public let within: Double
  /// Var[E[y | z]], how far the components are apart.
  public let between: Double

  /// Var[y].
  public var variance: Double { within + between }

  /// By the laws of total expectation and of total variance, from the moments of the components.
  public init(weights: [Double], means: [Double], variances: [Double]) {
    func average(_ values: [Double]) -> Double {
      zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let mean = average(means)
    self.mean = mean
    within = average(variances)
    between = average(means.map { ($0 - mean) * ($0 - mean) })
  }

  /// Those of a mixture of Poisson laws, whose means are their variances.
  public init(of mixture: PoissonMixture) {
    self.init(weights: mixture.weights, means: mixture.rates, variances: mixture.rates)
  }

  /// Those of a mixture of Gaussians on the line.
  public init(of mixture: GaussianMixture) {
    self.init(weights: mixture.weights, means: mixture.means, variances: mixture.variances)
  }
}

/// Mean and variance of a law on 0, 1, 2 …, by summing its table.
///
/// The second route to `MixtureMoments`: it sees counts and knows nothing of components.
public func tabulatedMoments(_ probabilities: [Double]) -> (mean: Double, variance: Double) {
  var mean = CompensatedSum()
  for (count, p) in probabilities.enumerated() { mean.add(p * Double(count)) }
  var variance = CompensatedSum()
  for (count, p) in probabilities.enumerated() {
    let distance = Double(count) - mean.value
    variance.add(p * distance * distance)
  }
  return (mean.value, variance.value)
}

extension PoissonMixture {
  /// p(y) for y below `bound`, each by the sum over components.
  public func exactTable(below bound: Int) -> [Double] {
    (0..<bound).map { count in
      weights.indices.reduce(0) { $0 + weights[$1] * exp(logLikelihood($1, count)) }
    }
  }
}
