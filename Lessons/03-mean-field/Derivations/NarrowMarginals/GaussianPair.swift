import Probability

/// Two Gaussian latents that are correlated, and a factor for the second of them.
struct GaussianPair: Sendable {
  /// E[z₁] and E[z₂].
  var means = [0.0, 0.0]
  /// The standard deviations of z₁ and z₂.
  var deviations = [1.0, 1.0]
  /// ρ, the correlation.
  var correlation = 0.9
  /// Mean and variance of q₂.
  var other = (mean: 0.5, variance: 0.3)

  /// Any means and widths, a correlation of either sign.
  static func random(_ cases: inout Cases) throws -> GaussianPair {
    let size = try cases.real(from: 0.2, to: 0.95)
    return GaussianPair(
      means: try cases.reals(2, from: -1, to: 1), deviations: try cases.reals(2, from: 0.5, to: 2),
      correlation: try cases.flip(0.5) ? size : -size,
      other: (try cases.real(from: -1, to: 1), try cases.real(from: 0.2, to: 1.5)))
  }

  /// log p(z₁, z₂|x) without its constant.
  func logDensity(_ first: Double, _ second: Double) -> Double {
    let (u, v) = ((first - means[0]) / deviations[0], (second - means[1]) / deviations[1])
    let rho = correlation
    return -0.5 * (u * u - 2 * rho * u * v + v * v) / (1 - rho * rho)
  }
}

// MARK: What is exact about it

extension GaussianPair {
  /// Var(z₁).
  var firstVariance: ExactValue { ExactValue(deviations[0]) * ExactValue(deviations[0]) }

  /// Var(z₁) (1 − ρ²).
  var narrowed: ExactValue {
    firstVariance * (1 - ExactValue(correlation) * ExactValue(correlation))
  }

  /// Λ₁₁ of Λ = Σ⁻¹: the variance of the other one over the determinant.
  var firstPrecision: ExactValue {
    let second = ExactValue(deviations[1]) * ExactValue(deviations[1])
    let shared = ExactValue(correlation) * ExactValue(deviations[0]) * ExactValue(deviations[1])
    return second / (firstVariance * second - shared * shared)
  }
}
