import LessonKit
import Probability

/// The ELBO along both gradients.
@Sendable func stepsPicture(_: RunContext) throws -> Picture {
  let (half, full) = (try Steps(12, truncated: true), try Steps(24, truncated: false, size: 0.5))
  let evidence = try ClusterProblem.threePoints().logEvidence.value
  return Drawing.curve(
    "The ELBO along two natural gradients",
    [
      .init(
        "without the local term", half.points.map(\.elbo), role: .bound(of: "log p(y)"),
        ink: .neutral),
      .init(
        "with it, half steps", places: full.points.indices.map { Double($0) / 2 },
        heights: full.points.map(\.elbo), role: .bound(of: "log p(y)")),
    ], levels: [("log p(y)", evidence)], axis: "steps of size 1", kind: .exact,
    caption: "One curve has a highest point and falls from it. The other climbs to its end.")
}
