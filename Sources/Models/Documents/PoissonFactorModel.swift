import GSL
public import Probability

/// A count made by several hidden switches together.
///
/// ```
/// z_d ~ Bernoulli(prior_d),   y | z ~ Poisson(exp(Σ_d weights_d z_d))
/// ```
/// Reference: W. Aziz, "Deep discrete latent variable models".
public struct PoissonFactorModel: Sendable, Equatable {
  /// P(z_d = 1).
  public let prior: [Double]
  /// What factor d adds to the log rate.
  public let weights: [Double]

  /// A model with D factors.
  public init(prior: [Double], weights: [Double]) throws(ModelError) {
    try Validate.probabilities("prior", prior)
    try Validate.count("weights", weights.count, expected: prior.count)
    try Validate.finite("weights", weights)
    self.init(checkedPrior: prior, weights: weights)
  }

  private init(checkedPrior: [Double], weights: [Double]) {
    prior = checkedPrior
    self.weights = weights
  }

  /// exp(Σ_d weights_d z_d).
  public func rate(_ latents: [Double]) -> Double {
    exp(zip(latents, weights).reduce(0) { $0 + $1.0 * $1.1 })
  }

  /// The count as the observation of a model of its own.
  public func observing(_ count: Int) throws(ModelError) -> PoissonFactorCount {
    guard count >= 0 else {
      throw ModelError("count", "expected a count of at least 0, found \(count)")
    }
    return PoissonFactorCount(model: self, count: count)
  }

  /// The same model as a mixture: one component for each of the 2^D states, with tied rates.
  public func asMixture() throws(ModelError) -> PoissonMixture {
    let states = BitStates(of: prior.count)
    return try PoissonMixture(
      weights: states.map { exp(logPrior($0)) }, rates: states.map { rate($0) })
  }

  /// log p(z).
  public func logPrior(_ latents: [Double]) -> Double {
    zip(latents, prior).reduce(0) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
  }

  /// Two factors: b = (.3, .6), w = (.7, .9).
  public static let twoFactors = PoissonFactorModel(checkedPrior: [0.3, 0.6], weights: [0.7, 0.9])

  /// A random model whose weights are whole multiples, from one to three, of one unit.
  public static func random<Choices: DiscreteChoices>(
    factors: Int, unit: Double, _ choices: inout Choices
  ) throws(ChoiceError) -> (model: PoissonFactorModel, multiples: [Int]) {
    let prior = try choices.reals(factors, from: 0.1, to: 0.9)
    var multiples: [Int] = []
    for _ in 0..<factors { multiples.append(try choices.integer(1...3)) }
    return (
      PoissonFactorModel(checkedPrior: prior, weights: multiples.map { unit * Double($0) }),
      multiples
    )
  }
}

/// A Poisson factor model with one count observed.
public struct PoissonFactorCount: BinaryLatentModel, Equatable {
  /// The model.
  public let model: PoissonFactorModel
  /// y.
  public let count: Int

  init(model: PoissonFactorModel, count: Int) {
    self.model = model
    self.count = count
  }

  /// D, the number of factors.
  public var latentCount: Int { model.prior.count }

  /// log p(z).
  public func logPrior(_ latents: [Double]) -> Double { model.logPrior(latents) }

  /// log p(y | z) = log Poisson(y; exp(Σ_d w_d z_d)).
  public func logLikelihood(_ latents: [Double]) -> Double {
    logPoisson(count, rate: model.rate(latents))
  }

  /// y log λ, λ and log y! may cancel; the exponent of λ is a sum of D weights.
  public var roundingsOfLogJoint: Roundings {
    let (factors, y) = (Double(model.prior.count), Double(count))
    let exponent = model.weights.reduce(0) { $0 + abs($1) }
    let size = (y + exp(exponent)) * (1 + (factors + 1) * exponent) + y * log(y + 1)
    return Roundings(ofItsSize: factors + 4, ofOne: 4 * size + 2 * factors)
  }
}
