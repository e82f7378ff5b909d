import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

extension RiccatiExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, ControlProblem>(
    id: "riccati", title: "From the last step backwards",
    task: """
      Write `gain`, K_t from P_{t+1}; `cost_to_go`, P_t from P_{t+1} and K_t; and `gains`, the gains of a task of T steps in the \
      order in which they are played.
      """,
    hints: [
      "Put x_{t+1} = A x + B u into R u² + x_{t+1}ᵀ P_{t+1} x_{t+1} and set the slope in u to zero.",
      "What is left is Q, and A from the left with A − B K from the right.",
      "The first gain that you compute is the last one that is played.",
    ],
    example: try .example, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      Two routes, one number. They agree in every control too, and that says what any other plan costs:
      """)

  static let answer = Parts(
    gain: { try RiccatiRecursion.gain(of: $0, next: $1).array },
    costToGo: { RiccatiRecursion.costToGo(of: $0, next: $1, gain: Matrix([$2])) },
    gains: { try RiccatiRecursion(of: $0, steps: $1).gains.map(\.array) })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("control-is-free", "forgets R: Bᵀ P A over Bᵀ P B", \.gain) { system, next in
      let turned = next.times(system.input.column(0))
      let weight = turned.dot(system.input.column(0))
      return system.dynamics.transposedTimes(turned).array.map { $0 / weight }
    },
    Mistake("turns-a", "Aᵀ in the place of A: Bᵀ P Aᵀ", \.gain) { system, next in
      let turned = next.times(system.input.column(0))
      let weight = system.controlCost[0, 0] + turned.dot(system.input.column(0))
      return system.dynamics.times(turned).array.map { $0 / weight }
    },
    Mistake(
      "does-not-turn", "A in the place of Aᵀ: Q + A P (A − B K)", \.costToGo
    ) { system, next, gain in
      let steered = system.dynamics - system.input.times(Matrix([gain]))
      return system.stateCost + system.dynamics.times(next).times(steered)
    },
    Mistake(
      "control-costs-nothing-later", "Q + (A − B K)ᵀ P (A − B K): leaves out Kᵀ R K", \.costToGo
    ) { system, next, gain in
      let steered = system.dynamics - system.input.times(Matrix([gain]))
      return system.stateCost + steered.transposed().times(next).times(steered)
    },
    Mistake(
      "forgets-the-stage", "leaves out Q: only the end costs", \.costToGo
    ) { system, next, gain in
      try answer.costToGo(system, next, gain) - system.stateCost
    },
    Mistake("from-the-end", "in the order in which they were computed", \.gains) { system, steps in
      Array(try answer.gains(system, steps).reversed())
    },
    Mistake("one-step-late", "K_{t+1} is played at t", \.gains) { system, steps in
      let gains = try answer.gains(system, steps)
      return Array(gains.dropFirst()) + gains.suffix(1)
    },
    Mistake("one-step-too-many", "begins with Q, the cost of one more step", \.gains) {
      system, steps in
      Array(try answer.gains(system, steps + 1).prefix(steps))
    },
    Mistake(
      "as-if-for-ever", "the gain of a task without end, until the end", \.gains
    ) { system, steps in
      let gain = try answer.gains(system, 200)[0]
      return [[Double]](repeating: gain, count: steps)
    },
  ]
}
