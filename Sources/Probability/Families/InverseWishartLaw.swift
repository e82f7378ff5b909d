public import GSL

/// Inverse Wishart(ν, Λ), density ∝ |Σ|^−(ν + d + 1)/2 exp(−½ trace(Λ Σ⁻¹)): Σ⁻¹ is Wishart(ν, Λ⁻¹).
///
/// ```
/// η = (Λ, ν + d + 1)     t(Σ) = (−½ Σ⁻¹, −½ log |Σ|)     A = (νd/2) log 2 − (ν/2) log |Λ| + log Γ_d(ν/2)
/// ```
/// These are the coordinates of ``NormalInverseWishart`` without its mean. Matrices are given row by row.
public struct InverseWishartLaw: InvertibleFamily, Equatable {
  /// A positive definite matrix, row by row.
  public typealias Point = [Double]
  /// ν, above d − 1.
  public let dof: Double
  /// Λ, row by row.
  public let scale: [Double]
  /// d.
  public let dimension: Int

  /// A law by ν > d − 1 and a positive definite Λ.
  public init(dof: Double, scale: [Double], dimension d: Int) throws(GSLError) {
    try requirePositive("InverseWishartLaw", [dof - Double(d - 1)])
    _ = try LinearAlgebra.cholesky(order: d, scale)
    (self.dof, self.scale, dimension) = (dof, scale, d)
  }

  /// The law with η = (Λ, ν + d + 1).
  public init(naturalParameters: [Double]) throws(GSLError) {
    let (d, matrix, last) = try Self.parts(naturalParameters)
    try self.init(dof: last - Double(d + 1), scale: matrix, dimension: d)
  }

  /// The law with E[t] = (−½ νΛ⁻¹, −½ E[log |Σ|]), by the Wishart law of Σ⁻¹.
  public init(meanParameters: [Double]) throws(GSLError) {
    let (_, matrix, last) = try Self.parts(meanParameters)
    let precision = try WishartLaw(meanParameters: matrix.map { -2 * $0 } + [2 * last])
    try self.init(
      dof: precision.dof,
      scale: try LinearAlgebra.inverse(order: precision.dimension, precision.scale),
      dimension: precision.dimension)
  }

  /// (Λ, ν + d + 1).
  public var naturalParameters: [Double] { scale + [dof + Double(dimension + 1)] }

  /// (νd/2) log 2 − (ν/2) log |Λ| + log Γ_d(ν/2): that of the Wishart law of Σ⁻¹.
  public func logPartition() throws(GSLError) -> Double { try precisionLaw().logPartition() }

  /// −½ E[Σ⁻¹] and −½ E[log |Σ|].
  public func meanParameters() throws(GSLError) -> [Double] {
    let means = try precisionLaw().meanParameters()
    return means.dropLast().map { -0.5 * $0 } + [0.5 * means[means.count - 1]]
  }

  /// (−½ Σ⁻¹, −½ log |Σ|), the point row by row.
  public static func statistics(of x: [Double]) throws(GSLError) -> [Double] {
    let d = Int(Double(x.count).squareRoot())
    return try LinearAlgebra.inverse(order: d, x).map { -0.5 * $0 }
      + [-0.5 * (try LinearAlgebra.logDeterminant(order: d, x).logMagnitude)]
  }

  /// The covariance of the Wishart law's statistics, with −½ for Σ⁻¹ and ½ for its log-determinant.
  public func statisticsCovariance() throws(GSLError) -> [Double] {
    let last = dimension * dimension
    let precise = try precisionLaw().statisticsCovariance()
    return table(last + 1) { row, column in
      let sign = (row == last) == (column == last) ? 0.25 : -0.25
      return sign * precise[row * (last + 1) + column]
    }
  }

  /// Wishart(ν, Λ⁻¹), the law of Σ⁻¹.
  public func precisionLaw() throws(GSLError) -> WishartLaw {
    try WishartLaw(
      dof: dof, scale: try LinearAlgebra.inverse(order: dimension, scale), dimension: dimension)
  }

  private static func parts(_ numbers: [Double]) throws(GSLError) -> (Int, [Double], Double) {
    let count = numbers.count
    guard let last = numbers.last,
      let d = (1...max(1, count)).first(where: { $0 * $0 + 1 == count })
    else {
      throw GSLError(
        "InverseWishartLaw", .badArgument("expected d² + 1 parameters, found \(count)"))
    }
    return (d, symmetrised(order: d, Array(numbers.dropLast())), last)
  }
}
