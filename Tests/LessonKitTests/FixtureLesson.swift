import LessonKit
import Probability
import Verification

/// A lesson small enough to be known by heart: half of a number, right and wrong.
enum Fixture {
  static let lesson = Lesson(
    id: "07-halves", title: "Halves", summary: "what half of a number is",
    blocks: [
      .heading("Half"),
      .prose("Half of x is what is left\nwhen half is taken away.\n\n    h(x) = x / 2"),
      .exercise(exercise),
      .table { context in
        Table(
          title: "Halves", columns: ["of", "half"],
          rows: [
            ["one", .exact(0.5)], ["ten", .exact(5)], ["seed", .exact(Double(context.seed) / 2)],
          ])
      },
      .picture { _ in Drawing.sparkline("Halves of 1, 2, 3", [0.5, 1, 1.5], caption: "Up.") },
    ],
    errata: [
      ErratumCase("E-012", model: "x = 3") {
        ErratumCase.Comparison(printed: 2, corrected: 1.5, independent: 1.5)
      }
    ])

  static let checks: [Check<Half, Double>] = [
    Check("twice", "h(x) + h(x) = x", because: "two halves make a whole", claims: ["A-001"]) {
      .equal($0.half($1) * 2, $1)
    },
    Check("less", "h(x) ≤ x", because: "x is positive", claims: ["A-002", "A-003"]) {
      .atMost($0.half($1), $1, gap: $1 / 2)
    },
    Check("of-two", "h(2) = 1", because: "counted on fingers") { half, _ in
      .equal(half.half(2), 1.0)
    },
  ]

  /// A number between 1 and 3, never a whole one.
  static func exercise(_ answer: Half, mistakes: [Mistake<Half>] = []) -> Exercise<Half, Double> {
    Exercise(
      id: "half", title: "Half of it", task: "Write `half`.",
      hints: ["Divide.", "By two.", "x / 2"],
      example: 1.5, draw: { cases in Double(try cases.integer(3...9)) / 2 + 0.25 },
      checks: checks, answer: answer, mistakes: mistakes)
  }

  static let exercise: Exercise<Half, Double> = exercise(
    Half { $0 / 2 },
    mistakes: [
      Mistake("square-root", "takes the root", source: "E-999", \.half) { $0.squareRoot() },
      Mistake("minus-one", "takes one away", \.half) { $0 - 1 },
      Mistake("always-one", "is one", \.half) { _ in .nan },
    ])
}

struct Half: Sendable {
  var half: @Sendable (Double) -> Double
}
