import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// What the numbers of the second half are.
enum SwitchingNumbers {
  static let all: PageNumbers = [
    "averaged-variance": { _ in
      ExactValue(try SwitchingExercise.answer.averaged(try .fourSteps(), [0.5, 0.5]).variance)
    },
    "evidence": { _ in try fourStepsEvidence() },
    "uniform-end": { _ in LowerBound(try end(.uniform)) },
    "uniform-gap": { _ in ExactValue(try fourStepsEvidence().value - end(.uniform)) },
    "wild-end": { _ in LowerBound(try end(.wild)) },
    "wild-gap": { _ in ExactValue(try fourStepsEvidence().value - end(.wild)) },
    "wild-posterior": { _ in
      ExactValue(
        SwitchingPosterior(of: try SwitchProblem.fourSteps().sequence).stateMarginals[3][1])
    },
    "known-first": { _ in
      LowerBound(try SwitchingStart.exact.run(1, takingStatesAsKnown: true).halves[0].0)
    },
    "averaged-first": { _ in LowerBound(try SwitchingStart.exact.run(1).halves[0].0) },
    "known-second": { _ in
      LowerBound(try SwitchingStart.exact.run(1, takingStatesAsKnown: true).halves[0].1)
    },
    "known-loss": { _ in
      let known = try SwitchingStart.exact.run(60, takingStatesAsKnown: true).elbos[59]
      return ExactValue(try end(.wild) - known)
    },
    "known-locked": { _ in
      LowerBound(try SwitchingStart.uniform.run(60, takingStatesAsKnown: true).elbos[59])
    },
    "whole": { _ in
      let problem = try DrawProblem.twoPoints()
      return ExactValue(try problem.marginals(problem.expectedLogs)[1][1])
    },
    "one-draw": { _ in
      let problem = try DrawProblem.twoPoints()
      return ExactValue(
        try problem.mean(draws: 1) { [try FromDrawsExercise.answer.switches(problem, $0)[1][1]] }[0]
      )
    },
    "network-evidence": { _ in exponential(NeuralProblem.twoSteps().logEvidence()) },
    "spikes-evidence": { _ in exponential(SpikeProblem.oneThenTwo().posterior.logEvidence) },
  ]

  /// The ELBO where sweeps from a start come to rest.
  private static func end(_ start: SwitchingStart) throws -> Double {
    try start.run(60).elbos[59]
  }

  /// e^value with the bound that follows.
  private static func exponential(_ logarithm: QuadratureValue) -> QuadratureValue {
    let value = exp(logarithm.value)
    return QuadratureValue(value, errorBound: value * expm1(logarithm.errorBound))
  }
}
