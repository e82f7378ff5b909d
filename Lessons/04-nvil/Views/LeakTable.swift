import Approximate
import LessonKit
import Models
import Probability

/// What is left of the gradient when a baseline contains its own draw, by running the estimators.
func leakTable(_: RunContext) throws -> Table {
  let batches = [1, 2, 3, 4]
  func row(
    _ name: String, _ baseline: some Baseline, from least: Int = 1
  ) throws -> [Table.Cell] {
    [.text(name)]
      + (try batches.map {
        $0 < least ? .text("–") : .exact(try share(baseline, samples: $0), digits: 4)
      })
  }
  return Table(
    title: "The share of ∇ELBO that is left, by the number of draws S",
    columns: ["baseline", "S = 1", "S = 2", "S = 3", "S = 4"],
    rows: [
      try row("running mean, a = .8, updated first", UpdatedFirst(decay: 0.8, startingAt: -2)),
      try row("running mean, a = .9, updated first", UpdatedFirst(decay: 0.9, startingAt: -2)),
      try row("running mean, a = .9, updated after", RunningMean(decay: 0.9, startingAt: -2)),
      try row("mean of the draws", MeanOfTheBatch()),
      try row("mean of the other draws", LeaveOneOut(), from: 2),
    ],
    note: """
      The library's estimator was run over all 4ˢ outcomes; its mean is divided by the exact \
      gradient. Both components have the same share.
      """)
}

/// The first component of the mean, over the first component of the exact gradient.
private func share(_ baseline: some Baseline, samples: Int) throws -> Double {
  let problem = DocumentProblem.example
  let moments = try exactMoments(of: ScoreFunction(baseline), problem.elbo, samples: samples)
  return moments.mean[0] / problem.exactGradient[0]
}
