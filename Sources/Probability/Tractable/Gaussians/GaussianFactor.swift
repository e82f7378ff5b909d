public import GSL
public import Networks

/// A factor q(x) = N(mean, covariance) of an approximation, with what it answers to a change of its potential.
public struct GaussianFactor: Sendable, Equatable {
  /// E[x].
  public let mean: Vector
  /// Cov[x].
  public let covariance: Matrix
  /// log |covariance|.
  public let logDeterminant: Double

  /// The density proportional to e^ψ: covariance J⁻¹, mean J⁻¹·h.
  public init(_ potential: QuadraticPotential) throws(GSLError) {
    let d = potential.dimension
    if d == 1, potential.precision[0, 0] > 0 {
      let variance = 1 / potential.precision[0, 0]
      (mean, covariance) = (variance * potential.linear, Matrix([[variance]]))
      logDeterminant = log(variance)
      return
    }
    let factor = try LinearAlgebra.cholesky(order: d, potential.precision.array)
    covariance =
      Matrix(
        rows: d, columns: d, try LinearAlgebra.inverse(order: d, potential.precision.array)
      ).symmetrised
    mean = covariance.times(potential.linear)
    logDeterminant = -2 * (0..<d).reduce(0) { $0 + log(factor[$1 * d + $1]) }
  }

  /// N(mean, covariance).
  public init(mean: Vector, covariance: Matrix) throws(GSLError) {
    self.mean = mean
    self.covariance = covariance
    let factor = try LinearAlgebra.cholesky(order: mean.count, covariance.array)
    logDeterminant = 2 * mean.indices.reduce(0) { $0 + log(factor[$1 * mean.count + $1]) }
  }

  /// N(mean, variance) on the line.
  public init(mean: Double, variance: Double) throws(GSLError) {
    try self.init(mean: Vector([mean]), covariance: Matrix([[variance]]))
  }

  /// d.
  public var dimension: Int { mean.count }
  /// E[x·xᵀ].
  public var secondMoment: Matrix { covariance + outer(mean, mean) }
  /// ½ log |2πe·covariance|.
  public var entropy: Double {
    0.5 * (logDeterminant + Double(dimension) * (1 + log(2 * Double.pi)))
  }

  /// E[ψ(x)] = hᵀ·E[x] − ½ tr(J·E[x·xᵀ]).
  public func mean(of potential: QuadraticPotential) -> Double {
    potential.linear.dot(mean) - 0.5 * potential.precision.dot(secondMoment)
  }

  /// How the moments move when the potential does.
  ///
  /// ```
  /// d(J⁻¹) = −J⁻¹·dJ·J⁻¹     d(J⁻¹·h) = J⁻¹·(dh − dJ·mean)
  /// ```
  public func response(to tilt: QuadraticPotential) -> MomentResponse {
    let shift = covariance.times(tilt.linear - tilt.precision.times(mean))
    let spread = -covariance.times(tilt.precision.times(covariance))
    return MomentResponse(
      mean: shift, secondMoment: spread + outer(shift, mean) + outer(mean, shift))
  }
}

/// The rates at which E[x] and E[x·xᵀ] move.
public struct MomentResponse: Sendable, Equatable {
  /// dE[x].
  public let mean: Vector
  /// dE[x·xᵀ].
  public let secondMoment: Matrix

  /// The rates of both moments.
  public init(mean: Vector, secondMoment: Matrix) {
    self.mean = mean
    self.secondMoment = secondMoment
  }

  /// dE[ψ(x)] of a potential that is held fixed.
  public func mean(of potential: QuadraticPotential) -> Double {
    potential.linear.dot(mean) - 0.5 * potential.precision.dot(secondMoment)
  }
}

extension Matrix {
  /// ½ (A + Aᵀ).
  package var symmetrised: Matrix { 0.5 * (self + transposed()) }
}
