import Approximate
import GSL
import LessonKit
import Models
import Networks

extension IdentificationDerivation {
  /// How many steps are enough, and the ways to get it wrong.
  static let derivation = Derivation<Parts, ControlProblem>(
    id: "identification", title: "How much must have been seen", example: try .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      Three independent steps are enough. Fewer are not, and many may not be:
      """)

  static let answer = Parts(
    fit: { try fitted($0) },
    rival: { system, steps in try moved(system, along: unseen(steps)) },
    rank: { steps in
      try SingularParts(of: Matrix(steps.map { $0.state.array + $0.control.array })).rank
    },
    draws: { things in
      Double(things) * (1...max(1, things)).reduce(0.0) { $0 + 1 / Double($1) }
    })

  private static func fitted(_ steps: [Step]) throws -> [[Double]] {
    let fit = try LinearIdentification(fitting: steps)
    return (0..<fit.dynamics.rows).map { fit.dynamics.row($0).array + fit.input.row($0).array }
  }

  /// The direction of (x, u) that two steps leave out, of length one.
  private static func unseen(_ steps: [Step]) -> [Double] {
    let (a, b) = (
      steps[0].state.array + steps[0].control.array, steps[1].state.array + steps[1].control.array
    )
    let cross = [
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0],
    ]
    let length = cross.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return cross.map { $0 / length }
  }

  private static func moved(
    _ system: LinearQuadratic, along direction: [Double]
  ) throws -> LinearQuadratic {
    let (d, i) = (system.dynamics, system.input)
    return try LinearQuadratic(
      dynamics: [
        [d[0, 0] + direction[0], d[0, 1] + direction[1]], [d[1, 0], d[1, 1]],
      ], input: [[i[0, 0] + direction[2]], [i[1, 0]]], stateCost: system.stateCost,
      controlCost: system.controlCost, finalCost: system.finalCost)
  }

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-the-control", "fits x′ ≈ A x and then what is left by B u", \.fit
    ) { steps in
      let still = try LinearIdentification(
        fitting: steps.map { ($0.state, Vector(zeros: 0), $0.next) })
      return (0..<2).map { row in
        let (push, left) = steps.reduce((0.0, 0.0)) { sums, step in
          let rest = step.next[row] - still.dynamics.row(row).dot(step.state)
          return (sums.0 + step.control[0] * step.control[0], sums.1 + step.control[0] * rest)
        }
        return still.dynamics.row(row).array + [left / push]
      }
    },
    Mistake("backwards", "says what came before, not what comes next", \.fit) { steps in
      try fitted(steps.map { ($0.next, $0.control, $0.state) })
    },
    Mistake(
      "looks-where-it-looked", "another system along a direction that was seen", \.rival
    ) { system, steps in
      let seen = steps[0].state.array + steps[0].control.array
      let length = seen.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return try moved(system, along: seen.map { $0 / length })
    },
    Mistake("the-same-again", "the system itself for its rival", \.rival) { system, _ in system },
    Mistake("counts-steps", "the number of steps, at most n + m, for their rank", \.rank) {
      min($0.count, 3)
    },
    Mistake("once-each", "n draws for n things", \.draws) { Double($0) },
  ]
}
