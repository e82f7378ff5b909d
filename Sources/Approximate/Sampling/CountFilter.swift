import GSL
import Kernels
package import Models
package import Probability

/// A bootstrap filter of a chain of counts, in memory: ``ParticleFilter`` with systematic resampling and no allocation
/// a step.
///
/// ```
/// log Ẑ = Σ_t log (1/N) Σ_n p(y_t | z_tn),   z_0n = μ₀ + √v₀ ε_0n,   z_tn = a z_(t−1) + √v ε_tn from the ancestor
/// ```
package struct CountFilter: Sendable {
  /// What a run asks for, in this order: noise for all, and at every step a share and noise for all.
  package protocol Source: ~Copyable {
    /// As many draws from N(0, 1) as there is room.
    mutating func standardNormals(into noise: inout [Double])
    /// Where between two places the first descendant falls: uniform on (0, 1).
    mutating func share() -> Double
  }

  /// The chain, with what was counted.
  package let chain: PoissonChain
  /// N.
  package let particles: Int
  /// Σ_t log y_t!, which no particle changes.
  private let logFactorials: Double

  /// A filter of so many particles; refused without any.
  package init(_ chain: PoissonChain, particles: Int) throws {
    guard particles > 0 else {
      throw ModelError("particles", "expected at least one, found \(particles)")
    }
    var sum = 0.0
    for count in chain.counts { sum += try SpecialFunctions.logFactorial(count).value }
    (self.chain, self.particles, logFactorials) = (chain, particles, sum)
  }

  /// log Ẑ of one run; −∞ where no particle can explain a count.
  package func logEvidence<Noise: Source & ~Copyable>(_ source: inout Noise) -> Double {
    var noise = [Double](repeating: 0, count: particles)
    source.standardNormals(into: &noise)
    let start = chain.initialVariance.squareRoot()
    guard
      var cloud = ParticleCloud(
        places: noise.map { chain.initialMean + start * $0 }, offset: chain.offset,
        decay: chain.dynamics, deviation: chain.noise.squareRoot())
    else { return -.infinity }
    var logEvidence = -logFactorials
    for count in chain.counts {
      let share = source.share()
      source.standardNormals(into: &noise)
      logEvidence += cloud.step(seeing: Double(count), share: share, noise: noise) ?? -.infinity
      guard logEvidence > -.infinity else { break }
    }
    return logEvidence
  }
}

extension Sampler: CountFilter.Source {
  package mutating func share() -> Double { uniform() }
}
