import JSONText
import LessonKit

extension JensenExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 1,
    debrief: """
      The gap is a divergence, KL(w‖w′) with w′_i = w_i X_i / E[X]: it is zero where the values are all the same, \
      and no change of their unit moves it. For X = p(x, z)/q(z) it is the distance of \
      q from the posterior.
      """,
    HandinPart(
      "mean", "E[X] = Σ_i w_i X_i.", given: law, returns: .number("E[X]"), \.mean
    ) { program, right in
      { values, weights in program.number(given(values, weights)) { right(values, weights) } }
    },
    HandinPart(
      "gap", "log E[X] − E[log X], over the values with w_i > 0.", given: law,
      returns: .number("the gap"), \.gap
    ) { program, right in
      { values, weights in program.number(given(values, weights)) { right(values, weights) } }
    })

  private static let law: [HandinArgument] = [
    .numbers("values", "X_i, positive"),
    .numbers("weights", "w_i, the probability of each value; some may be 0"),
  ]

  private static func given(_ values: [Double], _ weights: [Double]) -> JSON {
    ["values": .given(values), "weights": .given(weights)]
  }
}
