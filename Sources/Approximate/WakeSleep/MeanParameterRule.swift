import GSL

/// The sleep rule of a recognition model in an exponential family, whose network gives the mean
/// parameters f = E_q[s(z)].
///
/// ```
/// ∇_φ log q(z) = (∂f/∂φ)ᵀ Cov_q(s)⁻¹ (s(z) − f)
/// ```
/// log q = η·s − A(η) has the slope s − f by η, and ∂f/∂η = Cov_q(s), so that ∂η/∂f is its inverse.
/// One lecture leaves the inverse out (erratum E-038), which is right where it is the identity.
/// Reference: Wainwright and Jordan 2008, "Graphical models, exponential families, and variational
/// inference", section 3.
package struct MeanParameterRule: Sendable {
  /// f, the mean parameters.
  package let mean: [Double]
  /// Cov_q(s), a row a statistic.
  package let covariance: [[Double]]
  /// ∂f/∂φ, a row a statistic and a column a parameter.
  package let jacobian: [[Double]]

  /// A rule from its parts.
  package init(mean: [Double], covariance: [[Double]], jacobian: [[Double]]) {
    self.mean = mean
    self.covariance = covariance
    self.jacobian = jacobian
  }

  // listing: 05 exponential-family
  /// Δφ for the statistics s(z) of a dream, or for their mean over dreams.
  package func step(_ statistics: [Double]) throws -> [Double] {
    let errors = zip(statistics, mean).map { $0 - $1 }
    let slopes = try LinearAlgebra.solve(
      order: errors.count, Array(covariance.joined()), right: errors)
    return pulledBack(slopes)
  }
  // end of listing

  /// (∂f/∂φ)ᵀ v.
  package func pulledBack(_ slopes: [Double]) -> [Double] {
    (jacobian.first ?? []).indices.map { j in
      zip(jacobian, slopes).reduce(0) { $0 + $1.0[j] * $1.1 }
    }
  }
}
