package import GSL
package import Probability

/// A factor that expectation propagation replaces by a member of a family, not normalised.
package protocol TiltingSite: Sendable {
  /// The family of the approximation.
  associatedtype Family: InvertibleFamily
  /// log ∫ q(θ) f(θ) dθ and the mean statistics of q f, for a member q.
  func tilted(_ cavity: Family) throws(GSLError) -> (logNormaliser: Double, means: [Double])
}

/// Expectation propagation: a product of sites, each matched to its factor in the company of the others.
///
/// ```
/// q ∝ prior Π_i exp(λ_i · t)      cavity η − λ_i      q f_i / Z_i has means m_i      λ_i ← η(m_i) − (η − λ_i)
/// log Z ≈ Σ_i [log Z_i + A(η − λ_i) − A(η)] + A(η) − A(η_prior)
/// ```
/// Moments are matched, which minimises KL(tilted‖q) site by site. It has no objective that rises, its
/// evidence is no bound, and a site may ask for a distribution that does not exist.
/// Reference: Minka 2001, "A family of algorithms for approximate Bayesian inference".
package struct ExpectationPropagation<Site: TiltingSite>: Sendable {
  /// The prior.
  package let prior: Site.Family
  /// The factors.
  package let sites: [Site]
  /// λ_i.
  package private(set) var parameters: [[Double]]

  /// Sites that say nothing yet.
  package init(prior: Site.Family, sites: [Site]) throws(GSLError) {
    self.prior = prior
    self.sites = sites
    let size = prior.naturalParameters.count
    parameters = sites.map { _ in [Double](repeating: 0, count: size) }
  }

  // listing: 07 other-ways
  /// q without site i, whose natural parameters are subtracted; refuses what is no distribution.
  package func cavity(_ site: Int) throws(GSLError) -> Site.Family {
    try Site.Family(
      naturalParameters: zip(try eta(), parameters[site]).map { $0 - $1 })
  }

  /// Matches the moments of one site; `damping` 1 takes the whole step.
  package mutating func update(
    _ site: Int, damping: Double = 1
  ) throws(GSLError) {
    let cavity = try cavity(site)
    let means = try sites[site].tilted(cavity).means
    let matched = try Site.Family(meanParameters: means).naturalParameters
    let wanted = zip(matched, cavity.naturalParameters).map { $0 - $1 }
    parameters[site] = zip(parameters[site], wanted).map {
      $0 + damping * ($1 - $0)
    }
  }
  // end of listing

  /// All sites in turn; the largest change of a site's parameters.
  @discardableResult
  package mutating func sweep(damping: Double = 1) throws(GSLError) -> Double {
    let before = parameters
    for site in sites.indices { try update(site, damping: damping) }
    return zip(before.joined(), parameters.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  /// The product of the prior and all sites.
  package func posterior() throws(GSLError) -> Site.Family {
    try Site.Family(naturalParameters: try eta())
  }

  /// The approximate log evidence, a number that bounds nothing; exact normalisers at the present sites.
  package func logEvidence() throws(GSLError) -> BiasedEstimate {
    let q = try posterior().logPartition()
    var sum = CompensatedSum([q, -(try prior.logPartition())])
    for site in sites.indices {
      let cavity = try cavity(site)
      sum.add(try sites[site].tilted(cavity).logNormaliser)
      sum.add(try cavity.logPartition() - q)
    }
    return BiasedEstimate(sum.value)
  }

  /// η of the product.
  private func eta() throws(GSLError) -> [Double] {
    var eta = prior.naturalParameters
    for site in parameters { for (index, part) in site.enumerated() { eta[index] += part } }
    return eta
  }
}

/// One observation of a mixture whose components are known: π l_1 + (1 − π) l_2 as a factor of π.
package struct MixtureWeightSite: TiltingSite, Equatable {
  /// p(x | z = 1).
  package let on: Double
  /// p(x | z = 2).
  package let off: Double

  /// The two likelihoods, not both zero.
  package init(on: Double, off: Double) { (self.on, self.off) = (on, off) }

  /// A mixture of Beta(a + 1, b) and Beta(a, b + 1) with weights a l_1 and b l_2.
  package func tilted(_ q: BetaLaw) throws(GSLError) -> (logNormaliser: Double, means: [Double]) {
    let total = q.on + q.off
    let (first, second) = (q.on / total * on, q.off / total * off)
    let share = first / (first + second)
    let one = try BetaLaw(on: q.on + 1, off: q.off).meanParameters()
    let other = try BetaLaw(on: q.on, off: q.off + 1).meanParameters()
    return (log(first + second), zip(one, other).map { share * $0 + (1 - share) * $1 })
  }
}

/// One observation that is N(θ, variance) or, with probability `clutter`, N(0, noise): a factor of θ.
///
/// Reference: Minka 2001, section 3.2, "the clutter problem".
package struct ClutterSite: TiltingSite, Equatable {
  /// x.
  package let observation: Double
  /// The variance around θ.
  package let variance: Double
  /// The probability that x says nothing of θ.
  package let clutter: Double
  /// The variance of what says nothing.
  package let noise: Double

  /// A site by its observation and the model's numbers.
  package init(observation: Double, variance: Double, clutter: Double, noise: Double) {
    (self.observation, self.variance) = (observation, variance)
    (self.clutter, self.noise) = (clutter, noise)
  }

  /// A mixture of the cavity and its product with N(x; θ, variance).
  package func tilted(_ q: NormalLaw) throws(GSLError) -> (logNormaliser: Double, means: [Double]) {
    let inlier = NormalLaw(mean: q.mean, variance: q.variance + variance)
    let logs = [
      log(1 - clutter) + inlier.logDensity(observation),
      log(clutter) + NormalLaw(mean: 0, variance: noise).logDensity(observation),
    ]
    let total = logSumExp(logs)
    let share = exp(logs[0] - total)
    let gain = q.variance / (q.variance + variance)
    let updated = NormalLaw(
      mean: q.mean + gain * (observation - q.mean), variance: q.variance * (1 - gain))
    return (
      total,
      zip(updated.meanParameters(), q.meanParameters()).map { share * $0 + (1 - share) * $1 }
    )
  }
}
