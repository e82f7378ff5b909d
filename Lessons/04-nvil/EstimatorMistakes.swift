public import Approximate
import LessonKit
import Probability

/// The mistakes of this lesson that can stand in the place of an estimator of the library, in the
/// order of the exercises.
public let estimatorMistakes: [EstimatorMistake] =
  ScoreFunctionExercise.mistakes.map { wrongScoreFunction($0) }
  + RunningBaselineExercise.mistakes.map { wrongRunningMean($0) }
  + LeaveOneOutExercise.mistakes.map { wrongLeaveOneOut($0) }

private func wrongScoreFunction(
  _ mistake: Mistake<ScoreFunctionExercise.Parts>
) -> EstimatorMistake {
  let wrong = mistake.subject(from: ScoreFunctionExercise.answer)
  return EstimatorMistake(
    mistake.name, inPlaceOf: [.scoreFunction, .constantBaseline, .optimalConstantBaseline]
  ) { setting in
    EstimatorProgram { mean, samples, choices in
      let problem = ScoreFunctionProblem(
        model: setting.model, prior: setting.prior, q: mean.law, baselines: setting.constants)
      return try wrong.estimate(problem, samples, &choices)
    }
  }
}

/// A memory that holds the constant, of which a step keeps nine tenths.
private func wrongRunningMean(
  _ mistake: Mistake<RunningBaselineExercise.Parts>
) -> EstimatorMistake {
  let wrong = mistake.subject(from: RunningBaselineExercise.answer)
  return EstimatorMistake(mistake.name, inPlaceOf: [.constantBaseline]) { setting in
    let baseline = Remembering(decay: 0.9, step: wrong.step, memory: setting.constants.first)
    return EstimatorProgram { mean, samples, choices in
      try mean.gradient(by: ScoreFunction(baseline), samples: samples, &choices)
    }
  }
}

private func wrongLeaveOneOut(
  _ mistake: Mistake<LeaveOneOutExercise.Parts>
) -> EstimatorMistake {
  let wrong = mistake.subject(from: LeaveOneOutExercise.answer)
  return EstimatorMistake(mistake.name, inPlaceOf: [.leaveOneOut]) { _ in
    EstimatorProgram { mean, samples, choices in
      try wrong.gradient(of: mean, samples: samples, &choices)
    }
  }
}

extension LeaveOneOutExercise.Parts {
  /// One step of the estimator that trains, with these baselines.
  fileprivate func gradient(
    of mean: ExpectedValue<BernoulliFactors>, samples: Int, _ choices: inout Exhaustive
  ) throws -> [Double] {
    func step(_ baseline: some Baseline) throws -> [Double] {
      try mean.gradient(by: ScoreFunction(baseline), samples: samples, &choices)
    }
    return try step(baseline)
  }
}
