import Exact
import LessonKit
import Models

/// Three things that a weighted average of components could mean.
func threeAverages(_ context: RunContext) throws -> Table {
  let moments = MixtureMoments(of: PoissonMixture.twoRates)
  let ofDraws = MixingIsNotAveragingDerivation.answer.varianceOfAverage(PoissonMixture.twoRates)
  func row(_ averaged: String, _ variance: Double, _ values: String) -> [Table.Cell] {
    [
      .text(averaged), .exact(moments.mean, digits: 4), .exact(variance, digits: 4),
      .exact(variance / moments.mean, digits: 3), .text(values),
    ]
  }
  return Table(
    title: "Three averages of Poisson(2) and Poisson(9) with weights .6 and .4",
    columns: ["what is averaged", "mean", "variance", "ratio", "values"],
    rows: [
      row("probabilities", moments.variance, "counts"),
      row("rates", moments.mean, "counts"),
      row("draws", ofDraws, "multiples of 1/5"),
    ],
    note: "The means agree, so a test of means cannot tell them apart.")
}
