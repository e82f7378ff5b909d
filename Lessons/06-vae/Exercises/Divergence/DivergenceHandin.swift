import JSONText
import LessonKit

extension DivergenceExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 1,
    debrief: """
      A sum over latents, not a mean: dividing by their number weighs the divergence against the likelihood as if \
      each had its own prior in part. The difference trains without complaint, which is why \
      three published programs had it.
      """,
    HandinPart(
      "divergence", "KL(q‖N(0, I)) of independent Gaussian codes.",
      given: [.numbers("means", "m_i"), .numbers("log_sds", "s_i = log σ_i")],
      returns: .number("the divergence, in nats"), \.divergence
    ) { program, right in
      { means, logSds in
        program.number(["means": .given(means), "log_sds": .given(logSds)]) {
          right(means, logSds)
        }
      }
    })
}
