import GSL
public import Probability

/// The smallest latent-variable model: one observation x, a latent z with K states.
///
/// ```
/// p(x, z = k) = prior[k] · likelihood[k]
/// ```
public struct FiniteJoint: Sendable, Equatable {
  /// p(z).
  public let prior: [Double]
  /// p(x | z) at the observed x.
  public let likelihood: [Double]

  /// A prior over the states and the likelihood of the observation under each.
  public init(prior: [Double], likelihood: [Double]) throws(ModelError) {
    try Validate.distribution("prior", prior)
    try Validate.count("likelihood", likelihood.count, expected: prior.count)
    try Validate.probabilities("likelihood", likelihood)
    self.init(checkedPrior: prior, likelihood: likelihood)
  }

  private init(checkedPrior: [Double], likelihood: [Double]) {
    prior = checkedPrior
    self.likelihood = likelihood
  }

  /// K, the number of states.
  public var stateCount: Int { prior.count }

  /// log p(x, z = k).
  public func logJoint(_ state: Int) -> Double { log(prior[state]) + log(likelihood[state]) }

  /// log p(x, z) for all states.
  public var logJoints: [Double] { prior.indices.map(logJoint) }

  /// log p(x | z = k).
  public func logLikelihood(_ state: Int) -> Double { log(likelihood[state]) }

  /// Three states, nothing symmetric: log p(x) = log 0.31.
  public static let threeStates = FiniteJoint(
    checkedPrior: [0.2, 0.5, 0.3], likelihood: [0.7, 0.1, 0.4])

  /// A random model with the given number of states; every probability is positive.
  public static func random<Choices: DiscreteChoices>(
    states: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> FiniteJoint {
    FiniteJoint(
      checkedPrior: try choices.simplex(states), likelihood: try choices.probabilities(states))
  }
}
