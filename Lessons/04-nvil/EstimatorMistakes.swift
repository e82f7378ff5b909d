public import Approximate
import LessonKit
import Probability

/// The mistakes of this lesson that can stand in the place of an estimator of the library, in the
/// order of the exercises.
public let estimatorMistakes: [EstimatorMistake] = Page.estimatorMistakes

extension Page {
  static let estimatorMistakes: [EstimatorMistake] =
    scoreFunctionMistakes.map { wrongScoreFunction($0) }
    + runningBaselineMistakes.map { wrongRunningMean($0) }
    + leaveOneOutMistakes.map { wrongLeaveOneOut($0) }

  private static func wrongScoreFunction(
    _ mistake: Mistake<any ScoreFunctionForm>
  ) -> EstimatorMistake {
    let form = mistake.subject(from: LibraryScoreFunction())
    return EstimatorMistake(
      mistake.name, inPlaceOf: [.scoreFunction, .constantBaseline, .optimalConstantBaseline]
    ) { setting in
      { mean, samples, choices in
        let problem = ScoreFunctionProblem(
          model: setting.model, prior: setting.prior, q: mean.law, baselines: setting.constants)
        return try form.estimate(problem, samples: samples, &choices)
      }
    }
  }

  /// A memory that holds the constant, of which a step keeps nine tenths.
  private static func wrongRunningMean(
    _ mistake: Mistake<any RunningBaselineForm>
  ) -> EstimatorMistake {
    let form = mistake.subject(from: LibraryRunningMean())
    return EstimatorMistake(mistake.name, inPlaceOf: [.constantBaseline]) { setting in
      { mean, samples, choices in
        let draws = try mean.draws(samples, &choices)
        let signals = draws.map(mean.signal)
        let step = form.step(memory: setting.constants.first, decay: 0.9, signals: signals)
        return mean.law.averagedScore(of: draws) { s, _ in signals[s] - step.baseline }
      }
    }
  }

  private static func wrongLeaveOneOut(
    _ mistake: Mistake<any LeaveOneOutForm>
  ) -> EstimatorMistake {
    let form = mistake.subject(from: LibraryLeaveOneOut())
    return EstimatorMistake(mistake.name, inPlaceOf: [.leaveOneOut]) { _ in
      { mean, samples, choices in
        let draws = try mean.draws(samples, &choices)
        let signals = draws.map(mean.signal)
        let baselines = form.baselines(signals)
        return mean.law.averagedScore(of: draws) { s, _ in signals[s] - baselines[s] }
      }
    }
  }
}
