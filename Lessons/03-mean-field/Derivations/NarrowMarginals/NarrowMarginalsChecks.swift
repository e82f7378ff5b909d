import LessonKit
import Probability
import Verification

/// Derivation `narrow-marginals`: a factor is as wide as its latent would be, were the rest known.
enum NarrowMarginalsDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The variance of q̃₁ ∝ exp E_{q₂}[log p(z₁, z₂|x)].
    var factorVariance: @Sendable (GaussianPair) -> Double
    /// Λ₁₁, an entry of the inverse of the covariance matrix.
    var precision: @Sendable (GaussianPair) -> Double
    /// Var(z₁|z₂).
    var knownVariance: @Sendable (GaussianPair) -> Double
    /// KL(q‖p) of the best product.
    var gap: @Sendable (GaussianPair) -> Double
  }

  typealias Check = LessonKit.Check<Parts, GaussianPair>

  static let checks: [Check] = [
    keepsTheCurvature, invertsTheMatrix, isThatOfTheKnown, isNarrower, leavesAGap,
  ]

  static let keepsTheCurvature = Check(
    "keeps-the-curvature", "Var(q̃₁) = 1/Λ₁₁",
    because: "averaging over z₂ moves the parabola and keeps its curvature", as: .step
  ) { parts, pair in .equal(parts.factorVariance(pair), 1 / pair.firstPrecision) }

  static let invertsTheMatrix = Check(
    "inverts-the-matrix", "1/Λ₁₁ = Var(z₁) (1 − ρ²)",
    because: "Λ inverts the covariance matrix, two by two", as: .step
  ) { parts, pair in .equal(1 / parts.precision(pair), pair.narrowed) }

  static let isThatOfTheKnown = Check(
    "is-that-of-the-known", "Var(z₁) (1 − ρ²) = Var(z₁|z₂)",
    because: "that is the width of z₁ once z₂ is known", as: .step
  ) { parts, pair in .equal(pair.narrowed, parts.knownVariance(pair)) }

  static let isNarrower = Check(
    "is-narrower", "Var(z₁|z₂) ≤ Var(z₁)",
    because: "in a Gaussian, knowing more never widens", as: .step
  ) { parts, pair in
    let rho = ExactValue(pair.correlation)
    return .atMost(
      parts.knownVariance(pair), pair.firstVariance, gap: rho * rho * pair.firstVariance)
  }

  static let leavesAGap = Check(
    "gap-of-a-pair", "KL(q‖p(z|x)) = −½ log(1 − ρ²)",
    because: "of the best product: only the correlation enters, not the widths",
    as: .consequence
  ) { parts, pair in
    let rho = ExactValue(pair.correlation)
    return .equal(
      parts.gap(pair), -(1 - rho * rho).logarithm / 2,
      rounding: .of(size: 2, because: "a trace of 2 is taken away from itself"))
  }
}
