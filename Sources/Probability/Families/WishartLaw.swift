public import GSL

/// Wishart(ν, V), density ∝ |X|^(ν − d − 1)/2 exp(−½ trace(V⁻¹X)) over positive definite matrices.
///
/// ```
/// η = (−½ V⁻¹, (ν − d − 1)/2)     t(X) = (X, log |X|)     A = (ν/2) log |V| + (νd/2) log 2 + log Γ_d(ν/2)
/// E[X] = ν V,    E[log |X|] = Σ_{j<d} ψ((ν − j)/2) + d log 2 + log |V|
/// ```
/// Matrices are given row by row. Reference: Bishop 2006, appendix B.
public struct WishartLaw: InvertibleFamily, Equatable {
  /// A positive definite matrix, row by row.
  public typealias Point = [Double]
  /// ν, above d − 1.
  public let dof: Double
  /// V, row by row.
  public let scale: [Double]
  /// d.
  public let dimension: Int

  /// A law by ν > d − 1 and a positive definite V.
  public init(dof: Double, scale: [Double], dimension d: Int) throws(GSLError) {
    try requirePositive("WishartLaw", [dof - Double(d - 1)])
    _ = try LinearAlgebra.cholesky(order: d, scale)
    (self.dof, self.scale, dimension) = (dof, scale, d)
  }

  /// The law with η = (−½ V⁻¹, (ν − d − 1)/2).
  public init(naturalParameters: [Double]) throws(GSLError) {
    let (d, matrix, last) = try Self.parts(naturalParameters)
    try self.init(
      dof: 2 * last + Double(d + 1),
      scale: try LinearAlgebra.inverse(order: d, matrix.map { -2 * $0 }), dimension: d)
  }

  /// The law with E[t] = (M, l): V = M/ν, and ν from the gap l − log |M|.
  public init(meanParameters: [Double]) throws(GSLError) {
    let (d, mean, last) = try Self.parts(meanParameters)
    let size = try LinearAlgebra.logDeterminant(order: d, mean).logMagnitude
    let dof = try MeanMap.wishartDegrees(dimension: d, gap: last - size)
    try self.init(dof: dof, scale: mean.map { $0 / dof }, dimension: d)
  }

  /// (−½ V⁻¹, (ν − d − 1)/2); NaN where the inverse leaves the doubles.
  public var naturalParameters: [Double] {
    inverseOrNaN(order: dimension, scale).map { -0.5 * $0 } + [(dof - Double(dimension + 1)) / 2]
  }

  /// (ν/2) log |V| + (νd/2) log 2 + log Γ_d(ν/2).
  public func logPartition() throws(GSLError) -> Double {
    0.5 * dof * (try logDeterminant() + Double(dimension) * log(2))
      + (try SpecialFunctions.logMultivariateGamma(dimension: dimension, dof / 2).value)
  }

  /// (ν V, Σ_{j<d} ψ((ν − j)/2) + d log 2 + log |V|).
  public func meanParameters() throws(GSLError) -> [Double] {
    scale.map { dof * $0 } + [try logDeterminant() + expectedLogChiSquares(dof, dimension)]
  }

  /// (X, log |X|), the point row by row.
  public static func statistics(of x: [Double]) throws(GSLError) -> [Double] {
    let d = Int(Double(x.count).squareRoot())
    return x + [try LinearAlgebra.logDeterminant(order: d, x).logMagnitude]
  }

  /// Cov[t(X)].
  ///
  /// ```
  /// Cov(X_ij, X_kl) = ν (V_ik V_jl + V_il V_jk)     Cov(X_ij, log |X|) = 2 V_ij
  /// Var(log |X|)    = Σ_{j<d} ψ′((ν − j)/2)
  /// ```
  public func statisticsCovariance() throws(GSLError) -> [Double] {
    let (d, last) = (dimension, dimension * dimension)
    let spread = try varianceOfLogDeterminant(dof, d)
    func v(_ i: Int, _ j: Int) -> Double { scale[i * d + j] }
    return table(last + 1) { row, column in
      if row == last, column == last { return spread }
      if row == last || column == last { return 2 * scale[min(row, column)] }
      let (i, j, k, l) = (row / d, row % d, column / d, column % d)
      return dof * (v(i, k) * v(j, l) + v(i, l) * v(j, k))
    }
  }

  private func logDeterminant() throws(GSLError) -> Double {
    try LinearAlgebra.logDeterminant(order: dimension, scale).logMagnitude
  }

  private static func parts(_ numbers: [Double]) throws(GSLError) -> (Int, [Double], Double) {
    let count = numbers.count
    guard let last = numbers.last,
      let d = (1...max(1, count)).first(where: { $0 * $0 + 1 == count })
    else {
      throw GSLError("WishartLaw", .badArgument("expected d² + 1 parameters, found \(count)"))
    }
    return (d, symmetrised(order: d, Array(numbers.dropLast())), last)
  }
}

/// The inverse of a matrix that is known to be positive definite; NaN where it leaves the doubles.
func inverseOrNaN(order d: Int, _ entries: [Double]) -> [Double] {
  (try? LinearAlgebra.inverse(order: d, entries)) ?? entries.map { _ in .nan }
}

/// Σ_{j<d} ψ((ν − j)/2) + d log 2, the expected logarithms of d χ² variables.
func expectedLogChiSquares(_ dof: Double, _ d: Int) throws(GSLError) -> Double {
  var sum = Double(d) * log(2)
  for j in 0..<d { sum += try SpecialFunctions.digamma((dof - Double(j)) / 2).value }
  return sum
}

/// Σ_{j<d} ψ′((ν − j)/2).
func varianceOfLogDeterminant(_ dof: Double, _ d: Int) throws(GSLError) -> Double {
  var sum = 0.0
  for j in 0..<d { sum += try SpecialFunctions.trigamma((dof - Double(j)) / 2).value }
  return sum
}
