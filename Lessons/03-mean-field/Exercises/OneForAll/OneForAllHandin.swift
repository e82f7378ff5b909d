import JSONText
import LessonKit

extension OneForAllExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      One q for all data is a geometric mean of the joints, and it pays E_x KL(q‖p(z|x)) for being the same \
      everywhere. A recognition network pays something between that and nothing: as much as \
      its outputs cannot follow the datum.
      """,
    HandinPart(
      "shared", "The one q(z) that maximises E_x[E_q log p(x, z) + H(q)].", given: arguments,
      returns: .numbers("one probability a state"), \.shared
    ) { program, right in
      { data in program.numbers(data.given) { right(data) } }
    },
    HandinPart(
      "own", "For each datum the q(z) that maximises its own bound, E_q log p(x_i, z) + H(q).",
      given: arguments, returns: .matrix("a list of probabilities a datum"), \.own
    ) { program, right in
      { data in program.matrix(data.given) { right(data) } }
    })

  private static let arguments: [HandinArgument] = [
    .matrix("log_joints", "log p(x_i, z), a row a datum i, a number a state z"),
    .numbers("weights", "the share of each datum; they sum to one"),
  ]
}

extension SeveralData {
  /// The data, for a program outside.
  fileprivate var given: JSON { ["log_joints": .given(logJoints), "weights": .given(weights)] }
}
