public import GSL

/// The conjugate prior of a Gaussian's mean and covariance.
///
/// ```
/// Σ ~ inverse Wishart(dof, scale),     density ∝ |Σ|^−(dof + d + 1)/2 exp(−trace(scale Σ⁻¹)/2)
/// μ | Σ ~ N(mean, Σ / kappa)
/// ```
/// Reference: Gelman et al., "Bayesian Data Analysis", section 3.6.
public struct NormalInverseWishart: Sendable, Equatable {
  /// The expected mean.
  public let mean: [Double]
  /// How many observations the mean is worth.
  public let kappa: Double
  /// The degrees of freedom, above d − 1.
  public let dof: Double
  /// The scale matrix, symmetric and positive definite, as a list of rows.
  public let scale: [[Double]]

  /// A prior whose numbers are known to be those of one.
  package init(checkedMean: [Double], kappa: Double, dof: Double, scale: [[Double]]) {
    mean = checkedMean
    self.kappa = kappa
    self.dof = dof
    self.scale = scale
  }

  /// d.
  public var dimension: Int { mean.count }

  /// A random prior in d dimensions; the scale is a Gram matrix plus the identity.
  package static func random<Choices: DiscreteChoices>(
    dimension d: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> NormalInverseWishart {
    var roots: [[Double]] = []
    for _ in 0..<d { roots.append(try choices.reals(d, from: -1, to: 1)) }
    let scale = (0..<d).map { i in
      (0..<d).map { j in roots.reduce(i == j ? 1 : 0) { $0 + $1[i] * $1[j] } }
    }
    return NormalInverseWishart(
      checkedMean: try choices.reals(d, from: -1, to: 1),
      kappa: try choices.real(from: 0.1, to: 3),
      dof: Double(d - 1) + (try choices.real(from: 0.1, to: 4)), scale: scale)
  }
}

extension NormalInverseWishart: ConjugatePrior {
  /// A mean and a covariance.
  public typealias Point = Gaussian

  /// The law with η = (κm, κ, Λ + κ m mᵀ, ν + d + 2), the matrix row by row.
  public init(naturalParameters: [Double]) throws(GSLError) {
    // d + 1 + d² + 1 numbers.
    let count = naturalParameters.count
    guard let d = (1...max(1, count)).first(where: { $0 * ($0 + 1) + 2 == count }) else {
      throw GSLError(
        "NormalInverseWishart",
        .badArgument("expected d² + d + 2 natural parameters, found \(count)"))
    }
    let kappa = naturalParameters[d]
    let dof = naturalParameters[d + 1 + d * d] - Double(d + 2)
    try requirePositive("NormalInverseWishart", [kappa, dof - Double(d - 1)])
    let mean = naturalParameters[..<d].map { $0 / kappa }
    let squares = naturalParameters[(d + 1)..<(d + 1 + d * d)].map { $0 }
    let scale = (0..<d).map { i in
      (0..<d).map { j in
        (squares[i * d + j] + squares[j * d + i]) / 2 - kappa * mean[i] * mean[j]
      }
    }
    _ = try LinearAlgebra.cholesky(order: d, Array(scale.joined()))
    self.init(checkedMean: mean, kappa: kappa, dof: dof, scale: scale)
  }

  /// (κm, κ, Λ + κ m mᵀ, ν + d + 2), the matrix row by row.
  public var naturalParameters: [Double] {
    let d = dimension
    let squares = (0..<d).flatMap { i in (0..<d).map { scale[i][$0] + kappa * mean[i] * mean[$0] } }
    return mean.map { kappa * $0 } + [kappa] + squares + [dof + Double(d + 2)]
  }

  /// (d/2) log(2π/κ) + (ν d/2) log 2 + log Γ_d(ν/2) − (ν/2) log |Λ|.
  public func logPartition() throws(GSLError) -> Double {
    let d = Double(dimension)
    let gamma = try SpecialFunctions.logMultivariateGamma(dimension: dimension, dof / 2).value
    return 0.5 * d * log(2 * Double.pi / kappa) + 0.5 * dof * d * log(2) + gamma
      - 0.5 * dof * (try logScaleDeterminant())
  }

  /// E[T]: with P = E[Σ⁻¹] = ν Λ⁻¹, the numbers P m, −½ (d/κ + mᵀ P m), −½ P and −½ E[log |Σ|].
  ///
  /// ```
  /// E[log |Σ|] = log |Λ| − d log 2 − Σ_{j<d} ψ((ν − j)/2)
  /// ```
  public func meanParameters() throws(GSLError) -> [Double] {
    let d = dimension
    let inverse = try LinearAlgebra.inverse(order: d, Array(scale.joined()))
    let precision = inverse.map { dof * $0 }
    let shift = (0..<d).map { i in (0..<d).reduce(0) { $0 + precision[i * d + $1] * mean[$1] } }
    var logDeterminant = try logScaleDeterminant() - Double(d) * log(2)
    for j in 0..<d {
      logDeterminant -= try SpecialFunctions.digamma((dof - Double(j)) / 2).value
    }
    return shift + [-0.5 * (Double(d) / kappa + dot(mean, shift))] + precision.map { -0.5 * $0 }
      + [-0.5 * logDeterminant]
  }

  /// (Σ⁻¹μ, −½ μᵀΣ⁻¹μ, −½ Σ⁻¹, −½ log |Σ|).
  public static func statistics(of law: Gaussian) throws(GSLError) -> [Double] {
    let d = law.dimension
    let precision = try LinearAlgebra.inverse(order: d, law.covariance)
    let shift = (0..<d).map { i in (0..<d).reduce(0) { $0 + precision[i * d + $1] * law.mean[$1] } }
    return shift + [-0.5 * dot(law.mean, shift)] + precision.map { -0.5 * $0 }
      + [-0.5 * (try law.logDeterminant())]
  }

  private func logScaleDeterminant() throws(GSLError) -> Double {
    try LinearAlgebra.logDeterminant(order: dimension, Array(scale.joined())).logMagnitude
  }
}
