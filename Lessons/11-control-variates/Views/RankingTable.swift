import Approximate
import LessonKit
import Models
import Probability

/// The place of one among some variances; what differs by rounding shares it.
func place(of row: Int, in variances: [Double]) -> Int {
  1 + variances.count { $0 < variances[row] * (1 - 1e-9) }
}

/// The ten estimators that are ranked.
let rankedNames = [
  "local-expectation", "measure-valued", "stochastic-triple", "optimal-scalar-baseline",
  "disarm", "antithetic-score-function", "leave-one-out", "self-critic", "score-function",
  "muprop",
]

/// Their variances on each of the built-in problems.
func rankedVariances() throws -> [[Double]] {
  try DiscreteZoo.examples.map { example in
    try rankedNames.map { name -> Double in
      // A zero that rounding has moved is a zero.
      let variance = try Zoo.variance(of: name, on: example.problem)
      return variance < 1e-15 ? 0 : variance
    }
  }
}

/// Ten unbiased estimators on the built-in problems: the rank among them, and the variance.
@Sendable func rankingTable(_: RunContext) throws -> Table {
  let (names, variances) = (rankedNames, try rankedVariances())
  return Table(
    title: "The total variance of one step, and the place among the ten",
    columns: ["estimator"] + DiscreteZoo.examples.flatMap { [$0.name, "place"] },
    rows: names.indices.map { row in
      [.text(names[row])]
        + variances.flatMap { column -> [Table.Cell] in
          [
            .exact(column[row], digits: 2),
            .exact(Double(place(of: row, in: column)), digits: 2),
          ]
        }
    }, note: "Equal variances share a place.")
}
