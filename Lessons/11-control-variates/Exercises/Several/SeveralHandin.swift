import JSONText
import LessonKit

extension SeveralExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      The baseline of draw k asks what the bound would have been with an average draw in its place. That needs no \
      more values of f than the bound itself. At K = 2 the mean of the other logarithms is the other logarithm.
      """,
    HandinPart(
      "terms", "L − L^(k) − v_k, what multiplies the score of each draw.",
      given: [.numbers("log_weights", "log w_k of K draws, K at least 2")],
      returns: .numbers("one number a draw"), \.terms
    ) { program, right in
      { logWeights in
        program.numbers(["log_weights": .given(logWeights)]) { right(logWeights) }
      }
    })
}
