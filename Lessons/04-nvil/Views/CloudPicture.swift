import Approximate
import Exact
import LessonKit
import Models
import Probability

/// What one step of four estimators may be, outcome by outcome, with its mean.
@Sendable func cloudPicture(_: RunContext) throws -> Picture {
  let problem = DocumentProblem.example
  let bound = problem.elbo
  func panel(
    _ name: String, _ estimator: some GradientEstimator<BernoulliFactors>, samples: Int = 1
  ) throws -> Drawing.Cloud.Panel {
    var outcomes: [Drawing.Cloud.Outcome] = []
    _ = try forEachOutcome { choices in
      var estimator = estimator
      return try estimator.estimate(bound, samples: samples, &choices)
    } visit: { step, probability in
      outcomes.append(.init(step[0], step[1], probability))
    }
    return .init(name, outcomes)
  }
  let exact = problem.exactGradient
  return Drawing.cloud(
    "One step for λ, every outcome: where it may lead and where it leads on average",
    [
      try panel("plain score function", ScoreFunction(None())),
      try panel("constant −3", ScoreFunction(Constant(-3))),
      try panel("leave-one-out, S = 2", ScoreFunction(LeaveOneOut()), samples: 2),
      try panel("local expectation", LocalExpectation()),
    ],
    exact: (exact[0], exact[1]), axes: ("∂ELBO/∂λ₁", "∂ELBO/∂λ₂"), kind: .exact,
    caption: """
      The same mean four times, the exact gradient. What a better estimator changes is how far \
      from it a single step may land.
      """)
}
