import GSL
import LessonKit

extension ConditionsDerivation {
  /// The derivation, the code, and the ways to get it wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "conditions", title: "True, if", example: .example, draw: { try .random(&$0) },
    checks: checks, answer: answer, mistakes: mistakes)

  static let answer = Parts(
    spread: { $0 * $0 },
    jump: { mean, sigma in
      exp(-0.5 * mean * mean / (sigma * sigma)) / (sigma * sqrt(2 * Double.pi))
    },
    given: { prior, likelihood in
      let mass = prior.reduce(0, +)
      return zip(prior, likelihood).reduce(0) { $0 + $1.0 * $1.1 } / mass
    },
    fit: { residual, variance in -0.5 * residual * residual / variance },
    expected: { residual, variance in -0.5 * (residual * residual + variance) },
    mass: { halfWidth in
      let outside = (try? SpecialFunctions.normalUpper(halfWidth)) ?? .nan
      return (1 - 2 * outside) * (1 - 2 * outside)
    },
    sine: { sineVariances($0).path },
    energy: { 0.5 * Double($0) })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "deviation-for-variance", "σ in place of σ²", source: "erratum E-002", \.spread
    ) { sigma in 0 + sigma },
    Mistake("along-the-path", "the mean of the slope", source: "erratum E-005", \.jump) { _, _ in 0
    },
    Mistake(
      "always-invertible", "the first state's", source: "erratum E-017", \.given
    ) { _, likelihood in likelihood[0] },
    Mistake("adds-states", "a sum where a mean belongs", \.given) { prior, likelihood in
      zip(prior, likelihood).reduce(0) { $0 + $1.0 * $1.1 }
    },
    Mistake("without-half", "the squared error, not halved", source: "erratum E-022", \.fit) {
      residual, variance in -residual * residual / variance
    },
    Mistake("for-every-x", "does not look at x", source: "erratum E-016", \.expected) {
      _, variance in -0.5 * variance
    },
    Mistake("share-of-one", "the share of one latent", \.mass) { halfWidth in
      1 - 2 * ((try? SpecialFunctions.normalUpper(halfWidth)) ?? .nan)
    },
    Mistake("forgets-k", "the cosine without its factor k", \.sine) {
      sineVariances($0).path / ($0 * $0)
    },
    Mistake("all-sampled", "zero, as for f", source: "erratum E-045", \.energy) { _ in 0 },
  ]
}
