public import GSL

/// The conjugate prior of a linear map and of the covariance of the noise that is added to it.
///
/// ```
/// Q ~ inverse Wishart(dof, scale)
/// A | Q ~ N(mean, Q ⊗ K⁻¹):   rows correlated as Q, columns as K⁻¹
/// η = (M·K, K, Λ + M·K·Mᵀ, ν + 2n + 1)    T = (Q⁻¹·A, −½ Aᵀ·Q⁻¹·A, −½ Q⁻¹, −½ log |Q|)
/// ```
/// With n = 1 it is the normal–inverse-Wishart law of a number and a variance.
/// Reference: Bishop, "Pattern Recognition and Machine Learning", section 3.3; Johnson et al 2016, appendix.
public struct MatrixNormalInverseWishart: Sendable, Equatable {
  /// M, n × n, row by row.
  public let mean: [[Double]]
  /// K, n × n, symmetric and positive definite: how many observations the map is worth, by direction.
  public let kappa: [[Double]]
  /// ν, above n − 1.
  public let dof: Double
  /// Λ, symmetric and positive definite.
  public let scale: [[Double]]

  /// A law; refuses numbers that belong to none.
  public init(
    mean: [[Double]], kappa: [[Double]], dof: Double, scale: [[Double]]
  ) throws(GSLError) {
    let n = mean.count
    try requirePositive("MatrixNormalInverseWishart", [dof - Double(n - 1)])
    _ = try LinearAlgebra.cholesky(order: n, Array(kappa.joined()))
    _ = try LinearAlgebra.cholesky(order: n, Array(scale.joined()))
    self.mean = mean
    self.kappa = kappa
    self.dof = dof
    self.scale = scale
  }

  /// A random law of the dynamics of one number.
  package static func random<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> MatrixNormalInverseWishart {
    MatrixNormalInverseWishart(
      checkedMean: [[try choices.real(from: -1, to: 1.1)]],
      kappa: [[try choices.real(from: 0.5, to: 4)]], dof: try choices.real(from: 2, to: 8),
      scale: [[try choices.real(from: 0.4, to: 3)]])
  }

  /// A law whose numbers are known to be those of one.
  private init(checkedMean: [[Double]], kappa: [[Double]], dof: Double, scale: [[Double]]) {
    mean = checkedMean
    self.kappa = kappa
    self.dof = dof
    self.scale = scale
  }

  /// n.
  public var dimension: Int { mean.count }
}

extension MatrixNormalInverseWishart: ConjugatePrior {
  /// A linear map and the covariance of its noise, both row by row.
  public struct Point: Sendable, Equatable {
    /// A.
    public let dynamics: [Double]
    /// Q.
    public let noise: [Double]
    /// A map with its noise.
    public init(dynamics: [Double], noise: [Double]) {
      self.dynamics = dynamics
      self.noise = noise
    }
  }

  /// The law with η = (M·K, K, Λ + M·K·Mᵀ, ν + 2n + 1), matrices row by row.
  public init(naturalParameters: [Double]) throws(GSLError) {
    let count = naturalParameters.count
    guard let n = (1...max(1, count)).first(where: { 3 * $0 * $0 + 1 == count }) else {
      throw GSLError(
        "MatrixNormalInverseWishart",
        .badArgument("expected 3n² + 1 natural parameters, found \(count)"))
    }
    let squares = n * n
    let kappa = symmetrised(rows(naturalParameters[squares..<2 * squares], of: n))
    // M = (M·K)·K⁻¹; K is symmetric, so that K·Mᵀ = (M·K)ᵀ.
    let product = rows(naturalParameters[..<squares], of: n)
    let solved = try LinearAlgebra.solve(
      order: n, Array(kappa.joined()), right: Array(transposed(product).joined()), rightColumns: n)
    let mean = transposed(rows(solved[...], of: n))
    let second = symmetrised(rows(naturalParameters[2 * squares..<3 * squares], of: n))
    let scale = (0..<n).map { i in
      (0..<n).map { j in second[i][j] - dot(product[i], mean[j]) }
    }
    try self.init(
      mean: mean, kappa: kappa, dof: naturalParameters[3 * squares] - Double(2 * n + 1),
      scale: symmetrised(scale))
  }

  /// (M·K, K, Λ + M·K·Mᵀ, ν + 2n + 1), matrices row by row.
  public var naturalParameters: [Double] {
    let n = dimension
    let product = mean.map { row in kappa.map { dot(row, $0) } }
    let second = (0..<n).flatMap { i in
      (0..<n).map { j in scale[i][j] + dot(product[i], mean[j]) }
    }
    return Array(product.joined()) + Array(kappa.joined()) + second + [dof + Double(2 * n + 1)]
  }

  /// (n²/2) log 2π − (n/2) log |K| + (ν n/2) log 2 + log Γ_n(ν/2) − (ν/2) log |Λ|.
  public func logPartition() throws(GSLError) -> Double {
    let n = Double(dimension)
    let gamma = try SpecialFunctions.logMultivariateGamma(dimension: dimension, dof / 2).value
    return 0.5 * n * (n * log(2 * Double.pi) - (try logDeterminant(kappa)))
      + 0.5 * dof * n * log(2) + gamma - 0.5 * dof * (try logDeterminant(scale))
  }

  /// E[T]: with P = E[Q⁻¹] = ν Λ⁻¹, the matrices P·M, −½ (n K⁻¹ + Mᵀ·P·M), −½ P, and −½ E[log |Q|].
  public func meanParameters() throws(GSLError) -> [Double] {
    let n = dimension
    let inverse = try LinearAlgebra.inverse(order: n, Array(scale.joined()))
    let precision = rows(inverse.map { dof * $0 }[...], of: n)
    let columns = transposed(mean)
    let shift = precision.map { row in columns.map { dot(row, $0) } }
    let spread = rows(try LinearAlgebra.inverse(order: n, Array(kappa.joined()))[...], of: n)
    let steps = transposed(shift)
    let quadratic = (0..<n).flatMap { i in
      (0..<n).map { j in Double(n) * spread[i][j] + dot(columns[i], steps[j]) }
    }
    var expectedLog = try logDeterminant(scale) - Double(n) * log(2)
    for j in 0..<n { expectedLog -= try SpecialFunctions.digamma((dof - Double(j)) / 2).value }
    return Array(shift.joined()) + quadratic.map { -0.5 * $0 }
      + precision.joined().map { -0.5 * $0 } + [-0.5 * expectedLog]
  }

  /// (Q⁻¹·A, −½ Aᵀ·Q⁻¹·A, −½ Q⁻¹, −½ log |Q|).
  public static func statistics(of point: Point) throws(GSLError) -> [Double] {
    let n = Int(Double(point.noise.count).squareRoot().rounded())
    let precision = rows(try LinearAlgebra.inverse(order: n, point.noise)[...], of: n)
    let columns = transposed(rows(point.dynamics[...], of: n))
    let shift = precision.map { row in columns.map { dot(row, $0) } }
    let steps = transposed(shift)
    let quadratic = columns.flatMap { column in steps.map { -0.5 * dot(column, $0) } }
    let logDeterminant = try LinearAlgebra.logDeterminant(order: n, point.noise).logMagnitude
    return Array(shift.joined()) + quadratic + precision.joined().map { -0.5 * $0 }
      + [-0.5 * logDeterminant]
  }

  private func logDeterminant(_ matrix: [[Double]]) throws(GSLError) -> Double {
    try LinearAlgebra.logDeterminant(order: dimension, Array(matrix.joined())).logMagnitude
  }
}

private func rows(_ entries: ArraySlice<Double>, of width: Int) -> [[Double]] {
  (0..<width).map { i in
    Array(entries[(entries.startIndex + i * width)..<(entries.startIndex + (i + 1) * width)])
  }
}

private func symmetrised(_ matrix: [[Double]]) -> [[Double]] {
  matrix.indices.map { i in matrix.indices.map { j in 0.5 * (matrix[i][j] + matrix[j][i]) } }
}
