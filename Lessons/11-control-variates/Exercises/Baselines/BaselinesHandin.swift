import JSONText
import LessonKit
import Models
import Probability

extension BaselinesExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      Both numbers are means of f, weighed by squares of scores: for a single bit that is the mean with the two weights \
      exchanged. They need sums over every state, so nobody trains with them; they say what is left to gain.
      """,
    HandinPart(
      "constant", "c̄, the constant of least variance for all components together.",
      given: table, returns: .number("c̄"), \.constant
    ) { program, right in
      { problem in program.number(given(problem)) { right(problem) } }
    },
    HandinPart(
      "constants", "c_d, the constant of least variance for each component.", given: table,
      returns: .numbers("one number a component"), \.constants
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        return program.numbers(given(problem)) { wanted }
      }
    })

  private static let table: [HandinArgument] = [
    .numbers("probabilities", "q(z) of each state"), .numbers("signals", "f(z)"),
    .matrix("scores", "s(z), a row for each state"),
  ]

  private static func given(_ problem: DiscreteProblem) -> JSON {
    [
      "probabilities": .given(problem.law.probabilities), "signals": .given(problem.signals),
      "scores": .given(problem.law.scores),
    ]
  }
}
