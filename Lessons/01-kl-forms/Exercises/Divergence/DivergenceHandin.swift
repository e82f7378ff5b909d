import JSONText
import LessonKit

extension DivergenceExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 1,
    debrief: """
      The first argument chooses where one looks: what q never visits costs nothing, whatever p \
      thinks of it. That is why the two directions fit such different approximations to the same \
      posterior.
      """,
    HandinPart(
      "divergence", "KL(q‖p) = Σ_z q(z) log(q(z)/p(z)), over the states with q(z) > 0.",
      given: pair, returns: .number("KL(q‖p)"), \.kullbackLeibler
    ) { program, right in
      { q, p in program.number(given(q, p)) { right(q, p) } }
    },
    HandinPart(
      "terms", "q(z) log(q(z)/p(z)) − q(z) + p(z), state by state.",
      given: pair, returns: .numbers("one number a state, none of them negative"), \.terms
    ) { program, right in
      { q, p in program.numbers(given(q, p)) { right(q, p) } }
    })

  private static let pair: [HandinArgument] = [
    .numbers("q", "q(z), one number a state; some may be 0"),
    .numbers("p", "p(z), in the same order, all positive"),
  ]

  private static func given(_ q: [Double], _ p: [Double]) -> JSON {
    ["q": .given(q), "p": .given(p)]
  }
}
