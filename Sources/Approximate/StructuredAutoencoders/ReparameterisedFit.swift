package import GSL
package import Models
package import Networks
package import Probability

/// E_q[log p(y | x)] for one observation and q(x) = N(m, Σ): one draw of it, with its slopes in m and Σ.
///
/// ```
/// x = m + L·ε,   Σ = L·Lᵀ,   g = ∇_x log p(y | x)
/// ∂/∂m E_q[log p] = E_ε[g]          ∂/∂Σ E_q[log p] = ½ E_ε[sym(g·(x − m)ᵀ·Σ⁻¹)]
/// ```
/// The second is Price's theorem, ½ E[∇²log p], integrated by parts, so that no second derivative is needed.
/// References: Kingma and Welling 2014; Opper and Archambeau 2009.
package struct ReparameterisedFit: Sendable, Equatable {
  /// x.
  package let state: Vector
  /// log p(y | x).
  package let value: Double
  /// The slope in m.
  package let meanSlope: Vector
  /// The slope in Σ.
  package let covarianceSlope: Matrix

  /// A draw with noise ε.
  package init(
    of y: Vector, by decoder: some SlopedObservation, under q: GaussianFactor, noise: Vector
  ) throws(GSLError) {
    let d = q.dimension
    let root = Matrix(
      rows: d, columns: d, try LinearAlgebra.cholesky(order: d, q.covariance.array))
    // listing: 08 reparameterised
    state = q.mean + root.times(noise)
    value = decoder.logDensity(of: y, at: state)
    meanSlope = decoder.slope(of: y, at: state)
    // (x − m)ᵀ·Σ⁻¹ = εᵀ·L⁻¹
    let pull = Networks.solve(root.transposed(), noise)
    covarianceSlope = 0.5 * outer(meanSlope, pull).symmetrised
    // end of listing
  }

  /// A draw.
  package init<Choices: RandomChoices>(
    of y: Vector, by decoder: some SlopedObservation, under q: GaussianFactor,
    _ choices: inout Choices
  ) throws {
    var noise: [Double] = []
    for _ in 0..<q.dimension { noise.append(try choices.standardNormal()) }
    try self.init(of: y, by: decoder, under: q, noise: Vector(noise))
  }

  /// The potential that the decoder asks for: the one of which E_q has these slopes.
  ///
  /// ```
  /// E_q[ψ] = hᵀ·m − ½ tr(J·(Σ + m·mᵀ)):     J = −2 ∂/∂Σ,     h = ∂/∂m + J·m
  /// ```
  package func asked(under q: GaussianFactor) -> QuadraticPotential {
    let precision = -2 * covarianceSlope
    return QuadraticPotential(
      linear: meanSlope + precision.times(q.mean), precision: precision)
  }
}
