import GSL
public import Probability

/// A Poisson linear dynamical system of one number, with the counts that were seen.
///
/// ```
/// z_0 ~ N(initialMean, initialVariance)     z_t = dynamics z_(t−1) + N(0, noise)     y_t ~ Poisson(e^(z_t + offset))
/// ```
/// References: Smith and Brown 2003; Macke and others 2011.
public struct PoissonChain: Sendable, Equatable {
  /// E[z_0].
  public let initialMean: Double
  /// Var[z_0].
  public let initialVariance: Double
  /// What a state is multiplied by at every step.
  public let dynamics: Double
  /// The variance of what is added at every step.
  public let noise: Double
  /// The log-rate at z = 0.
  public let offset: Double
  /// y_t.
  public let counts: [Int]

  /// A chain with at least one count, and variances above zero.
  public init(
    initialMean: Double, initialVariance: Double, dynamics: Double, noise: Double, offset: Double,
    counts: [Int]
  ) throws(ModelError) {
    try Validate.finite("initialMean, dynamics, offset", [initialMean, dynamics, offset])
    for (place, value) in [("initialVariance", initialVariance), ("noise", noise)] {
      guard value > 0, value.isFinite else {
        throw ModelError(place, "expected a positive variance, found \(value)")
      }
    }
    try Validate.notEmpty("counts", counts.count)
    for (t, count) in counts.enumerated() where count < 0 {
      throw ModelError("counts[\(t)]", "expected a number of at least 0, found \(count)")
    }
    self.initialMean = initialMean
    self.initialVariance = initialVariance
    self.dynamics = dynamics
    self.noise = noise
    self.offset = offset
    self.counts = counts
  }

  /// T, the number of steps.
  public var length: Int { counts.count }

  /// The same chain as a latent of up to three numbers, each seen once.
  public func latentGaussian() throws(ModelError) -> LatentGaussian {
    try LatentGaussian(
      steps: length, initialMean: initialMean, initialVariance: initialVariance,
      dynamics: dynamics, noise: noise,
      features: counts.indices.map { t in counts.indices.map { $0 == t ? 1 : 0 } },
      offset: counts.map { _ in offset }, law: .poisson, observations: counts)
  }

  /// The states with a quadratic potential of each in the place of its count.
  ///
  /// - Parameter potentials: h and J ≥ 0 of h z − ½ J z², a pair for each step; h = 0 where J = 0.
  /// - Returns: the chain, nil where a potential says something of a state and is flat.
  public func chain(
    potentials: [(linear: Double, precision: Double)]
  ) -> GaussianChain? {
    let evidence = potentials.compactMap {
      StateEvidence(shift: [$0.linear], precision: [[$0.precision]])
    }
    guard evidence.count == potentials.count else { return nil }
    return GaussianChain(
      initial: StateBelief(mean: [initialMean], covariance: [[initialVariance]]),
      steps: Array(
        repeating: StateStep(dynamics: [[dynamics]], noise: [[noise]]),
        count: max(0, potentials.count - 1)),
      potentials: evidence)
  }

  /// log p(y_t|z_t).
  public func logLikelihood(at step: Int, _ z: Double) -> Double {
    EventLaw.poisson.logProbability(of: counts[step], z + offset)
  }

  /// log p(z_0 … z_(T−1)).
  public func logPrior(_ states: [Double]) -> Double {
    var sum = CompensatedSum()
    for (t, z) in states.enumerated() {
      let (mean, variance) =
        t == 0 ? (initialMean, initialVariance) : (dynamics * states[t - 1], noise)
      sum.add(-0.5 * (log(2 * Double.pi * variance) + (z - mean) * (z - mean) / variance))
    }
    return sum.value
  }

  /// log p(y, z).
  public func logJoint(_ states: [Double]) -> Double {
    CompensatedSum([logPrior(states)] + states.indices.map { logLikelihood(at: $0, states[$0]) })
      .value
  }
}
