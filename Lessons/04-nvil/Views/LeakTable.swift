import Approximate
import Exact
import LessonKit
import Models
import Probability

/// What is left of the gradient when a baseline contains its own sample, by running the estimators.
func leakTable(_: RunContext) throws -> Table {
  let batches = [1, 2, 4, 8]
  func row(_ name: String, _ baseline: some Baseline) throws -> [Table.Cell] {
    [.text(name)]
      + (try batches.map { .exact(try share(baseline, samples: $0), digits: 4) })
  }
  return Table(
    title: "The share of ∇ELBO that is left, exactly, by batch size n",
    columns: ["baseline", "n = 1", "n = 2", "n = 4", "n = 8"],
    rows: [
      try row(
        "running mean, a = .8, updated first", UpdatedFirst(decay: 0.8, startingAt: -2)),
      try row(
        "running mean, a = .9, updated first", UpdatedFirst(decay: 0.9, startingAt: -2)),
      try row(
        "running mean, a = .9, updated after", RunningMean(decay: 0.9, startingAt: -2)),
      try row("mean of the batch", MeanOfTheBatch()),
      [.text("leave-one-out"), .text("–")]
        + (try batches.dropFirst().map {
          .exact(try share(LeaveOneOut(), samples: $0), digits: 4)
        }),
    ],
    note: """
      Each number is the mean of the library's own estimator over all 2ⁿ outcomes of one \
      latent bit, divided by the exact gradient. Updated first, 1 − (1 − a)/n is left.
      """)
}

/// One bit with prior .3, log p(x|z) = (−1, −2.5), b = .35: nothing about it is symmetric.
private func share(_ baseline: some Baseline, samples: Int) throws -> Double {
  let model = try FactoredModel(
    prior: [0.3], factors: [.init(scope: [0], logValues: [-1, -2.5])])
  let bound = ExpectedValue.elbo(of: model, under: BernoulliFactors([0.35]))
  let exact = exactELBOGradientBySwitching(factorised: [0.35], of: model)[0]
  return try exactMoments(of: ScoreFunction(baseline), bound, samples: samples).mean[0] / exact
}
