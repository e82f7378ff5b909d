import GSL
import LessonKit
import Probability

/// The chord of the logarithm, between two values of p(x, z)/q(z).
@Sendable func chordPicture(_: RunContext) -> Picture {
  let (low, high) = (0.15, 2.4)
  let mean = (low + high) / 2
  // The ends of the chord among them: between places the curve is drawn straight.
  let places = ((0...60).map { 0.1 + (2.5 - 0.1) * Double($0) / 60 } + [low, high]).sorted()
  let ofMean = log(mean)
  let meanOf = (log(low) + log(high)) / 2
  return Drawing.curve(
    "The logarithm and a chord",
    [
      Drawing.Series(
        "log x", places: places, heights: places.map { log($0) }, role: .evidence),
      Drawing.Series(
        "chord: where E[log X] lies", places: [low, high], heights: [log(low), log(high)],
        role: .bound(of: "log x")),
    ],
    marks: [
      .init("x = .15", at: low, log(low)), .init("x = 2.4", at: high, log(high)),
      .init(
        "the gap \(Format.fixed(ofMean - meanOf, decimals: 3)) where both are equally likely",
        at: mean, from: meanOf, to: ofMean),
    ],
    axis: "x", rows: 12, kind: .exact,
    caption:
      "Above the same E[X], the curve is log E[X], the chord E[log X]: the gap is Jensen's.")
}
