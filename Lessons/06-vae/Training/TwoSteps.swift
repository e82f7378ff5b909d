import Approximate
import GSL
import LessonKit
import Probability

extension SequentialAutoencoder {
  /// Two steps at the start of the table: a = (.5, .3), codes that read a tenth, σ = 1, E[x²] = 4, v = .3.
  static let start = SequentialAutoencoder(
    weights: [0.5, 0.3], readings: [0.1, 0.1], logSds: [0, 0], noise: 0.3, square: 4)

  /// E[log p(x)].
  var logEvidence: Double {
    let total = weights.reduce(noise) { $0 + $1 * $1 }
    return -0.5 * (log(2 * Double.pi * total) + square / total)
  }
}

/// The bound of two steps as it is climbed, and what each step pays.
@Sendable func stepsTable(_: RunContext) -> Table {
  var model = SequentialAutoencoder.start
  var rows: [[Table.Cell]] = []
  for step in 0...2000 {
    if [0, 10, 50, 200, 2000].contains(step) {
      let divergences = model.divergences
      rows.append([
        .given(step), .exact(model.elbo, digits: 5), .exact(model.logEvidence, digits: 5),
        .exact(divergences[0], digits: 4), .exact(divergences[1], digits: 4),
        .exact(divergences[0] + divergences[1], digits: 4),
      ])
    }
    model.climb(rate: 0.02)
  }
  return Table(
    title: "Two steps that read what is left of x, E[x²] = 4, v = .3",
    columns: ["climbed", "ELBO", "E[log p(x)]", "KL, step 1", "KL, step 2", "KL in all"],
    rows: rows,
    note: """
      The gradient is exact, in steps of .02. It starts at a = (.5, .3), with codes that read a tenth, \
      σ = 1.
      """)
}
