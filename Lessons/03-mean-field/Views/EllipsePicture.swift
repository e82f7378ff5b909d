import GSL
import LessonKit
import Probability

/// A correlated Gaussian beside the best product of two Gaussians.
@Sendable func ellipsePicture(_: RunContext) throws -> Picture {
  let correlation = 0.9
  // The product with the least KL(q‖p) keeps the means and inverts the diagonal of the precision.
  let variance = 1 - correlation * correlation
  let marks = Array(stride(from: -1.8, through: 1.8, by: 0.3))
  let names = marks.map { Format.fixed($0, decimals: 1) }
  func panel(_ name: String, _ density: (Double, Double) -> Double) -> Drawing.Panel {
    .init(
      name, rows: names.reversed(), columns: names,
      values: marks.reversed().map { second in marks.map { density($0, second) } })
  }
  return Drawing.surface(
    "A Gaussian with correlation .9 and its factorised shadow",
    [
      panel("p, variances 1") { a, b in
        let form = (a * a - 2 * correlation * a * b + b * b) / variance
        return exp(-0.5 * form) / (2 * Double.pi * sqrt(variance))
      },
      panel("q, variances \(Format.short(variance))") { a, b in
        exp(-0.5 * (a * a + b * b) / variance) / (2 * Double.pi * variance)
      },
    ], axes: ("z₂", "z₁"), kind: .exact,
    caption: """
      Densities. q has the means of p. It is as wide as a cut through p at one value of z₂, and far \
      narrower than the marginals of p.
      """)
}
