import Approximate
import GSL
import LessonKit
import Models
import Probability

extension ClippedDerivation {
  /// The library's surrogate, and the ways to get it wrong.
  static let derivation = Derivation<Parts, ClippedProblem>(
    id: "clipped", title: "A step that stops", example: .example, draw: { try .random(&$0) },
    checks: checks, answer: answer, mistakes: mistakes)

  private static let answer = Parts(estimate: { problem, choices in
    try Zoo.run(
      "ppo", on: problem.bits.reward,
      with: [
        "oldLogits": .numbers(problem.drawn), "clip": .number(problem.clip),
        "baseline": .number(problem.baseline),
      ], &choices)
  })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "clips-on-either-side", "no slope wherever ω is outside, whatever the sign of f − c",
      \.estimate,
      weighing { ratio, advantage, clip in
        abs(ratio - 1) > clip ? 0 : ratio * advantage
      }),
    Mistake(
      "keeps-the-clipped-ratio", "clip(ω) A s: a clipped state goes on pushing", \.estimate,
      weighing { ratio, advantage, clip in
        let bounded = min(max(ratio, 1 - clip), 1 + clip)
        return min(ratio * advantage, bounded * advantage)
      }),
    Mistake(
      "takes-the-larger", "max in the place of min: stops where it should go on", \.estimate,
      weighing { ratio, advantage, clip in
        let bounded = min(max(ratio, 1 - clip), 1 + clip)
        return bounded * advantage > ratio * advantage ? 0 : ratio * advantage
      }),
    Mistake(
      "forgets-the-ratio", "A s, as if the draws were from q", \.estimate,
      weighing { _, advantage, _ in advantage }),
    Mistake(
      "ratio-upside-down", "r/q in the place of q/r", \.estimate,
      weighing { ratio, advantage, clip in
        let turned = 1 / ratio
        let bounded = min(max(turned, 1 - clip), 1 + clip)
        return bounded * advantage < turned * advantage ? 0 : turned * advantage
      }),
    Mistake(
      "climbs-the-loss", "−g: the gradient of a loss, handed to something that climbs",
      source: "the sign of Pyro #1982", \.estimate,
      weighing { ratio, advantage, clip in
        let bounded = min(max(ratio, 1 - clip), 1 + clip)
        return bounded * advantage < ratio * advantage ? 0 : -ratio * advantage
      }),
    Mistake(
      "never-clips", "ω A s: importance sampling", \.estimate,
      weighing { ratio, advantage, _ in ratio * advantage }),
  ]

  /// One draw of r whose score is multiplied by a number that is not quite the right one.
  private static func weighing(
    _ weight: @escaping @Sendable (_ ratio: Double, _ advantage: Double, _ clip: Double) -> Double
  ) -> @Sendable (ClippedProblem, inout CutUniforms) throws -> [Double] {
    { problem, choices in
      let law = problem.bits.law
      let z = try law.with(logits: problem.drawn).sample(&choices)
      let factor = weight(problem.ratios[z], problem.advantages[z], problem.clip)
      return law.score(z).map { factor * $0 }
    }
  }
}
