import JSONText
import LessonKit
import Models

extension LogMarginalGradientExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      No derivative was taken: the gradient of a log of a sum is a mean of gradients under the posterior. Whoever \
      can compute posterior marginals has the gradient, and whoever differentiates the forward \
      recursion backwards has computed posterior marginals.
      """,
    HandinPart(
      "initial_counts", "∂ log p(x)/∂ log initial_k = p(z_1 = k | x).",
      given: HiddenMarkovSequence.arguments, returns: .numbers("one number a state"), \.initial
    ) { program, right in
      { sequence in program.numbers(sequence.given) { right(sequence) } }
    },
    HandinPart(
      "transition_counts", "∂ log p(x)/∂ log transition_ij = Σ_t p(z_t = i, z_{t+1} = j | x).",
      given: HiddenMarkovSequence.arguments,
      returns: .matrix("as the transitions; all zero where T = 1"), \.transition
    ) { program, right in
      { sequence in program.matrix(sequence.given) { right(sequence) } }
    },
    HandinPart(
      "emission_counts", "∂ log p(x)/∂ log emission_kv = Σ_{t: x_t = v} p(z_t = k | x).",
      given: HiddenMarkovSequence.arguments, returns: .matrix("as the emissions"), \.emission
    ) { program, right in
      { sequence in program.matrix(sequence.given) { right(sequence) } }
    })
}
