public import GSL
public import Models
import Networks
public import Probability

/// The normal q with the largest ELBO.
///
/// ```
/// P·(m − mean) = Fᵀ·E_q[∂ log p(y|η)]      V⁻¹ = P + Fᵀ·diag(−E_q[∂² log p(y|η)])·F
/// ```
/// The conditions of Laplace's Gaussian, with means under q in the place of values at the mode. References: Opper
/// and Archambeau 2009; Challis and Barber 2013.
public struct BestGaussian: Sendable, Equatable {
  /// q.
  public let q: GaussianFactor
  /// Its ELBO.
  public let elbo: Double
  /// How many of Newton's steps were taken.
  public let steps: Int

  /// By Newton's method in m and C, V = C·Cᵀ; a step that does not climb is halved.
  ///
  /// - Parameters:
  ///   - model: what is approximated.
  ///   - isDiagonal: whether the numbers of z are independent under q.
  /// - Throws: where a curvature leaves what doubles can hold, or an η under q is too wide to be summed over.
  public init(for model: LatentGaussian, isDiagonal: Bool = false) throws(GSLError) {
    let bound = StandardisedBound(model, isDiagonal: isDiagonal)
    let n = model.dimension
    var (mean, factor) = try bound.start()
    var (value, steps, isClose) = (
      try bound.value(mean: mean, factor: factor), 0, false
    )
    while steps < 10_000 {
      let derivatives = try bound.derivatives(mean: mean, factor: factor)
      let step = Vector(
        try LinearAlgebra.choleskySolve(
          order: derivatives.gradient.count, derivatives.curvature.array,
          right: derivatives.gradient.array))
      let gain = step.dot(derivatives.gradient)
      var whole = [[Double]](repeating: Array(repeating: 0, count: n), count: n)
      for (p, entry) in bound.entries.enumerated() { whole[entry.row][entry.column] = step[n + p] }
      let change = (mean: step[0..<n], factor: Matrix(whole))
      // So small a step changes no curvature by much, and rounding would decide whether it climbs.
      var scale = 1.0
      if bound.reach(of: change, from: factor) > 0.1 {
        while scale > 1e-18 {
          let moved = factor + scale * change.factor
          if (0..<n).allSatisfy({ moved[$0, $0] > 0 }) {
            let risen = try bound.value(mean: mean + scale * change.mean, factor: moved)
            if risen >= value + 0.1 * scale * gain { break }
          }
          scale /= 2
        }
      }
      mean += scale * change.mean
      factor += scale * change.factor
      value = try bound.value(mean: mean, factor: factor)
      steps += 1
      if isClose { break }
      isClose = gain < 1e-18
    }
    elbo = value
    self.steps = steps
    let turned = bound.scale.times(factor)
    q = try GaussianFactor(
      mean: model.mean + bound.scale.times(mean),
      covariance: turned.times(turned.transposed()).symmetrised)
  }
}

extension StandardisedBound {
  /// Where the search begins: at Laplace's mode, with a q so narrow that no rate leaves the doubles.
  fileprivate func start() throws(GSLError) -> (mean: Vector, factor: Matrix) {
    let laplace = try LaplaceApproximation(of: model)
    let inverse = Matrix(
      rows: scale.rows, columns: scale.rows,
      try LinearAlgebra.inverse(order: scale.rows, scale.array))
    var rows = [[Double]](
      repeating: Array(repeating: 0, count: scale.rows), count: scale.rows)
    for k in 0..<scale.rows {
      // The variance of one number given all others.
      let turned = scale.transposed().times(laplace.negativeHessian).times(scale)
      rows[k][k] = 1 / sqrt(turned[k, k])
    }
    var factor = Matrix(rows)
    let widest = (0..<loadings.rows).map { i in
      let turned = factor.transposedTimes(loadings.row(i))
      return turned.dot(turned)
    }
    factor = min(1, 1 / sqrt(max(1, widest.max() ?? 1))) * factor
    return (inverse.times(laplace.q.mean - model.mean), factor)
  }
}
