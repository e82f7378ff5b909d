import Approximate
import LessonKit
import Probability

extension Page {
  /// The score-function estimator, its answer, and the ways to get it wrong.
  static let scoreFunction: Exercise<any ScoreFunctionForm, ScoreFunctionProblem> = Exercise(
    .scoreFunction, answer: LibraryScoreFunction(), mistakes: scoreFunctionMistakes)
}

/// The library's estimator with a constant a component.
struct LibraryScoreFunction: ScoreFunctionForm {
  func estimate<Choices: DiscreteChoices>(
    _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var estimator = ComponentBaselines(problem.baselines)
    return try estimator.estimate(
      BernoulliBound(problem.model, q: problem.q), samples: samples, &choices)
  }
}
