import JSONText
import LessonKit
import Probability

extension FactorisedDivergenceExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 1,
    debrief: """
      2^D terms have become D, because both distributions are products over the same bits. The mean over the bits, \
      which loss functions like to take, is no divergence: it is D times too small beside \
      a log-likelihood that was summed.
      """,
    HandinPart(
      "log_ratio", "log q(z) − log p(z) of one state, as a sum over bits.",
      given: [.numbers("z", "z_i, zeros and ones")] + bits, returns: .number("the difference"),
      \.logRatio
    ) { program, right in
      { z, q, p in
        program.number([
          "z": .given(z), "q": .given(q.probabilities), "p": .given(p.probabilities),
        ]) { right(z, q, p) }
      }
    },
    HandinPart(
      "divergence", "KL(q‖p), without visiting the 2^D states.", given: bits,
      returns: .number("KL(q‖p)"), \.kullbackLeibler
    ) { program, right in
      { q, p in
        program.number(["q": .given(q.probabilities), "p": .given(p.probabilities)]) { right(q, p) }
      }
    })

  private static let bits: [HandinArgument] = [
    .numbers("q", "b_i = q(z_i = 1), independent bits"),
    .numbers("p", "a_i = p(z_i = 1), independent bits"),
  ]
}
