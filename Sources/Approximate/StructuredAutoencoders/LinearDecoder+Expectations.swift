import GSL
package import Models
package import Networks
package import Probability

extension LinearDecoder {
  /// E_q[log p(y | x)] = −½ Σ_d [log 2πv_d + E(y_d − b_d − w_d·x)² / v_d].
  package func expectedLogLikelihood(of y: Vector, under q: GaussianFactor) -> Double {
    -0.5 * (squaredMisfits(of: y, under: q) / variances + log(2 * Double.pi * variances)).sum()
  }

  /// E(y_d − b_d − w_d·x)² = (y_d − b_d − w_d·m)² + w_dᵀ·Σ·w_d.
  func squaredMisfits(of y: Vector, under q: GaussianFactor) -> Vector {
    let misfit = y - bias - weights.times(q.mean)
    let spread = (weights.times(q.covariance) * weights).rowSums()
    return misfit * misfit + spread
  }

  /// The gradient of Σ_n E_q[log p(y_n | x_n)] by weights, bias and the variances' logarithms.
  ///
  /// ```
  /// ∂/∂w_d = E[(y_d − b_d − w_d·x) x]/v_d     ∂/∂b_d = E[y_d − b_d − w_d·x]/v_d     ∂/∂log v_d = ½ (E[…²]/v_d − 1)
  /// ```
  package func expectedGradient(
    of observations: [Vector], under states: [GaussianFactor]
  ) -> (weights: Matrix, bias: Vector, logVariances: Vector) {
    var gradient = (
      weights: Matrix(zeros: outputCount, latentCount), bias: Vector(zeros: outputCount),
      logVariances: Vector(zeros: outputCount)
    )
    for (y, q) in zip(observations, states) {
      let pull = (y - bias - weights.times(q.mean)) * precisions
      let spread = Matrix(diagonal: precisions).times(weights.times(q.covariance))
      gradient.weights += outer(pull, q.mean) - spread
      gradient.bias += pull
      gradient.logVariances += 0.5 * (squaredMisfits(of: y, under: q) * precisions - 1)
    }
    return gradient
  }
}
