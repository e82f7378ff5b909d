public import Probability

/// A mixture of Gaussians of which nothing is known but the priors.
///
/// ```
/// weights ~ Dirichlet(concentration)
/// mean_k, covariance_k ~ NormalInverseWishart(prior),   independently for every component
/// z_n ~ Categorical(weights),   x_n | z_n = k ~ N(mean_k, covariance_k)
/// ```
/// Components are labelled: swapping two of them makes another assignment.
/// Reference: C. Bishop, "Pattern Recognition and Machine Learning", section 10.2.
public struct BayesianMixture: Sendable, Equatable {
  /// The Dirichlet's parameters, one a component.
  public let concentration: [Double]
  /// The prior of every component's mean and covariance.
  public let prior: NormalInverseWishart

  /// A mixture with at least one component.
  public init(concentration: [Double], prior: NormalInverseWishart) throws(ModelError) {
    try Validate.notEmpty("concentration", concentration.count)
    for (k, alpha) in concentration.enumerated() where !(alpha > 0 && alpha.isFinite) {
      throw ModelError("concentration[\(k)]", "expected a positive number, found \(alpha)")
    }
    self.init(checkedConcentration: concentration, prior: prior)
  }

  private init(checkedConcentration: [Double], prior: NormalInverseWishart) {
    concentration = checkedConcentration
    self.prior = prior
  }

  /// K.
  public var componentCount: Int { concentration.count }

  /// The mixture as it is, with observations of its dimension.
  public func validate(observations: [[Double]]) throws(ModelError) {
    for (n, observation) in observations.enumerated() {
      try Validate.count("observations[\(n)]", observation.count, expected: prior.dimension)
      try Validate.finite("observations[\(n)]", observation)
    }
  }

  /// A random mixture of up to three components in one or two dimensions.
  public static func random<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> BayesianMixture {
    let components = try choices.integer(1...3)
    let dimension = try choices.integer(1...2)
    return BayesianMixture(
      checkedConcentration: try choices.reals(components, from: 0.2, to: 3),
      prior: try .random(dimension: dimension, &choices))
  }
}
