import LessonKit
import Probability

/// Two variances over the frequency of a sine: they cross.
@Sendable func crossingPicture(_: RunContext) -> Picture {
  let places = (1...60).map { 0.05 * Double($0) }
  return Drawing.curve(
    "d/dm E[sin k z]: the variance of one draw",
    [
      .init(
        "along the path", places: places, heights: places.map { sineVariances($0).path },
        ink: .q),
      .init(
        "by the score", places: places, heights: places.map { sineVariances($0).score },
        ink: .p),
    ],
    marks: [.init("k = 1.109", at: crossing, sineVariances(crossing).score)],
    axis: "k", rows: 12, kind: .exact,
    caption: "A slowly varying integrand is for the path, a rapidly varying one for the score.")
}

/// The k at which both variances are the same, by bisection.
let crossing: Double = {
  var (low, high) = (0.9, 1.4)
  for _ in 0..<60 {
    let middle = 0.5 * (low + high)
    let (path, score) = sineVariances(middle)
    if path < score { low = middle } else { high = middle }
  }
  return 0.5 * (low + high)
}()
