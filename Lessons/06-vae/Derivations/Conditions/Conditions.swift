import GSL
import LessonKit
import Probability

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
    energy: { 0.5 * Double($0) },
    twoSpreads: { mean, variance in
      try spreads(mean, variance) { logJoint, logCode in [logJoint, logJoint - logCode] }
    })

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
    Mistake("turns-the-fit", "r²/(2 v) with a plus: the farther x̂ is, the larger", \.fit) {
      residual, variance in 0.5 * residual * residual / variance
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
    Mistake(
      "adds-the-code", "log p + log q in place of log p − log q", \.twoSpreads
    ) { mean, variance in
      try spreads(mean, variance) { logJoint, logCode in [logJoint, logJoint + logCode] }
    },
    Mistake(
      "exchanges-the-two", "each of the two variances under the name of the other", \.twoSpreads
    ) { mean, variance in
      try spreads(mean, variance) { logJoint, logCode in [logJoint - logCode, logJoint] }
    },
    Mistake("all-sampled", "zero, as for f", source: "erratum E-045", \.energy) { _ in 0 },
  ]

  /// The variances of what is made of log p(x,z) = −z²/2 and log q(z), but for constants.
  private static func spreads(
    _ mean: Double, _ variance: Double, of values: (Double, Double) -> [Double]
  ) throws -> [Double] {
    try noiseMoments { noise in
      let epsilon = try noise.standardNormal()
      let z = mean + sqrt(variance) * epsilon
      return values(-0.5 * z * z, -0.5 * epsilon * epsilon)
    }.variance
  }
}
