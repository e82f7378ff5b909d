import Approximate
import LessonKit
import Models
import Probability

extension GibbsDerivation {
  /// The library's kernel, and the ways to get it wrong.
  static let derivation = Derivation<Parts, GibbsProblem>(
    id: "gibbs", title: "Gibbs sampling, and how fast it forgets", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  static let answer = Parts(sweep: { problem, state, choices in
    try GibbsKernel(cardinalities: [2, 2], table: problem.joint, scan: .systematic)
      .step(from: state, &choices)
  })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("both-at-once", "draws both bits given the old other one", \.sweep) {
      problem, state, choices in
      let p = problem.joint
      let (first, second) = (state / 2, state % 2)
      let newFirst = try choices.flip(p[2 + second] / (p[second] + p[2 + second]))
      let newSecond = try choices.flip(
        p[2 * first + 1] / (p[2 * first] + p[2 * first + 1]))
      return (newFirst ? 2 : 0) + (newSecond ? 1 : 0)
    },
    Mistake(
      "one-bit-a-sweep", "draws one bit, chosen by a coin: p stays, more is remembered", \.sweep
    ) {
      problem, state, choices in
      try GibbsKernel(cardinalities: [2, 2], table: problem.joint, scan: .random)
        .step(from: state, &choices)
    },
    Mistake("other-order", "draws the second bit first", \.sweep) { problem, state, choices in
      let kernel = GibbsKernel(cardinalities: [2, 2], table: problem.joint, scan: .systematic)
      return try kernel.update(0, of: try kernel.update(1, of: state, &choices), &choices)
    },
  ]
}
