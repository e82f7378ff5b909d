import Exact
import LessonKit
import Models
import GSL
import Probability

/// Bounds with K draws, and how much of their gradient is signal, near the posterior and far away.
@Sendable func weightedTable(_: RunContext) throws -> Table {
  let model = try landingLine()
  let posterior = model.exactPosterior
  let s = 0.5 * log(posterior.variance)
  let near = ImportanceWeightedLaw.all(
    of: model, at: GaussianCode(mean: posterior.mean + 0.05, logSd: s), samples: [1, 2, 3])
  let far = ImportanceWeightedLaw.all(
    of: model, at: GaussianCode(mean: posterior.mean - 3, logSd: s + 1), samples: [1, 2, 3])
  let rows: [[Table.Cell]] = near.indices.map { index in
    [
      .given(index + 1), .number(near[index].bound, digits: 7),
      .exact(near[index].gradient[0].signalToNoise, digits: 4),
      .exact(near[index].doublyReparameterised[1].signalToNoise, digits: 3),
      .exact(far[index].gradient[1].signalToNoise, digits: 4),
    ]
  }
  return Table(
    title: "K draws: the bound, and |mean| over standard deviation of its gradient",
    columns: ["K", "bound, near", "by m, near", "doubly, by s", "by s, far"], rows: rows,
    note: """
      Near: m off by .05. Far: m off by −3, s by 1. log p(x) = \
      \(Format.fixed(posterior.logEvidence.value, decimals: 6)).
      """)
}
