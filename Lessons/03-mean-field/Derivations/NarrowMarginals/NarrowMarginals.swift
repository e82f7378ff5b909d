import GSL
import LessonKit

extension NarrowMarginalsDerivation {
  /// Why the factors of a product are too narrow.
  static let derivation = Derivation<Parts, GaussianPair>(
    id: "narrow-marginals",
    title: "Why the factors are too narrow",
    example: GaussianPair(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      factorVariance: factorVariance, precision: precision,
      knownVariance: { pair in
        let cov = pair.correlation * pair.deviations[0] * pair.deviations[1]
        let second = pair.deviations[1] * pair.deviations[1]
        return pair.deviations[0] * pair.deviations[0] - cov * cov / second
      },
      gap: { pair in gap(pair, factorVariance(pair)) }),
    mistakes: mistakes)

  // listing: 03 narrow-marginals
  /// exp of a parabola is a normal density whose variance is −1 over the parabola's curvature.
  @Sendable static func factorVariance(_ pair: GaussianPair) -> Double {
    let (m, s) = (pair.other.mean, pair.other.variance.squareRoot())
    // The mean of a parabola over q₂ is that of its values at m ± s.
    func averaged(_ z: Double) -> Double {
      0.5 * (pair.logDensity(z, m - s) + pair.logDensity(z, m + s))
    }
    let curvature = averaged(1) - 2 * averaged(0) + averaged(-1)
    return -1 / curvature
  }
  // end of listing

  /// Λ₁₁, from Λ Σ = I by Cramer's rule.
  @Sendable static func precision(_ pair: GaussianPair) -> Double {
    let (a, b) = (pair.deviations[0], pair.deviations[1])
    let cov = pair.correlation * a * b
    return b * b / (a * a * b * b - cov * cov)
  }

  /// KL(q‖p) = ½ [tr(Λ V) − 2 + log det Σ − log det V] of a product with both means right.
  ///
  /// `variance` is that of q₁; in units of its own deviation q₂ has the same.
  @Sendable static func gap(_ pair: GaussianPair, _ variance: Double) -> Double {
    let (a, rho) = (pair.deviations[0], pair.correlation)
    let scaled = variance / (a * a)
    let trace = 2 * scaled / (1 - rho * rho)
    return 0.5 * (trace - 2 + log(1 - rho * rho) - 2 * log(scaled))
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake("keeps-the-width", "Var(z₁), as if q₁ were the exact marginal", \.factorVariance) {
      $0.deviations[0] * $0.deviations[0]
    },
    Mistake(
      "inverts-each-entry", "1/Var(z₁) for Λ₁₁: the inverse of the diagonal alone", \.precision
    ) { 1 / ($0.deviations[0] * $0.deviations[0]) },
    Mistake("forgets-to-square", "1 − |ρ| for 1 − ρ²", \.knownVariance) { pair in
      pair.deviations[0] * pair.deviations[0] * (1 - abs(pair.correlation))
    },
    Mistake(
      "measures-the-marginals-instead", "KL(q‖p) of the q with the exact marginals", \.gap
    ) { pair in gap(pair, pair.deviations[0] * pair.deviations[0]) },
  ]
}
