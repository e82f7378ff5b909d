import GSL
import LessonKit
import Probability

/// The chord of the logarithm, between two values of p(x, z)/q(z).
@Sendable func chordPicture(_: RunContext) -> Picture {
  let (low, high) = (0.15, 2.4)
  let places = (0...60).map { 0.1 + (2.5 - 0.1) * Double($0) / 60 }
  return Drawing.curve(
    "The logarithm and a chord",
    [
      Drawing.Series("log x", places: places, heights: places.map { log($0) }),
      Drawing.Series(
        "chord from x = .15 to 2.4: where E[log X] lies", places: [low, high],
        heights: [log(low), log(high)]),
    ],
    axis: "x", rows: 12, kind: .exact,
    caption:
      "Above the same E[X], the curve is log E[X], the chord E[log X]: the gap is Jensen's.")
}
