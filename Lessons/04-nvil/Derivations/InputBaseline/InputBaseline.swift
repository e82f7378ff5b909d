import Approximate
import LessonKit
import Models
import Probability

extension InputBaselineDerivation {
  /// The baseline of the NVIL paper, a function of the document, and the ways to get it wrong.
  static let derivation = Derivation<Parts, InputBaselineProblem>(
    id: "input-baseline", title: "A baseline that reads the document",
    example: InputBaselineProblem(), draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes)

  private static let answer = Parts(
    secondStep: { problem, choices in
      var estimator = try problem.afterTheFirst(problem.baseline, &choices)
      return try estimator.estimate(problem.elbo(problem.second), samples: 1, &choices)
    },
    singleStep: { problem, choices in
      try problem.elbo(problem.first).gradient(by: ScoreFunction(problem.baseline), &choices)
    },
    learned: { problem, choices in
      try problem.afterTheFirst(problem.baseline, &choices).baseline.weights
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "learns-before-it-subtracts", "the regression takes in the sample first, then c(x) is used",
      source: "E-063; earcher/nvil_example", \.secondStep
    ) { problem, choices in
      var baseline = try problem.afterTheFirst(problem.baseline, &choices).baseline
      let bound = problem.elbo(problem.second)
      let draws = try bound.draws(1, &choices)
      baseline.take(in: draws.map(bound.signal))
      return bound.law.averagedScore(of: draws) { s, _ in bound.signal(draws[s]) - baseline.value }
    },
    Mistake("looks-at-the-sample", "z is among the features of the baseline", \.secondStep) {
      problem, choices in
      let bound = problem.elbo(problem.second)
      let draws = try bound.draws(1, &choices)
      return bound.law.averagedScore(of: draws) { s, _ in
        bound.signal(draws[s]) - draws[s][0] * problem.weights[1]
      }
    },
    Mistake(
      "forgets-the-bias-of-the-baseline", "c(x) = w₂ · length, without the constant feature",
      \.singleStep
    ) { problem, choices in
      var baseline = problem.baseline
      baseline.features[0] = 0
      return try problem.elbo(problem.first).gradient(by: ScoreFunction(baseline), &choices)
    },
    Mistake(
      "descends-on-the-fit", "w ← w − η (f − c) φ: the baseline runs away from the signal",
      source: "sign errors such as Pyro #1982", \.learned
    ) { problem, choices in
      let descending = OfInput(
        features: problem.features(problem.first), weights: problem.weights, rate: -problem.rate)
      return try problem.afterTheFirst(descending, &choices).baseline.weights
    },
  ]
}

extension InputBaselineProblem {
  /// The library's baseline before it has seen anything.
  fileprivate var baseline: OfInput {
    OfInput(features: features(first), weights: weights, rate: rate)
  }

  /// The estimator after a step on the first document, looking at the second.
  fileprivate func afterTheFirst(
    _ baseline: OfInput, _ choices: inout Exhaustive
  ) throws -> ScoreFunction<BernoulliFactors, OfInput> {
    var estimator = ScoreFunction<BernoulliFactors, _>(baseline)
    _ = try estimator.estimate(elbo(first), samples: 1, &choices)
    estimator.baseline.features = features(second)
    return estimator
  }
}
