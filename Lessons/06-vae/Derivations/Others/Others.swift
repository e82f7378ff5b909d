import GSL
import LessonKit

extension OthersDerivation {
  /// The derivation, the code, and the ways to get it wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "others", title: "Other distributions, labels and steps", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      The first three lines are ways to draw; then come a bound with labels and a divergence in \
      steps:
      """)

  static let answer = Parts(
    exponential: { rate, u in -log(u) / rate },
    hardKuma: { a, b, u in min(1, max(0, 1.2 * pow(1 - pow(1 - u, 1 / b), 1 / a) - 0.1)) },
    pair: { factor, noise in
      [factor[0] * noise[0], factor[1] * noise[0] + factor[2] * noise[1]]
    },
    logDensity: { rows, x in
      logDensity(rows, x) { z in -0.5 * (z * z + log(2 * Double.pi)) }
    },
    unlabelled: { labels, bounds in
      zip(labels, bounds).reduce(0) { $0 + $1.0 * ($1.1 - log($1.0)) }
    },
    steps: { first, divergence, second in
      divergence + zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    })

  /// log p(z_1) + log p(z_2) − log|det B|, z = B⁻¹x.
  private static func logDensity(
    _ rows: [Double], _ x: [Double], prior: (Double) -> Double
  ) -> Double {
    let determinant = rows[0] * rows[3] - rows[1] * rows[2]
    let first = (rows[3] * x[0] - rows[1] * x[1]) / determinant
    let second = (rows[0] * x[1] - rows[2] * x[0]) / determinant
    return prior(first) + prior(second) - log(abs(determinant))
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake("rate-for-mean", "multiplies by the rate where it divides", \.exponential) {
      rate, u in -log(u) * rate
    },
    Mistake("not-stretched", "a Kumaraswamy draw that never reaches 0 or 1", \.hardKuma) {
      a, b, u in pow(1 - pow(1 - u, 1 / b), 1 / a)
    },
    Mistake(
      "only-the-diagonal", "scales every noise by itself: the latents do not vary together", \.pair
    ) { factor, noise in [factor[0] * noise[0], factor[2] * noise[1]] },
    Mistake(
      "pointed-latents",
      "z_i from Laplace distributions: they have corners, and a rotation shows in x",
      source: "independent component analysis, where the axes can be found", \.logDensity
    ) { rows, x in logDensity(rows, x) { z in -sqrt(2) * abs(z) - 0.5 * log(2) } },
    Mistake(
      "forgets-the-label-entropy", "the mean of the labelled bounds alone", \.unlabelled
    ) { labels, bounds in zip(labels, bounds).reduce(0) { $0 + $1.0 * $1.1 } },
    Mistake(
      "last-step-only", "the divergence of the last step alone",
      source: "ericjang/draw #2: steps and constants confused", \.steps
    ) { first, _, second in zip(first, second).reduce(0) { $0 + $1.0 * $1.1 } },
    Mistake("adds-all-branches", "second steps are added up, not averaged", \.steps) {
      _, divergence, second in divergence + second.reduce(0, +)
    },
    Mistake(
      "weighs-the-steps-again", "q(z_1)² for q(z_1) in the mean over the first step", \.steps
    ) { first, divergence, second in
      divergence + zip(first, second).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    },
  ]
}
