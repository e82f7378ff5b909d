import Approximate
import GSL
import LessonKit
import Models
import Probability

extension JensenExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, BoundProblem>(
    id: "jensen",
    title: "The order of log and mean",
    task: """
      Write `mean`, the expectation of values with given probabilities, and `gap`, by how much \
      the logarithm of the mean of positive values exceeds the mean of their logarithms. A value \
      of probability 0 counts for nothing. This gap is what the evidence lower bound loses.
      """,
    hints: [
      "E[X] = Σ_i w_i X_i: weights first, values second, and no division by their number.",
      "Two different numbers: log Σ_i w_i X_i, and Σ_i w_i log X_i.",
      "gap = log Σ_i w_i X_i − Σ_i w_i log X_i, over the values with w_i > 0.",
    ],
    example: .threeStates,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      mean: { expectation(of: $0, under: $1) }, gap: { jensenGap(of: $0, under: $1) }),
    mistakes: mistakes, handin: handin,
    givens: { [Given("w_i", $0.q), Given("X_i", $0.joint.likelihood)] })

  static let mistakes: [Mistake<Parts>] = [
    Mistake("every-value-counts-the-same", "Σ_i x_i / n: forgets the probabilities", \.mean) {
      values, _ in plainMean(values)
    }.and(\.gap) { values, _ in log(plainMean(values)) - plainMean(values.map { log($0) }) },
    Mistake(
      "log-of-mean-below", "E[log X] − log E[X]: the inequality turned", \.gap
    ) { values, weights in -jensenGap(of: values, under: weights) },
    Mistake(
      "variance-for-gap", "½ Var[X] / E[X]², the first term of a series, as the gap", \.gap
    ) { values, weights in
      let mean = expectation(of: values, under: weights)
      return 0.5 * (expectation(of: values.map { $0 * $0 }, under: weights) / (mean * mean) - 1)
    },
    Mistake("geometric-mean", "e^{E[log X]} as the mean", \.mean) { values, weights in
      exp(meanOfLogs(values, weights))
    },
    Mistake(
      "weighted-and-averaged", "Σ_i w_i x_i / n: divides by the number of values as well", \.mean
    ) { values, weights in expectation(of: values, under: weights) / Double(values.count) },
    Mistake(
      "log-of-the-sum", "log Σ_i x_i in place of log E[X]: the log n of a mean is missing",
      source: "YosefLab/scVI-dev #8 (missing log K)", \.gap
    ) { values, weights in log(values.reduce(0, +)) - meanOfLogs(values, weights) },
    Mistake(
      "gap-unscaled", "E[X] − e^{E[log X]}: the difference of the means, not of their logs", \.gap
    ) { values, weights in
      expectation(of: values, under: weights) - exp(meanOfLogs(values, weights))
    },
  ]

  /// Σ_i x_i / n.
  private static func plainMean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// E[log X].
  private static func meanOfLogs(_ values: [Double], _ weights: [Double]) -> Double {
    expectation(of: values.map { log($0) }, under: weights)
  }
}
