import JSONText
import LessonKit
import Probability

extension SumAndSampleExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      What can be summed need not be drawn, and the sum costs no bias whatever is in it. Which states are summed only \
      decides what is left: q(R)² times the spread among the others. The most probable states make the first factor small.
      """,
    HandinPart(
      "estimate",
      "Σ over A of q(z) (f(z) − c) s(z), and one draw of the other states that stands for all of them; A holds the "
        + "`count` most probable states, s_k(z) = [z = k] − q(k).",
      given: [
        .numbers("q", "q(z) of each state"), .numbers("values", "f(z)"),
        .integer("count", "how many states are summed"), .number("baseline", "c"),
      ],
      returns: .numbers("one number a state").random, \.estimate
    ) { program, right in
      { problem, choices in
        let given: JSON = [
          "q": .given(problem.q), "values": .given(problem.values), "count": .given(problem.count),
          "baseline": .given(problem.baseline),
        ]
        return try program.draw(given, &choices) { try right(problem, &$0) }
      }
    })
}
