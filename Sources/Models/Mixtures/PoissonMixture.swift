import GSL
public import Probability

/// A mixture of Poisson laws: counts whose rate depends on a choice that nobody saw.
///
/// ```
/// z ~ Categorical(weights),   y | z = k ~ Poisson(rate_k)
/// ```
public struct PoissonMixture: Mixture, Equatable {
  /// p(z = k).
  public let weights: [Double]
  /// λ_k, positive.
  public let rates: [Double]

  /// A mixture of K Poisson laws.
  public init(weights: [Double], rates: [Double]) throws(ModelError) {
    try Validate.distribution("weights", weights)
    try Validate.count("rates", rates.count, expected: weights.count)
    try Validate.finite("rates", rates)
    for (component, rate) in rates.enumerated() where rate <= 0 {
      throw ModelError("rates[\(component)]", "expected a positive number, found \(rate)")
    }
    self.init(checkedWeights: weights, rates: rates)
  }

  private init(checkedWeights: [Double], rates: [Double]) {
    weights = checkedWeights
    self.rates = rates
  }

  /// log Poisson(y; λ_k) = y log λ_k − λ_k − log y!; −∞ for a negative count.
  public func logLikelihood(_ component: Int, _ datum: Int) -> Double {
    logPoisson(datum, rate: rates[component])
  }

  /// y log λ, λ and log y! may cancel.
  public func roundingsOfLogLikelihood(_ datum: Int) -> Roundings {
    let y = Double(max(0, datum))
    let size = rates.reduce(0) { max($0, $1 + y * (1 + abs(log($1)))) }
    return Roundings(ofItsSize: 4, ofOne: 4 * (size + y * log(y + 1)))
  }

  /// .6 Poisson(2) + .4 Poisson(9): mean 4.8, variance 16.56.
  public static let twoRates = PoissonMixture(checkedWeights: [0.6, 0.4], rates: [2, 9])

  /// .3 Poisson(2) + .5 Poisson(6) + .2 Poisson(12).
  public static let threeRates = PoissonMixture(
    checkedWeights: [0.3, 0.5, 0.2], rates: [2, 6, 12])

  /// A random mixture; each rate is at least half again the one before, and the last below 17.
  public static func random<Choices: DiscreteChoices>(
    components: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> PoissonMixture {
    let weights = try choices.simplex(components)
    var rates = [try choices.real(from: 0.5, to: 2)]
    while rates.count < components {
      rates.append(rates[rates.count - 1] * (try choices.real(from: 1.5, to: 2)))
    }
    return PoissonMixture(checkedWeights: weights, rates: rates)
  }
}

/// log Poisson(y; λ) for a positive rate; −∞ for a negative count.
func logPoisson(_ count: Int, rate: Double) -> Double {
  if count < 0 { return -.infinity }
  // A positive finite rate and a count are always answered; NaN would be refused by every check.
  return (try? SpecialFunctions.logPoisson(count: count, rate: rate).value) ?? .nan
}
