import Approximate
import Exact
import LessonKit
import Models
import Probability

/// Forty sweeps over four points.
@Sendable func fortySweepsTable(_: RunContext) throws -> Table {
  let data = [-1, 0.2, 1.7, 2]
  let sweeps = try GaussianMixture.twoComponents.sweeps(40, over: data)
  let narrow = sweeps[39].after.variances[1]
  let rows: [[Table.Cell]] = [1, 2, 3, 4, 5, 6, 7, 40].map { number in
    let sweep = sweeps[number - 1]
    let after = exactLogEvidence(of: sweep.after, data).value
    return [
      .given(number), .exact(sweep.boundAfterE.value, digits: 7),
      .exact(sweep.boundAfterM.value - sweep.boundAfterE.value, digits: 4),
      .exact(after - sweep.boundAfterM.value, digits: 4), .exact(after, digits: 7),
    ]
  }
  return Table(
    title: "EM on x = (−1, .2, 1.7, 2), two Gaussians, from means −½ and 1",
    columns: ["sweep", "log p(x|θ) = F", "+ M-step", "+ opened gap", "= log p(x|θ′)"],
    rows: rows,
    note: """
      In the last row only rounding is left. The second component ends on the two points 1.7 and 2, \
      with variance \(Format.short(narrow)).
      """)
}
