import JSONText
import LessonKit
import Models
import Networks

extension RecedingExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      A planner with a short horizon makes plans that nobody carries out. What it does is a rule, not a plan, and the rule is what is \
      measured: over all pushes, against the best there is.
      """,
    HandinPart(
      "plan", "The best controls of so many steps.",
      given: systemArguments + [
        .matrix("f", "F"), .numbers("state", "x"), .integer("steps", "how many, from 1"),
      ], returns: .numbers("a control a step"), \.plan
    ) { program, right in
      { system, state, steps in
        let answer = try right(system, state, steps)
        return program.numbers(
          given(
            system,
            [
              ("f", .given(lists(system.finalCost))), ("state", .given(state)),
              ("steps", .given(steps)),
            ])
        ) { answer }
      }
    },
    HandinPart(
      "play", "The controls that are played: x_{t+1} = A x_t + B u_t + w_t.",
      given: systemArguments + [
        .matrix("f", "F"), .numbers("start", "x_0"), .integer("horizon", "H"),
        .matrix("pushes", "w_t, a row a step; T of them"),
      ], returns: .numbers("a control a step"), \.play
    ) { program, right in
      { system, start, horizon, pushes in
        let answer = try right(system, start, horizon, pushes)
        return program.numbers(
          given(
            system,
            [
              ("f", .given(lists(system.finalCost))), ("start", .given(start)),
              ("horizon", .given(horizon)), ("pushes", .given(pushes)),
            ])
        ) { answer }
      }
    })
}
