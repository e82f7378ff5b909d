import Approximate
import Exact
import LessonKit
import Models
import Probability

/// Seven sweeps over four points.
@Sendable func sevenSweepsTable(_: RunContext) throws -> Table {
  let data = [-1, 0.2, 1.7, 2]
  let sweeps = try GaussianMixture.twoComponents.sweeps(7, over: data)
  let narrow = sweeps.last?.after.variances[1] ?? 0
  let rows: [[Table.Cell]] = zip(1..., sweeps).map { number, sweep in
    let after = exactLogEvidence(of: sweep.after, data).value
    return [
      .given(number), .exact(sweep.boundAfterE.value, digits: 7),
      .exact(sweep.boundAfterM.value - sweep.boundAfterE.value, digits: 4),
      .exact(after - sweep.boundAfterM.value, digits: 4), .exact(after, digits: 7),
    ]
  }
  return Table(
    title: "EM on x = (−1, .2, 1.7, 2), from weights ½, means −½ and 1, variances 1",
    columns: ["sweep", "log p(x|θ) = F", "+ M-step", "+ opened gap", "= log p(x|θ′(r))"],
    rows: rows,
    note: """
      The second component ends on the two points 1.7 and 2, with variance \(Format.short(narrow)).
      """)
}
