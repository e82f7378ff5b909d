internal import CKernels

/// Particles in memory that see one count after another, allocating nothing.
///
/// ```
/// log w_n = y (x_n + b) − e^(x_n + b) − log y!,   parents at even distances in the sums of w,   x_n ← a parent_n + s ε_n
/// ```
public struct ParticleCloud: Sendable {
  /// N.
  public let count: Int
  /// b, a and s.
  public let (offset, decay, deviation): (Double, Double, Double)
  private var places: [Double]
  private var weights: [Double]
  private var parents: [Double]
  // The kernel writes whole vectors, beginning anywhere.
  private static let room = 8

  /// Particles at the places where they are before the first count; nil without any.
  public init?(places: [Double], offset: Double, decay: Double, deviation: Double) {
    guard !places.isEmpty else { return nil }
    count = places.count
    (self.offset, self.decay, self.deviation) = (offset, decay, deviation)
    self.places = places + Array(repeating: 0, count: Self.room)
    weights = Array(repeating: 0, count: count + Self.room)
    parents = weights
  }

  /// Where the particles are.
  public var now: [Double] { Array(places[..<count]) }

  /// Sees y, then moves every place's parent by its noise: log of the mean of e^(y (x + b) − e^(x + b)).
  ///
  /// −∞, and nobody moves, where that is zero; nil where the noise is not one number for each particle.
  public mutating func step(seeing y: Double, share: Double, noise: [Double]) -> Double? {
    guard noise.count == count else { return nil }
    return unsafe kernel_particles_poisson(
      count, y, offset, decay, deviation, share, noise, &places, &weights, &parents)
  }
}
