import GSL
import Kernels
package import Models
package import Probability

/// A bootstrap filter of counts, in memory: ``ParticleFilter`` with systematic resampling and no allocation a step.
///
/// ```
/// log Ẑ = Σ_t log (1/N) Σ_n p(y_t | x_tn),   x_0n = √v₀ ε_0n,   x_tn = a x_(t−1) + √v ε_tn from the ancestor
/// ```
package struct CountFilter: Sendable {
  /// What a run asks for, in this order: noise for all, and at every step a share and noise for all.
  package protocol Source: ~Copyable {
    /// As many draws from N(0, 1) as there is room.
    mutating func standardNormals(into noise: inout [Double])
    /// Where between two places the first descendant falls: uniform on (0, 1).
    mutating func share() -> Double
  }

  /// The model.
  package let model: AutoregressiveCounts
  /// y_t.
  package let observations: [Int]
  /// N.
  package let particles: Int
  /// Σ_t log y_t!, which no particle changes.
  private let logFactorials: Double

  /// A filter of so many particles; refused without any, or where a count is negative.
  package init(_ model: AutoregressiveCounts, _ observations: [Int], particles: Int) throws {
    guard particles > 0 else {
      throw ModelError("particles", "expected at least one, found \(particles)")
    }
    var sum = 0.0
    for count in observations { sum += try SpecialFunctions.logFactorial(count).value }
    (self.model, self.observations, self.particles) = (model, observations, particles)
    logFactorials = sum
  }

  /// log Ẑ of one run; −∞ where no particle can explain a count.
  package func logEvidence<Noise: Source & ~Copyable>(_ source: inout Noise) -> Double {
    var noise = [Double](repeating: 0, count: particles)
    source.standardNormals(into: &noise)
    let start = model.initialVariance.squareRoot()
    let places = noise.map { start * $0 }
    let deviation = model.noiseVariance.squareRoot()
    guard
      var cloud = ParticleCloud(
        places: places, offset: model.offset, decay: model.decay, deviation: deviation)
    else { return -.infinity }
    var logEvidence = -logFactorials
    for count in observations {
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
