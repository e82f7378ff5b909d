import JSONText
import LessonKit
import Models
import Networks

extension RiccatiExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      Two lines of algebra, T times, and the best controls are known for every state that may come. That is more than a plan: it says what to \
      do after a push, too.
      """,
    HandinPart(
      "gain", "K_t, from P_{t+1}.",
      given: systemArguments + [.matrix("next", "P_{t+1}")], returns: .numbers("a row"), \.gain
    ) { program, right in
      { system, next in
        let answer = try right(system, next)
        return program.numbers(given(system, [("next", .given(lists(next)))])) { answer }
      }
    },
    HandinPart(
      "cost_to_go", "P_t, from P_{t+1} and K_t.",
      given: systemArguments + [.matrix("next", "P_{t+1}"), .numbers("gain", "K_t")],
      returns: .matrix("P_t"), \.costToGo
    ) { program, right in
      { system, next, gain in
        let answer = try right(system, next, gain)
        return Matrix(
          program.matrix(
            given(system, [("next", .given(lists(next))), ("gain", .given(gain))])
          ) { lists(answer) })
      }
    },
    HandinPart(
      "gains", "K_0 to K_{T−1}, as they are played.",
      given: systemArguments + [.matrix("f", "F"), .integer("steps", "T")],
      returns: .matrix("a row for each step"), \.gains
    ) { program, right in
      { system, steps in
        let answer = try right(system, steps)
        return program.matrix(
          given(
            system, [("f", .given(lists(system.finalCost))), ("steps", .given(steps))])
        ) { answer }
      }
    })
}

/// What every function is told of the system.
let systemArguments: [HandinArgument] = [
  .matrix("a", "A"), .numbers("b", "B, one control"), .matrix("q", "Q"), .number("r", "R"),
]

/// A system as plain data, with what else is given.
func given(_ system: LinearQuadratic, _ more: [(key: String, value: JSON)]) -> JSON {
  .object(
    [
      ("a", .given(lists(system.dynamics))), ("b", .given(system.input.column(0).array)),
      ("q", .given(lists(system.stateCost))), ("r", .given(system.controlCost[0, 0])),
    ] + more)
}

/// The rows of a matrix.
func lists(_ matrix: Matrix) -> [[Double]] { (0..<matrix.rows).map { matrix.row($0).array } }
