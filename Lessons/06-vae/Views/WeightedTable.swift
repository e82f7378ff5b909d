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
      .given(index + 1), .number(near[index].bound, digits: 7), signal(near[index].gradient[0]),
      signal(near[index].doublyReparameterised[0]), signal(near[index].gradient[1]),
      signal(near[index].doublyReparameterised[1]), signal(far[index].gradient[0]),
      signal(far[index].gradient[1]),
    ]
  }
  return Table(
    title: "K draws: the bound, and mean over standard deviation of its gradient",
    columns: [
      "K", "bound, near", "by m", "by m, w²", "by s", "by s, w²", "far, by m", "far, by s",
    ],
    rows: rows,
    note: """
      a = 1.3, v = .4, x = .9. Near: m off by .05 from the posterior's; far: m off by −3, s by 1. w² has squared \
      weights; “–” is a gradient without noise, as f is a parabola in z. log p(x) = \
      \(Format.fixed(posterior.logEvidence.value, decimals: 6)).
      """)
}

/// Mean over standard deviation, with its sign; a mean that is rounding is zero.
private func signal(_ moments: ImportanceWeightedLaw.Moments) -> Table.Cell {
  let deviation = max(0, moments.variance.value).squareRoot()
  guard deviation > 1e-7 else { return .text("–") }
  let ratio = moments.mean.value / deviation
  return .exact(abs(ratio) < 1e-12 ? 0 : ratio, digits: 3)
}
