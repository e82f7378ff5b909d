import Approximate
import GSL
import LessonKit
import Models
import Probability

extension KnownStatesDerivation {
  /// The derivation, the library's code in it, and the ways to get it wrong.
  static let derivation = Derivation<Parts, SwitchProblem>(
    id: "known-states",
    title: "States that are taken as known",
    example: try .leaning(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      known: { try bound($0, takingStatesAsKnown: true) },
      averaged: { try bound($0, takingStatesAsKnown: false) }),
    mistakes: mistakes)

  private static func bound(_ problem: SwitchProblem, takingStatesAsKnown: Bool) throws -> Double {
    try SwitchingExercise.ascent(problem).sweep(
      from: SwitchingExercise.start(problem), takingStatesAsKnown: takingStatesAsKnown
    ).afterTrajectories.value
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "reports-its-own-objective",
      "puts the known states into the bound as well: E log p at r̂, and no entropy of r",
      source: "hard EM, whose objective rises while the ELBO may fall", \.known,
      { problem in
        let ascent = try SwitchingExercise.ascent(problem)
        let sure = SwitchingExercise.start(problem).mostProbable
        return ascent.elbo(of: try ascent.trajectories(given: sure), sure).value
      }),
    Mistake(
      "least-probable", "takes the least probable state that is possible at each step", \.known,
      { problem in
        let ascent = try SwitchingExercise.ascent(problem)
        let worst = SwitchFactor(
          independent: problem.start.map { row in surest(row.map { $0 > 0 ? -$0 : -.infinity }) })
        return ascent.elbo(
          of: try ascent.trajectories(given: worst), SwitchingExercise.start(problem)
        ).value
      }),
    Mistake(
      "sharpens", "averages over q(r) squared and normalised, halfway to known states", \.averaged,
      { problem in
        let ascent = try SwitchingExercise.ascent(problem)
        let sharp = problem.start.map { row in
          let whole = row.reduce(0) { $0 + $1 * $1 }
          return row.map { $0 * $0 / whole }
        }
        return ascent.elbo(
          of: try ascent.trajectories(given: SwitchFactor(independent: sharp)),
          SwitchingExercise.start(problem)
        ).value
      }),
    Mistake(
      "counts-the-chain-twice", "takes KL(q(r)‖p(r)) off the bound twice", \.averaged,
      from: { right in
        { problem in
          try right(problem)
            - SwitchingExercise.start(problem).divergence(from: problem.sequence.system)
        }
      }),
  ]
}

extension SwitchProblem {
  /// Four steps with a q(r) that leans the right way.
  static func leaning() throws -> SwitchProblem {
    try fourSteps().starting(at: [[0.4, 0.6], [0.3, 0.7], [0.1, 0.9], [0.2, 0.8]])
  }
}
