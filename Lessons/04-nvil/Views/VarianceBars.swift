import Approximate
import LessonKit
import Models
import Probability

/// The variance of every unbiased estimator on the document of the lesson.
func varianceBars(_: RunContext) throws -> Picture {
  let rows = try estimatorLaws()
  return Drawing.bars(
    "Variance of one step on the document",
    rows.map { row in
      (label: row.name, value: row.variance, note: row.note)
    },
    scale: .logarithmic, kind: .exact,
    caption: """
      Traces of the covariance, every outcome run. Every one of these has bias 0 (up to \
      rounding). Two draws count twice: their variance is multiplied by 2.
      """)
}

private func estimatorLaws() throws -> [(name: String, variance: Double, note: String)] {
  let problem = DocumentProblem.example
  let (bound, q) = (problem.elbo, problem.q)
  let closed = ExpectedValue.elbo(
    of: problem.observed, under: q, prior: BernoulliFactors(problem.prior))
  let mean = problem.exactBound.value
  func law(
    _ name: String, _ estimator: some GradientEstimator<BernoulliFactors>,
    of bound: ExpectedValue<BernoulliFactors> = bound, samples: Int = 1, steps: Int = 1
  ) throws -> (name: String, variance: Double, note: String) {
    let moments = try exactMoments(of: estimator, bound, samples: samples, steps: steps)
    return (
      name, moments.covarianceTrace * Double(samples), "\(moments.outcomes) outcomes"
    )
  }
  let laws = [
    try law("plain", ScoreFunction(None())),
    try law("KL in closed form", ScoreFunction(None()), of: closed),
    try law("local signals", LocalSignals()),
    try law("running mean, step 4", ScoreFunction(RunningMean(decay: 0.8)), steps: 4),
    try law("constant −3", ScoreFunction(Constant(-3))),
    try law("leave-one-out, S = 2", ScoreFunction(LeaveOneOut()), samples: 2),
    try law(
      "input-dependent, learned",
      ScoreFunction(OfInput(features: [1], weights: [mean], rate: 0))),
    try law("best constants", ScoreFunction(try PerComponent.optimal(for: bound))),
    try law("local expectation", LocalExpectation()),
  ]
  return laws.sorted { $0.variance > $1.variance }
}
