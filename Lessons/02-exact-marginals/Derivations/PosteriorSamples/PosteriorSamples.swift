import LessonKit
import Models
import Probability

extension PosteriorSamplesDerivation {
  /// The gradient from posterior samples, and the ways to get it wrong.
  static let derivation = Derivation<Parts, FiniteJoint>(
    id: "posterior-samples",
    title: "The gradient from posterior samples",
    example: .threeStates,
    draw: { try .random(states: 3, &$0) },
    checks: checks,
    answer: Parts(
      independent: { joint, posterior, choices in
        try average(of: [choices.choose(posterior), choices.choose(posterior)], joint)
      },
      copied: { joint, posterior, choices in
        let draw = try choices.choose(posterior)
        return average(of: [draw, draw], joint)
      }),
    mistakes: mistakes)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "samples-the-prior", "draws z from p(z): the mean of the score is then zero", \.independent,
      from: { right in { joint, _, choices in try right(joint, joint.prior, &choices) } }),
    Mistake(
      "weighs-the-draws-again", "multiplies each draw by p(z|x), which its frequency has already",
      source: "E-023", \.copied
    ) { joint, posterior, choices in
      let draw = try choices.choose(posterior)
      return average(of: [draw, draw], joint).map { posterior[draw] * $0 }
    },
    Mistake(
      "uses-one-of-two", "averages two draws but forgets the second", \.independent
    ) { joint, posterior, choices in
      let draws = try [choices.choose(posterior), choices.choose(posterior)]
      return average(of: [draws[0]], joint)
    },
    Mistake(
      "sums-in-place-of-averaging", "Σ over the draws, not divided by their number", \.copied,
      from: { right in
        { joint, posterior, choices in try right(joint, posterior, &choices).map { 2 * $0 } }
      }),
  ]

  /// The mean of G(z) = ∇_logits log softmax(logits)_z over some draws.
  private static func average(of draws: [Int], _ joint: FiniteJoint) -> [Double] {
    let prior = SoftmaxLaw(probabilities: joint.prior)
    let scores = draws.map { prior.score($0) }
    return joint.prior.indices.map { k in
      scores.reduce(0) { $0 + $1[k] } / Double(draws.count)
    }
  }
}
