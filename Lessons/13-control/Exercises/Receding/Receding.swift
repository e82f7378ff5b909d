import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension RecedingExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, ControlProblem>(
    id: "receding", title: "Plan, play one, look, plan again",
    task: """
      Write `plan`, the best controls of some steps from a state; and `play`, which controls are played where the world pushes, with a \
      plan of H steps at each step, or of as many as are left.
      """,
    hints: [
      "J is a quadratic function of the list of controls: write x_t as what happens anyway plus what each control adds.",
      "The last state of each plan costs F, also where the task goes on.",
      "w_t moves the state after u_t was played.",
    ],
    example: try .example, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      Without pushes a new plan is the rest of the old one. Pushes make the difference, and so does a \
      horizon that is shorter than the task:
      """)

  static let answer = Parts(
    plan: { system, state, steps in
      try RecedingHorizon(model: system, horizon: steps).plan(from: Vector(state), steps: steps)
        .flatMap(\.array)
    },
    play: { system, start, horizon, pushes in
      try RecedingHorizon(model: system, horizon: horizon)
        .play(from: Vector(start), pushes: pushes.map { Vector($0) }).flatMap(\.array)
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("end-as-any-other", "Q for the last state of a plan, not F", \.plan) {
      system, state, steps in
      try answer.plan(try ending(system, system.stateCost), state, steps)
    },
    Mistake("forgets-the-end", "the last state of a plan costs nothing", \.plan) {
      system, state, steps in
      try answer.plan(try ending(system, Matrix(zeros: 2, 2)), state, steps)
    },
    Mistake("pays-once", "the cost of the states, and R for the first control only", \.plan) {
      system, state, steps in
      let first = try answer.plan(system, state, steps)[0]
      let moved = system.next(Vector(state), Vector(first))
      let cheap = try LinearQuadratic(
        dynamics: system.dynamics, input: system.input, stateCost: system.stateCost,
        controlCost: 1e-6 * system.controlCost, finalCost: system.finalCost)
      return steps > 1 ? [first] + (try answer.plan(cheap, moved.array, steps - 1)) : [first]
    },
    Mistake(
      "plays-it-out", "plays a whole plan before the next one is made", \.play
    ) { system, start, horizon, pushes in
      try stroll(system, start, pushes) { state, t, plan in
        if plan.isEmpty { plan = try answer.plan(system, state, min(horizon, pushes.count - t)) }
        return plan.removeFirst()
      }
    },
    Mistake(
      "never-looks", "plans all at the start, in a world without pushes", \.play
    ) { system, start, horizon, pushes in
      try answer.play(system, start, horizon, pushes.map { $0.map { _ in 0 } })
    },
    Mistake(
      "one-look-late", "plans from the state before this one", \.play
    ) { system, start, horizon, pushes in
      var before = start
      return try stroll(system, start, pushes) { state, t, _ in
        let control = try answer.plan(system, before, min(horizon, pushes.count - t))[0]
        before = state
        return control
      }
    },
    Mistake(
      "plays-the-last", "the last control of each plan", \.play
    ) { system, start, horizon, pushes in
      try stroll(system, start, pushes) { state, t, _ in
        try answer.plan(system, state, min(horizon, pushes.count - t)).last ?? 0
      }
    },
    Mistake(
      "looks-past-the-end", "plans H steps where fewer are left", \.play
    ) { system, start, horizon, pushes in
      try stroll(system, start, pushes) { state, _, _ in
        try answer.plan(system, state, horizon)[0]
      }
    },
    Mistake(
      "knows-the-push", "plans from where the push of this step will have led", \.play
    ) { system, start, horizon, pushes in
      try stroll(system, start, pushes) { state, t, _ in
        let ahead = zip(state, pushes[t]).map { $0 + $1 }
        return try answer.plan(system, ahead, min(horizon, pushes.count - t))[0]
      }
    },
  ]

  /// A walk through the world, by somebody's rule; the rule may keep a plan.
  private static func stroll(
    _ system: LinearQuadratic, _ start: [Double], _ pushes: [[Double]],
    _ rule: (_ state: [Double], _ step: Int, _ plan: inout [Double]) throws -> Double
  ) throws -> [Double] {
    var (state, plan, controls) = (Vector(start), [Double](), [Double]())
    for (t, push) in pushes.enumerated() {
      controls.append(try rule(state.array, t, &plan))
      state = system.next(state, Vector(controls[t])) + Vector(push)
    }
    return controls
  }

  private static func ending(_ system: LinearQuadratic, _ cost: Matrix) throws -> LinearQuadratic {
    try LinearQuadratic(
      dynamics: system.dynamics, input: system.input, stateCost: system.stateCost,
      controlCost: system.controlCost, finalCost: cost)
  }
}
