import Exact
import LessonKit
import Models
import Networks

extension CertaintyDerivation {
  /// What noise costs, and the ways to get it wrong.
  static let derivation = Derivation<Parts, ControlProblem>(
    id: "certainty", title: "Noise costs, and changes no control", example: try .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      A constant is added, and it is not in our hands. What does it change? And what if nobody looks?
      """)

  static let answer = Parts(
    push: { $0.times($1).diagonal().array.reduce(0, +) },
    value: { system, start, noise in
      try RiccatiRecursion(of: system, steps: ControlProblem.steps).value(from: start, noise: noise)
    },
    gains: { system, _ in try RiccatiRecursion(of: system, steps: ControlProblem.steps).gains })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("diagonal-alone", "Σ_i P_ii W_ii: forgets that a push moves both numbers", \.push) {
      cost, noise in
      zip(cost.diagonal().array, noise.diagonal().array).reduce(0) { $0 + $1.0 * $1.1 }
    },
    Mistake("counts-the-noise", "tr W, whatever a push costs", \.push) { _, noise in
      noise.diagonal().array.reduce(0, +)
    },
    Mistake("without-noise", "the value of a world without pushes", \.value) { system, start, _ in
      try answer.value(system, start, Matrix(zeros: 2, 2))
    },
    Mistake("pays-for-the-start", "P_0 to P_3 in the place of P_1 to P_4", \.value) {
      system, start, noise in
      let best = try RiccatiRecursion(of: system, steps: ControlProblem.steps)
      return best.value(from: start)
        + best.costsToGo.dropLast().reduce(0) { $0 + answer.push($1, noise) }
    },
    Mistake("grows-careful", "adds the noise to R: noise makes the controls smaller", \.gains) {
      system, noise in
      let careful = try LinearQuadratic(
        dynamics: system.dynamics, input: system.input, stateCost: system.stateCost,
        controlCost: system.controlCost + Matrix([[answer.push(system.finalCost, noise)]]),
        finalCost: system.finalCost)
      return try RiccatiRecursion(of: careful, steps: ControlProblem.steps).gains
    },
  ]
}
