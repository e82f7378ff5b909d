import JSONText
import LessonKit
import Probability

extension MetropolisExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      The rule looks at a ratio and at nothing else, so that π need not be normalised. A proposal that is \
      rejected is not lost: it is the chain staying where it is, and its weight in every average.
      """,
    HandinPart(
      "acceptance", "A_ij, the probability with which a proposal j is accepted from i.",
      given: model + [.integer("from", "i, from 0"), .integer("to", "j, from 0")],
      returns: .number("A_ij; 0 where j is never proposed"), \.acceptance
    ) { program, right in
      { problem, i, j in
        program.number(.object(given(problem) + [("from", .given(i)), ("to", .given(j))])) {
          right(problem, i, j)
        }
      }
    },
    HandinPart(
      "next", "The state after one step of the chain.",
      given: model + [.integer("state", "the state before, from 0")],
      returns: .numbers("a list of one number, the next state, from 0").random, \.next
    ) { program, right in
      { problem, state, choices in
        let picked = try program.pick(
          .object(given(problem) + [("state", .given(state))]), among: 3, &choices
        ) { [try right(problem, state, &$0)] }
        return picked.first ?? state
      }
    })

  private static let model: [HandinArgument] = [
    .numbers("target", "g: π up to a factor"),
    .matrix("proposal", "Q, a row for each state that a proposal comes from"),
  ]

  private static func given(_ problem: MetropolisProblem) -> [(key: String, value: JSON)] {
    [("target", .given(problem.target)), ("proposal", .given(problem.proposal))]
  }
}
