public import GSL
public import Models
public import Probability

/// The global factors of a variational mixture: q(π) Π_k q(μ_k, Σ_k).
public struct MixtureGlobals: Sendable, Equatable {
  /// q(π), a Dirichlet distribution.
  public var weights: DirichletLaw
  /// q(μ_k, Σ_k), one a component.
  public var components: [NormalInverseWishart]

  /// Factors as they are given.
  public init(weights: DirichletLaw, components: [NormalInverseWishart]) {
    self.weights = weights
    self.components = components
  }

  /// The prior, as the factors of a mixture that has seen nothing.
  public init(priorOf mixture: BayesianMixture) throws(GSLError) {
    weights = try DirichletLaw(concentration: mixture.concentration)
    components = mixture.concentration.map { _ in mixture.prior }
  }
}

/// Mean field for a Bayesian mixture of Gaussians: q(π) Π_k q(μ_k, Σ_k) Π_n q(z_n).
///
/// Every factor is of the family of its complete conditional, so that an update sets natural parameters, and
/// each is the best there is while the others stay: the ELBO never falls.
/// References: Attias 2000; Bishop 2006, section 10.2.
public struct VariationalMixture: Sendable {
  /// The model.
  public let mixture: BayesianMixture
  /// The data.
  public let observations: [[Double]]
  /// q(z_n = k), one row an observation.
  public var responsibilities: [[Double]]
  /// q(π) and q(μ_k, Σ_k).
  public var globals: MixtureGlobals

  /// Responsibilities to start from, and the globals that are best for them.
  public init(
    _ mixture: BayesianMixture, _ observations: [[Double]], responsibilities: [[Double]]
  ) throws {
    try mixture.validate(observations: observations)
    self.mixture = mixture
    self.observations = observations
    self.responsibilities = responsibilities
    globals = try MixtureGlobals(priorOf: mixture)
    try updateGlobals()
  }

  /// Globals to start from, and the responsibilities that are best for them.
  public init(
    _ mixture: BayesianMixture, _ observations: [[Double]], globals: MixtureGlobals
  ) throws {
    try mixture.validate(observations: observations)
    self.mixture = mixture
    self.observations = observations
    self.globals = globals
    responsibilities = []
    try updateLocals()
  }

  // listing: 07 mixture-sweep
  /// The best global factors for the responsibilities: conjugate updates with fractional counts.
  ///
  /// ```
  /// q(π) = Dirichlet(α_k + Σ_n r_nk)          q(μ_k, Σ_k) = prior + Σ_n r_nk t(x_n)
  /// ```
  public mutating func updateGlobals() throws(GSLError) {
    globals = try Self.bestGlobals(
      mixture, observations, weights: responsibilities)
  }

  /// The best responsibilities for the global factors.
  ///
  /// ```
  /// r_nk ∝ exp( E log π_k + E log N(x_n; μ_k, Σ_k) )
  /// ```
  public mutating func updateLocals() throws(GSLError) {
    let logWeights = try globals.weights.meanParameters()
    let components = try expected()
    responsibilities = observations.map { x in
      softmax(zip(logWeights, components).map { $0 + $1.logDensity(x) })
    }
  }
  // end of listing

  /// The global factors when observation n counts for component k as often as `weights` says.
  public static func bestGlobals(
    _ mixture: BayesianMixture, _ observations: [[Double]], weights: [[Double]]
  ) throws(GSLError) -> MixtureGlobals {
    let columns = mixture.concentration.indices.map { k in weights.map { $0[k] } }
    return MixtureGlobals(
      weights: try DirichletLaw(
        concentration: zip(mixture.concentration, columns).map { $0 + $1.reduce(0, +) }),
      components: columns.map { mixture.prior.posterior(given: observations, weights: $0) })
  }

  /// What q(μ_k, Σ_k) expects, component by component.
  public func expected() throws(GSLError) -> [ExpectedGaussian] {
    var all: [ExpectedGaussian] = []
    for component in globals.components { all.append(try ExpectedGaussian(component)) }
    return all
  }
}

/// e^(a_k) / Σ e^(a_j).
private func softmax(_ logWeights: [Double]) -> [Double] {
  let total = logSumExp(logWeights)
  return logWeights.map { exp($0 - total) }
}
