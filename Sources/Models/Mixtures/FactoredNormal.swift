import GSL
import Probability

/// A normal law in d dimensions whose covariance is factored, with the digits of a double or with 32.
///
/// A factor with rounding is that of a covariance with other entries (Higham 2002, theorem 10.6), whose
/// density is off by what their differences make of the quadratic form and of the determinant:
///
/// ```
/// |ΔΣ_ij| ≤ γ √(Σ_ii Σ_jj),   γ = (3d + 3) u,   u = 2⁻⁵³ or 2⁻¹⁰⁴,   w = Σ⁻¹(x − μ)
/// |Δ log N| ≤ ½ γ ((Σ_i √Σ_ii |w_i|)² + Σ_ij √Σ_ii |Σ⁻¹_ij| √Σ_jj)
/// ```
/// Strong correlations make Σ⁻¹ large and the sums with it; the scale of a coordinate does not matter.
struct FactoredNormal: Sendable, Equatable {
  private let mean: [Double]
  /// √Σ_ii.
  private let deviations: [Double]
  private let factor: Factor
  /// γ.
  private let unit: Double
  /// (Σ_i √(Σ_ii Σ⁻¹_ii))², which bounds the sum of the determinant, and that of the quadratic form for
  /// a square of one.
  private let spread: Double
  /// Σ_ij √Σ_ii |Σ⁻¹_ij| √Σ_jj.
  private let ofDeterminant: Double
  private let logDeterminant: DoubleDouble

  fileprivate enum Factor: Sendable, Equatable {
    /// Cholesky's, row after row.
    case plain([Double])
    case doubled(LinearAlgebra.DoubledFactor)
  }

  /// With the digits of a double; nil where Cholesky's factorisation fails.
  init?(mean: [Double], covariance: [[Double]]) {
    let d = mean.count
    guard let factor = try? LinearAlgebra.cholesky(order: d, Array(covariance.joined())) else {
      return nil
    }
    let logDeterminant = (0..<d).reduce(0) { $0 + 2 * log(factor[$1 * d + $1]) }
    self.init(
      mean, covariance, .plain(factor), roundingUnit: 0x1p-53,
      logDeterminant: DoubleDouble(logDeterminant))
  }

  /// With 32 digits; nil for a covariance that is not positive definite to so many.
  init?(doubled mean: [Double], covariance: [[Double]]) {
    let d = mean.count
    let half = DoubleDouble(0.5)
    let entries = (0..<d * d).map { index in
      let (i, j) = (index / d, index % d)
      return (DoubleDouble(covariance[i][j]) + DoubleDouble(covariance[j][i])) * half
    }
    guard let factor = LinearAlgebra.DoubledFactor(order: d, entries) else { return nil }
    self.init(
      mean, covariance, .doubled(factor), roundingUnit: 0x1p-104,
      logDeterminant: factor.pivots.reduce(DoubleDouble(0)) { $0 + $1.logarithm })
  }

  private init(
    _ mean: [Double], _ covariance: [[Double]], _ factor: Factor, roundingUnit: Double,
    logDeterminant: DoubleDouble
  ) {
    let d = mean.count
    let deviations = (0..<d).map { sqrt(covariance[$0][$0]) }
    var (roots, sum) = (0.0, 0.0)
    for j in 0..<d {
      let column = factor.inverse(of: (0..<d).map { $0 == j ? 1 : 0 })
      roots += deviations[j] * sqrt(max(0, column[j]))
      for i in 0..<d { sum += deviations[i] * abs(column[i]) * deviations[j] }
    }
    (self.mean, self.deviations, self.factor) = (mean, deviations, factor)
    unit = Double(3 * d + 3) * roundingUnit
    (spread, ofDeterminant) = (roots * roots, sum)
    self.logDeterminant = logDeterminant
  }

  /// Whether densities have 32 digits.
  var isDoubled: Bool { if case .doubled = factor { true } else { false } }

  /// How far rounding moves a log density, by its size and at the least.
  var roundings: Roundings {
    let each = unit / Double.ulpOfOne * spread + 4
    let constants = Double(mean.count) * log(2 * Double.pi) + abs(logDeterminant.high)
    return Roundings(ofItsSize: 2 * each, ofOne: each + 4 * constants)
  }

  /// log N(x; μ, Σ) by forward substitution: Σ = L Lᵀ, L r = x − μ.
  ///
  /// ```
  /// log N = −½ Σ_i r_i² − Σ_i log L_ii − (d/2) log 2π
  /// ```
  func logDensity(_ datum: [Double]) -> Double {
    guard case .plain(let factor) = factor else { return doubledLogDensity(datum).high }
    let d = mean.count
    var residuals: [Double] = []
    var value = -0.5 * Double(d) * log(2 * Double.pi)
    for i in 0..<d {
      let explained = residuals.indices.reduce(0) { $0 + factor[i * d + $1] * residuals[$1] }
      let residual = (datum[i] - mean[i] - explained) / factor[i * d + i]
      residuals.append(residual)
      value -= 0.5 * residual * residual + log(factor[i * d + i])
    }
    return value
  }

  /// The same with the digits of the factor.
  func doubledLogDensity(_ datum: [Double]) -> DoubleDouble {
    guard case .doubled(let factor) = factor else { return DoubleDouble(logDensity(datum)) }
    let misfit = factor.inverseForm(zip(datum, mean).map { DoubleDouble($0) - DoubleDouble($1) })
    let constant = DoubleDouble(Double(mean.count) * log(2 * Double.pi))
    return DoubleDouble(-0.5) * (misfit + logDeterminant + constant)
  }

  /// Σ⁻¹ v, with the digits of the factor.
  func precisionTimes(_ vector: [DoubleDouble]) -> [DoubleDouble] { factor.inverse(of: vector) }

  /// Σ⁻¹ (x − μ), with the digits of the factor: a deviation rounded to a double is a large part of what is small.
  func pull(_ datum: [Double]) -> [DoubleDouble] {
    precisionTimes(zip(datum, mean).map { DoubleDouble(sumOf: $0, -$1) })
  }

  /// How far rounding can have moved a log density of this datum.
  func error(of logDensity: Double, _ datum: [Double]) -> Double {
    let constant = Double(mean.count) * log(2 * Double.pi) + logDeterminant.high
    let square = max(0, -2 * logDensity - constant)
    let ofSize = Double.ulpOfOne * abs(logDensity) * (isDoubled ? 0 : 2)
    // The cheap bound first: Σ_i √Σ_ii |w_i| ≤ √(spread · (x − μ)ᵀ Σ⁻¹ (x − μ)).
    let bound = 0.5 * unit * spread * (1 + square) + ofSize
    if bound <= FactoredNormal.isPlenty { return bound }
    let pull = zip(deviations, factor.inverse(of: zip(datum, mean).map { $0 - $1 })).reduce(0) {
      $0 + $1.0 * abs($1.1)
    }
    let sharp = 0.5 * unit * (pull * pull + ofDeterminant) + ofSize
    return sharp.isNaN ? .infinity : sharp
  }

  /// A bound that needs no sharper one.
  private static let isPlenty = 1e-11
}

extension FactoredNormal.Factor {
  /// Σ⁻¹ v, to the digits of the factor.
  func inverse(of vector: [DoubleDouble]) -> [DoubleDouble] {
    guard case .doubled(let factor) = self else {
      return inverse(of: vector.map(\.high)).map { DoubleDouble($0) }
    }
    return factor.upperSolved(factor.lowerSolved(vector))
  }

  /// Σ⁻¹ v, to the digits of a double.
  func inverse(of vector: [Double]) -> [Double] {
    switch self {
    case .doubled(let factor):
      return factor.upperSolved(factor.lowerSolved(vector.map { DoubleDouble($0) })).map(\.high)
    case .plain(let factor):
      let d = vector.count
      var solved = vector
      for i in 0..<d {
        for j in 0..<i { solved[i] -= factor[i * d + j] * solved[j] }
        solved[i] /= factor[i * d + i]
      }
      for i in (0..<d).reversed() {
        for j in (i + 1)..<max(i + 1, d) { solved[i] -= factor[j * d + i] * solved[j] }
        solved[i] /= factor[i * d + i]
      }
      return solved
    }
  }
}
