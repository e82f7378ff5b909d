import Approximate
import LessonKit
import Models
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
    try ExpectedValue.elbo(of: problem.model, under: problem.q)
      .gradient(by: ScoreFunction(PerComponent(problem.baselines)), samples: samples, &choices)
  }
}
