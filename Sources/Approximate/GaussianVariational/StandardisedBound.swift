import GSL
import Models
import Networks

/// The ELBO of q = N(m, C·Cᵀ) over a latent with the prior N(0, P⁻¹), as a function of m and C.
///
/// ```
/// ELBO = Σ_i E[log p(y_i|η_i)] − ½ (mᵀ·P·m + tr(P·C·Cᵀ)) + log|C| + ½ log|P| + d/2
/// η_i ~ N(b_i + a_i·m, |Cᵀ·a_i|²)
/// ```
/// Where log p(y|η) is concave in η, as here, it is concave in (m, C) together (Challis and Barber 2013).
struct StandardisedBound {
  let model: LatentGaussian
  /// P.
  let precision: Matrix
  /// b and the rows a_i.
  let offset: Vector
  let loadings: Matrix
  /// z = model.mean + scale·(the latent here).
  let scale: Matrix
  /// The entries of C that may differ from zero.
  let entries: [(row: Int, column: Int)]

  /// For a full C the latent is whitened by the prior; for a diagonal one only scaled, which keeps it diagonal.
  init(_ model: LatentGaussian, isDiagonal: Bool) {
    self.model = model
    let n = model.dimension
    offset = model.naturalMeans
    if isDiagonal {
      let whole = model.root.times(model.root.transposed())
      let deviations = (0..<n).map { sqrt(whole[$0, $0]) }
      scale = Matrix(
        (0..<n).map { i in (0..<n).map { i == $0 ? deviations[i] : 0 } })
      precision = scale.times(model.precision).times(scale)
      loadings = model.features.times(scale)
      entries = (0..<n).map { ($0, $0) }
    } else {
      (scale, precision, loadings) = (model.root, Matrix(identity: n), model.loadings)
      entries = (0..<n).flatMap { row in (0...row).map { (row, $0) } }
    }
  }

  /// Mean and variance of η_i under q, with Cᵀ·a_i.
  private func seen(
    _ i: Int, mean: Vector, factor: Matrix
  ) -> (mean: Double, variance: Double, turned: Vector) {
    let turned = factor.transposedTimes(loadings.row(i))
    return (offset[i] + loadings.row(i).dot(mean), turned.dot(turned), turned)
  }

  private func expected(
    _ i: Int, mean: Double, variance: Double
  ) throws(GSLError) -> ExpectedEvents {
    try ExpectedEvents(
      of: model.observations[i], model.law, mean: mean, variance: variance)
  }

  /// The ELBO.
  func value(mean: Vector, factor: Matrix) throws(GSLError) -> Double {
    let n = mean.count
    var sum = CompensatedSum()
    for i in 0..<loadings.rows {
      let eta = seen(i, mean: mean, factor: factor)
      sum.add(try expected(i, mean: eta.mean, variance: eta.variance).value)
    }
    sum.add(-0.5 * mean.dot(precision.times(mean)))
    sum.add(-0.5 * precision.dot(factor.times(factor.transposed())))
    for k in 0..<n { sum.add(log(factor[k, k])) }
    let logPrecision =
      try LinearAlgebra.cholesky(order: n, precision.array).enumerated().reduce(0.0) {
        $1.offset % (n + 1) == 0 ? $0 + log($1.element) : $0
      }
    let value = sum.value + logPrecision + 0.5 * Double(n)
    return value.isNaN ? -.infinity : value
  }

  /// Gradient and negated Hessian in m and the free entries of C.
  func derivatives(
    mean: Vector, factor: Matrix
  ) throws(GSLError) -> (gradient: Vector, curvature: Matrix) {
    let (n, inverse) = (mean.count, (0..<mean.count).map { 1 / factor[$0, $0] })
    let pulled = precision.times(factor)
    var gradient =
      (-precision.times(mean)).array
      + entries.map { -pulled[$0.row, $0.column] + ($0.row == $0.column ? inverse[$0.row] : 0) }
    let count = gradient.count
    var curvature = [[Double]](repeating: Array(repeating: 0, count: count), count: count)
    for j in 0..<n { for k in 0..<n { curvature[j][k] = precision[j, k] } }
    for (p, one) in entries.enumerated() {
      for (q, other) in entries.enumerated() where one.column == other.column {
        curvature[n + p][n + q] = precision[one.row, other.row]
      }
      if one.row == one.column { curvature[n + p][n + p] += inverse[one.row] * inverse[one.row] }
    }
    for i in 0..<loadings.rows {
      let (eta, a) = (seen(i, mean: mean, factor: factor), loadings.row(i))
      let e = try expected(i, mean: eta.mean, variance: eta.variance)
      // How the mean and the variance of η move.
      let ofMean = a.array + entries.map { _ in 0.0 }
      let ofVariance =
        a.array.map { _ in 0.0 } + entries.map { 2 * a[$0.row] * eta.turned[$0.column] }
      for j in 0..<count {
        gradient[j] += e.slope * ofMean[j] + 0.5 * e.bend * ofVariance[j]
        for k in 0..<count {
          curvature[j][k] -=
            e.bend * ofMean[j] * ofMean[k] + 0.25 * e.fourth * ofVariance[j] * ofVariance[k]
            + 0.5 * e.third * (ofMean[j] * ofVariance[k] + ofVariance[j] * ofMean[k])
        }
      }
      for (p, one) in entries.enumerated() {
        for (q, other) in entries.enumerated() where one.column == other.column {
          curvature[n + p][n + q] -= e.bend * a[one.row] * a[other.row]
        }
      }
    }
    return (Vector(gradient), Matrix(curvature))
  }

  /// How far a step moves what the observations see, and the deviations of q, relative to themselves.
  func reach(of step: (mean: Vector, factor: Matrix), from factor: Matrix) -> Double {
    var largest = 0.0
    for k in 0..<factor.rows { largest = max(largest, abs(step.factor[k, k] / factor[k, k])) }
    for i in 0..<loadings.rows {
      let a = loadings.row(i)
      let (before, change) = (factor.transposedTimes(a), step.factor.transposedTimes(a))
      largest = max(largest, abs(a.dot(step.mean)))
      largest = max(largest, abs(2 * before.dot(change) + change.dot(change)))
    }
    return largest
  }
}
