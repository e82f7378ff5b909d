public import GSL

/// N(m, Σ) in its natural coordinates.
///
/// ```
/// η = (Σ⁻¹m, −½ Σ⁻¹)      t(x) = (x, x xᵀ)      A = ½ mᵀΣ⁻¹m + ½ log |Σ| + (d/2) log 2π
/// E[t] = (m, Σ + m mᵀ)
/// ```
/// The matrices are written row by row, d + d² numbers in all.
extension Gaussian: InvertibleFamily {
  /// A vector.
  public typealias Point = [Double]

  /// N(P⁻¹h, P⁻¹) for η = (h, −½ P).
  public init(naturalParameters: [Double]) throws(GSLError) {
    let (h, square) = try Self.parts(naturalParameters)
    let covariance = try LinearAlgebra.inverse(order: h.count, square.map { -2 * $0 })
    try self.init(
      mean: try LinearAlgebra.product(
        rows: h.count, inner: h.count, columns: 1, covariance, h),
      covariance: covariance)
  }

  /// N(m, S − m mᵀ) for E[t] = (m, S).
  public init(meanParameters: [Double]) throws(GSLError) {
    let (mean, second) = try Self.parts(meanParameters)
    let products = table(mean.count) { mean[$0] * mean[$1] }
    try self.init(mean: mean, covariance: zip(second, products).map { $0 - $1 })
  }

  /// (Σ⁻¹m, −½ Σ⁻¹); NaN where the inverse leaves the doubles.
  public var naturalParameters: [Double] {
    let precision = inverseOrNaN(order: dimension, covariance)
    let shift = (0..<dimension).map { i in
      (0..<dimension).reduce(0) { $0 + precision[i * dimension + $1] * mean[$1] }
    }
    return shift + precision.map { -0.5 * $0 }
  }

  /// ½ mᵀΣ⁻¹m + ½ log |Σ| + (d/2) log 2π.
  public func logPartition() throws(GSLError) -> Double {
    let origin = [Double](repeating: 0, count: dimension)
    return 0.5
      * (try squaredDistance(from: origin) + (try logDeterminant())
        + Double(dimension) * log(2 * Double.pi))
  }

  /// (m, Σ + m mᵀ).
  public func meanParameters() -> [Double] {
    mean + table(dimension) { covariance[$0 * dimension + $1] + mean[$0] * mean[$1] }
  }

  /// (x, x xᵀ).
  public static func statistics(of x: [Double]) -> [Double] {
    x + table(x.count) { x[$0] * x[$1] }
  }

  /// Cov[t(x)], by Isserlis' theorem.
  ///
  /// ```
  /// Cov(x_i, x_j)         = Σ_ij
  /// Cov(x_i, x_k x_l)     = Σ_ik m_l + Σ_il m_k
  /// Cov(x_i x_j, x_k x_l) = Σ_ik Σ_jl + Σ_il Σ_jk + m_i m_k Σ_jl + m_i m_l Σ_jk + m_j m_k Σ_il + m_j m_l Σ_ik
  /// ```
  public func statisticsCovariance() -> [Double] {
    let (d, m) = (dimension, mean)
    func s(_ i: Int, _ j: Int) -> Double { covariance[i * d + j] }
    return table(d + d * d) { row, column in
      if row < d, column < d { return s(row, column) }
      if row >= d, column >= d {
        let (i, j) = ((row - d) / d, (row - d) % d)
        let (k, l) = ((column - d) / d, (column - d) % d)
        return s(i, k) * s(j, l) + s(i, l) * s(j, k) + m[i] * m[k] * s(j, l)
          + m[i] * m[l] * s(j, k) + m[j] * m[k] * s(i, l) + m[j] * m[l] * s(i, k)
      }
      let (i, pair) = (min(row, column), max(row, column) - d)
      return s(i, pair / d) * m[pair % d] + s(i, pair % d) * m[pair / d]
    }
  }

  private static func parts(_ numbers: [Double]) throws(GSLError) -> ([Double], [Double]) {
    let count = numbers.count
    guard let d = (1...max(1, count)).first(where: { $0 * ($0 + 1) == count }) else {
      throw GSLError("Gaussian", .badArgument("expected d + d² parameters, found \(count)"))
    }
    return (Array(numbers[..<d]), symmetrised(order: d, Array(numbers[d...])))
  }
}
