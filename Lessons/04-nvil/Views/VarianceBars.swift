import Approximate
import LessonKit
import Models
import Probability

/// The variance of every unbiased estimator on the document of the lesson, times the values of f that a step needs.
func varianceBars(_: RunContext) throws -> Picture {
  let rows = try estimatorLaws()
  return Drawing.bars(
    "Variance of one step on the document × values of f",
    rows.map { row in
      (
        label: row.name, value: row.variance * Double(row.evaluations),
        note: "\(Format.short(row.variance, digits: 4)) × \(row.evaluations)"
      )
    },
    scale: .logarithmic, kind: .exact,
    caption: """
      At the right the variance of both components together, every outcome run, and how many values \
      of f a step needs. Every one of these has bias 0 (up to rounding). The running mean has a = .8 and starts \
      with no memory; its fourth step is shown.
      """)
}

private func estimatorLaws() throws -> [(name: String, variance: Double, evaluations: Int)] {
  let problem = DocumentProblem.example
  let (bound, q) = (problem.elbo, problem.q)
  let closed = ExpectedValue.elbo(
    of: problem.observed, under: q, prior: BernoulliFactors(problem.prior))
  let mean = problem.exactBound.value
  func law(
    _ name: String, _ estimator: some GradientEstimator<BernoulliFactors>,
    of bound: ExpectedValue<BernoulliFactors> = bound, samples: Int = 1, steps: Int = 1,
    evaluations: Int? = nil
  ) throws -> (name: String, variance: Double, evaluations: Int) {
    let moments = try exactMoments(of: estimator, bound, samples: samples, steps: steps)
    return (name, moments.covarianceTrace, evaluations ?? samples)
  }
  let laws = [
    try law("plain", ScoreFunction(None())),
    try law("KL in closed form", ScoreFunction(None()), of: closed),
    try law("local signals", LocalSignals()),
    try law("running mean, step 4", ScoreFunction(RunningMean(decay: 0.8)), steps: 4),
    try law("constant −3", ScoreFunction(Constant(-3))),
    try law("leave-one-out, S = 2", ScoreFunction(LeaveOneOut()), samples: 2),
    try law(
      "c(x) at the ELBO",
      ScoreFunction(OfInput(features: [1], weights: [mean], rate: 0))),
    try law("best constants", ScoreFunction(try PerComponent.optimal(for: bound))),
    try law("local expectation", LocalExpectation(), evaluations: q.count + 1),
  ]
  return laws.sorted {
    $0.variance * Double($0.evaluations) > $1.variance * Double($1.evaluations)
  }
}
