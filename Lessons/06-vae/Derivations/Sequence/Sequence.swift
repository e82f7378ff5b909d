import Approximate
import LessonKit

extension SequenceDerivation {
  /// The derivation, the library's code, and the ways to get it wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "sequence", title: "A bound in two steps", example: .example, draw: { try .random(&$0) },
    checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      The bound of two steps is a sum, whose parts can be taken one at a time:
      """)

  static let answer = Parts(
    divergences: { $0.autoencoder.divergences },
    bound: { $0.autoencoder.elbo },
    gradient: { $0.autoencoder.gradient },
    climbed: { problem, rate in
      var autoencoder = problem.autoencoder
      autoencoder.climb(rate: rate)
      var climbed = problem
      (climbed.a, climbed.gamma) = (autoencoder.weights, autoencoder.readings)
      climbed.s = autoencoder.logSds
      return climbed
    })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "reads-x-again", "the second step reads x, as if nothing had been written",
      \.divergences
    ) { problem in
      var other = problem.autoencoder
      other.weights[0] = 0
      return other.divergences
    },
    Mistake(
      "pays-once", "the divergence of the last step only", source: "ericjang/draw #2", \.bound
    ) { problem in answer.bound(problem) + answer.divergences(problem)[0] },
    Mistake(
      "stops-at-the-step", "each step's slope as if nothing came after it but log p(x|z)",
      source: "a recurrence cut after one step", \.gradient
    ) { problem in
      let cut = SequentialAutoencoder(
        weights: [problem.a[0]], readings: [problem.gamma[0]], logSds: [problem.s[0]],
        noise: problem.v, square: problem.x * problem.x)
      var slopes = answer.gradient(problem)
      (slopes[0], slopes[2], slopes[4]) = (cut.gradient[0], cut.gradient[1], cut.gradient[2])
      return slopes
    },
    Mistake("forgets-the-fee", "the slope by γ_2 without what the divergence takes", \.gradient) {
      problem in
      var slopes = answer.gradient(problem)
      slopes[3] += problem.gamma[1] * problem.autoencoder.errors[1]
      return slopes
    },
    Mistake(
      "writes-unread", "the slope by a_2 as if the second step had read all that is left",
      \.gradient
    ) { problem in
      let rest = 1 - problem.a[1] * problem.gamma[1]
      var slopes = answer.gradient(problem)
      slopes[1] += rest * (1 - problem.gamma[1]) * problem.autoencoder.errors[1] / problem.v
      return slopes
    },
    Mistake("steps-down", "descends the bound", \.climbed) { problem, rate in
      answer.climbed(problem, -rate)
    },
  ]
}

extension SequenceDerivation.Problem {
  /// The same as the library has it.
  var autoencoder: SequentialAutoencoder {
    SequentialAutoencoder(weights: a, readings: gamma, logSds: s, noise: v, square: x * x)
  }
}
