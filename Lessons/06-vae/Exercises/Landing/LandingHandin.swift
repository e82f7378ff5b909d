import JSONText
import LessonKit
import Models

extension LandingExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      Leaving out a term whose mean is zero is allowed, and here it takes the noise with it: the closer q comes to \
      the posterior, the quieter the gradient. Far from the posterior the term that was left \
      out may have been the calmer one; neither estimate wins everywhere.
      """,
    HandinPart(
      "terms",
      "The derivatives by m and by s of f(z) = log p(x, z) − log q(z) through z = m + σ ε alone: the m and s "
        + "inside log q(z) count as constants.",
      given: LinearGaussian.arguments, returns: .numbers("the derivatives by m and by s"),
      \.terms
    ) { program, right in
      { model, code, noise in
        program.numbers(model.given(code, noise)) { right(model, code, noise) }
      }
    })
}
