public import LessonKit
import Probability
import Verification

/// A lesson small enough to be known by heart: half of a number, right and wrong.
enum Fixture {
  static let lesson = Lesson(
    id: "07-halves", title: "Halves", summary: "what half of a number is",
    frame: Frame(needs: ["counting"], gives: ["halve a number"], minutes: 2),
    sections: [
      Section(
        "halving", "Half", introduces: [Symbol("h(x)", "half of x"), Symbol("x", "a number")],
        .prose("Half of x is what is left\nwhen half is taken away.\n\n    h(x) = x / 2"),
        .exercise(exercise)),
      Section(
        "tables", "Halves of halves",
        .prose("Half of three is {half-of-three:+.2}."),
        .code("half"),
        .table { context in
          Table(
            title: "Halves", columns: ["of", "half"],
            rows: [
              ["one", .exact(0.5)], ["ten", .exact(5)], ["seed", .exact(Double(context.seed) / 2)],
            ])
        },
        .picture { _ in Drawing.sparkline("Halves of 1, 2, 3", [0.5, 1, 1.5], caption: "Up.") },
        .experiment("halve")),
    ],
    practice: Practice(
      questions: [.init("What is half of 4?", answer: "2: two twos are four.")],
      suggestions: [.init("Halve something.", call: "lessons try 07/halve")], homework: "half"),
    errata: [
      ErratumCase("E-012", model: "x = 3") {
        ErratumCase.Comparison(printed: 2, corrected: 1.5, independent: 1.5)
      }
    ],
    reading: [("Euclid", "Elements, book VII")], experiments: [experiment],
    numbers: ["half-of-three": { _ in ExactValue(1.5) }],
    listings: [
      "half": Listing(file: "Half.swift", text: "func half(_ x: Double) -> Double {\n  x / 2\n}"),
      "minus-one": Listing(
        file: "Half.swift", text: "func half(_ x: Double) -> Double {\n  x - 1\n}"),
    ])

  static let experiment = Experiment(
    id: "halve", title: "Halving", prompt: "Halve a number.", givens: [Given("y", 4)],
    controls: [
      .init("x", "x", from: 0, to: 2, by: 0.5, at: 1),
      .init("p", "p", states: ["a", "b", "c"], by: 0.25, at: [0.5, 0.25, 0.25]),
      .init("how", "how", of: ["down", "up"]),
    ],
    marks: [("even", ["p": [0, 0.5, 0.5]])]
  ) { settings in
    .init([("half", ExactValue(settings["x"] / 2))])
  }

  static let checks: [Check<Half, Double>] = [
    Check(
      "twice", "h(x) + h(x) = x", because: "two halves make a whole", claims: ["A-001"], as: .step
    ) {
      .equal($0.half($1) * 2, $1)
    },
    Check(
      "less", "h(x) ≤ x", because: "x is positive", claims: ["A-002", "A-003"], as: .consequence
    ) {
      .atMost($0.half($1), $1, gap: $1 / 2)
    },
    Check("of-two", "h(2) = 1", because: "counted on fingers", changing: { _ in [Given("x", 2)] }) {
      half, _ in
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

extension Double: Shown {
  /// The number itself.
  public var givens: [Given] { [Given("x", self)] }
}

extension Lesson {
  /// A lesson of one section, for tests that are about a block.
  static func of(_ block: Block) -> Lesson {
    Lesson(
      id: "00-a", title: "", summary: "", frame: Frame(needs: [], gives: [], minutes: 1),
      sections: [Section("a", "", block)],
      practice: Practice(questions: [], suggestions: [], homework: ""))
  }
}
