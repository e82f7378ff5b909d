public import GSL

/// A likelihood that is log-linear in the statistics of a prior, so that inference is addition.
///
/// ```
/// p(θ)   = exp(η · T(θ) − A(η))              p(x | θ) = h(x) exp(t(x) · T(θ))
/// p(θ|x) = exp((η + Σ t(x)) · T(θ) − A(η + Σ t(x)))
/// log p(x) = A(η + Σ t(x)) − A(η) + Σ log h(x)
/// ```
/// t(x) is in the prior's coordinates: what one observation adds to η, the count that belongs to −A of the
/// likelihood included. References: Diaconis and Ylvisaker 1979; Wainwright and Jordan 2008, section 3.
///
/// *Limits.* Natural parameters are sums of squares: data whose mean is far beside their spread lose the
/// digits of the spread.
public protocol ConjugatePair: Sendable {
  /// The prior of θ.
  associatedtype Prior: ConjugatePrior
  /// What is observed.
  associatedtype Observation
  /// t(x), what an observation adds to the natural parameters.
  func statistics(of observation: Observation) -> [Double]
  /// log h(x), what does not depend on θ.
  func logBase(of observation: Observation) throws(GSLError) -> Double
}

extension ConjugatePair {
  /// The posterior: statistics are added to natural parameters.
  ///
  /// - Parameters:
  ///   - prior: what is known of θ before.
  ///   - observations: independent given θ.
  ///   - weight: how often each of them counts; a batch of B out of N stands for N with weight N/B.
  /// - Returns: the law with parameters η + Σ weight · t(x).
  /// - Throws: where these are natural parameters of no law.
  public func posterior(
    _ prior: Prior, given observations: [Observation], weight: Double = 1
  ) throws(GSLError) -> Prior {
    // listing: 07 conjugacy
    var parameters = prior.naturalParameters
    for observation in observations {
      for (index, statistic) in statistics(of: observation).enumerated() {
        parameters[index] += weight * statistic
      }
    }
    return try Prior(naturalParameters: parameters)
    // end of listing
  }

  /// log p(x_1 … x_N), θ integrated out: a difference of log-partitions.
  public func logEvidence(
    of observations: [Observation], under prior: Prior
  ) throws(GSLError) -> Double {
    let posterior = try posterior(prior, given: observations)
    var sum = CompensatedSum([try posterior.logPartition(), -(try prior.logPartition())])
    for observation in observations { sum.add(try logBase(of: observation)) }
    return sum.value
  }

  /// log p(x | θ) = t(x) · T(θ) + log h(x).
  public func logLikelihood(
    of observation: Observation, at point: Prior.Point
  ) throws(GSLError) -> Double {
    dot(statistics(of: observation), try Prior.statistics(of: point))
      + (try logBase(of: observation))
  }

  /// E_q[log p(x | θ)] = t(x) · E_q[T(θ)] + log h(x), what coordinate ascent needs of q(θ).
  public func expectedLogLikelihood(
    of observation: Observation, under q: Prior
  ) throws(GSLError) -> Double {
    dot(statistics(of: observation), try q.meanParameters()) + (try logBase(of: observation))
  }
}
