import Approximate
import LessonKit
import Models
import Probability

/// Ten unbiased estimators on the built-in problems: the rank among them, and the variance.
@Sendable func rankingTable(_: RunContext) throws -> Table {
  let names = [
    "local-expectation", "measure-valued", "stochastic-triple", "optimal-scalar-baseline",
    "disarm", "antithetic-score-function", "leave-one-out", "self-critic", "score-function",
    "muprop",
  ]
  let variances = try DiscreteZoo.examples.map { example in
    try names.map { name -> Double in
      // A zero that rounding has moved is a zero.
      let variance = try Zoo.variance(of: name, on: example.problem)
      return variance < 1e-15 ? 0 : variance
    }
  }
  return Table(
    title: "The total variance of one step, and the place among the ten",
    columns: ["estimator"] + DiscreteZoo.examples.flatMap { [$0.name, "place"] },
    rows: names.indices.map { row in
      [.text(names[row])]
        + variances.flatMap { column -> [Table.Cell] in
          [
            .exact(column[row], digits: 2),
            .exact(Double(1 + column.count { $0 < column[row] }), digits: 2),
          ]
        }
    }, note: "Equal variances share a place.")
}
