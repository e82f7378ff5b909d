import GSL
import Models
import Networks

/// log p(y, w) minus its value at a centre, as a function of u with w = centre + root·u.
///
/// ```
/// value(u) = g·u − ½ uᵀ·M·u + Σ_i bend_i(α_i·u)
/// g = rootᵀ·(Aᵀ·(y − E[y]) − centre)      M = rootᵀ·root      α_i = rootᵀ·a_i
/// ```
/// An identity, not an expansion: what is subtracted is exact, so that near the centre nothing large cancels.
struct PeakedField {
  let law: EventLaw
  let dimension: Int
  let centre: Vector
  let root: Matrix
  /// η at the centre.
  let etas: [Double]
  /// g, M and α_i.
  let slope: [Double]
  let square: [[Double]]
  let directions: [[Double]]

  init(_ model: LatentGaussian, centre: Vector, root: Matrix) {
    law = model.law
    dimension = model.dimension
    self.centre = centre
    self.root = root
    let etas = model.naturalMeans + model.loadings.times(centre)
    self.etas = etas.array
    let surprise = model.counts - Vector(etas.array.map(model.law.mean))
    slope = root.transposedTimes(model.loadings.transposedTimes(surprise) - centre).array
    let (squares, turned) = (root.transposed().times(root), model.loadings.times(root))
    square = (0..<squares.rows).map { squares.row($0).array }
    directions = (0..<turned.rows).map { turned.row($0).array }
  }

  /// The value at u.
  func callAsFunction(_ u: [Double]) -> Double {
    var total = 0.0
    for j in 0..<dimension {
      var row = 0.0
      for k in 0..<dimension { row += square[j][k] * u[k] }
      total += u[j] * (slope[j] - 0.5 * row)
    }
    for (i, direction) in directions.enumerated() {
      var d = 0.0
      for k in 0..<dimension { d += direction[k] * u[k] }
      total += law.bend(etas[i], by: d)
    }
    return total
  }

  /// Slope and negated Hessian in the coordinates from `first` on.
  private func derivatives(_ u: [Double], from first: Int) -> (Vector, Matrix) {
    let free = Array(first..<dimension)
    var gradient = free.map { j in
      slope[j] - (0..<dimension).reduce(0) { $0 + square[j][$1] * u[$1] }
    }
    var curvature = free.map { j in free.map { square[j][$0] } }
    for (i, direction) in directions.enumerated() {
      let d = (0..<dimension).reduce(0) { $0 + direction[$1] * u[$1] }
      let (rise, weight) = (law.mean(etas[i] + d) - law.mean(etas[i]), law.variance(etas[i] + d))
      for (p, j) in free.enumerated() {
        gradient[p] -= rise * direction[j]
        for (q, k) in free.enumerated() {
          curvature[p][q] += weight * direction[j] * direction[k]
        }
      }
    }
    return (Vector(gradient), Matrix(curvature))
  }

  /// The negated Hessian at u.
  func curvature(_ u: [Double]) -> Matrix { derivatives(u, from: 0).1 }

  /// The u of the largest value with the coordinates before `first` held fixed, by Newton's steps.
  ///
  /// The value is strictly concave, so a step that is halved until it rises ends at the one maximum.
  func highest(
    from start: [Double], holding first: Int
  ) throws(GSLError) -> (u: [Double], value: Double) {
    guard first < dimension else { return (start, self(start)) }
    var (u, value) = (start, self(start))
    for _ in 0..<5000 {
      let (gradient, curvature) = derivatives(u, from: first)
      let step = try LinearAlgebra.choleskySolve(
        order: dimension - first, curvature.array, right: gradient.array)
      let decrement = zip(step, gradient.array).reduce(0) { $0 + $1.0 * $1.1 }
      var scale = 1.0
      while true {
        var moved = u
        for (p, change) in step.enumerated() { moved[first + p] += scale * change }
        let risen = self(moved)
        // So near the top that rounding decides, the whole step is the best there is.
        if risen >= value + 0.1 * scale * decrement || (decrement < 1e-12 && risen.isFinite) {
          (u, value) = (moved, risen)
          break
        }
        scale /= 2
        if scale < 1e-18 { return (u, value) }
      }
      if decrement < 1e-22 { break }
    }
    return (u, value)
  }
}

extension PeakedField {
  /// The field around the peak, in coordinates in which the peak has unit curvature.
  static func standardised(_ model: LatentGaussian) throws(GSLError) -> PeakedField {
    let n = model.dimension
    var field = PeakedField(model, centre: try start(of: model), root: Matrix(identity: n))
    for _ in 0..<3 {
      let top = try field.highest(
        from: [Double](repeating: 0, count: n), holding: 0)
      field = PeakedField(
        model, centre: field.centre + Vector(top.u), root: Matrix(identity: n))
    }
    let curvature = field.curvature([Double](repeating: 0, count: n))
    let factor = try LinearAlgebra.cholesky(order: n, curvature.array)
    let inverse = try LinearAlgebra.lowerSolve(
      order: n, factor, right: Matrix(identity: n).array, rightColumns: n)
    return PeakedField(
      model, centre: field.centre,
      root: Matrix(rows: n, columns: n, inverse).transposed())
  }

  /// For counts the least squares of η against log(y + ½), each as reliable as it is large.
  private static func start(of model: LatentGaussian) throws(GSLError) -> Vector {
    guard model.law == .poisson else { return Vector(zeros: model.dimension) }
    let weights = model.counts + 0.5
    let targets = weights * (log(weights) - model.naturalMeans)
    let weighed = (0..<model.loadings.rows).map { weights[$0] * model.loadings.row($0) }
    let normal =
      Matrix(identity: model.dimension)
      + model.loadings.transposed().times(Matrix(weighed.map(\.array)))
    return Vector(
      try LinearAlgebra.choleskySolve(
        order: model.dimension, normal.array,
        right: model.loadings.transposedTimes(targets).array))
  }
}
