import LessonKit
import Probability

/// How the local term vanishes as the recognition network learns.
@Sendable func sharePicture(_: RunContext) throws -> Picture {
  let problem = try ClusterProblem.threePoints()
  let places = (0...40).map { Double($0) / 40 }
  let shares = try places.map { try localShare(problem, towards: $0) }
  return Drawing.curve(
    "The local term, as every potential moves from the network's to the decoder's",
    [
      .init(
        "length of the local term / length of the whole", places: places,
        heights: shares.map(\.share), ink: .q),
      .init(
        "1 − cosine of the truncated gradient", places: places,
        heights: shares.map { 1 - $0.cosine }, ink: .neutral),
    ], axis: "share of the way", kind: .exact,
    caption:
      "Lengths and angles are those of the ten numbers of η. At the right end there is nothing to "
      + "see: a test that stands there passes either code.")
}
