import LessonKit
import Probability

/// The ELBO along both gradients.
@Sendable func stepsPicture(_: RunContext) throws -> Picture {
  let (short, full) = (try Steps(12, truncated: true), try Steps(12, truncated: false))
  let evidence = try ClusterProblem.threePoints().logEvidence.value
  return Drawing.curve(
    "The ELBO along two natural gradients",
    [
      .init(
        "without the local term", short.points.map(\.elbo), role: .bound(of: "log p(y)"),
        ink: .neutral),
      .init(
        "with it", full.points.map(\.elbo), role: .bound(of: "log p(y)")),
    ], levels: [("log p(y)", evidence)], axis: "steps of size 1", kind: .exact,
    caption: "One curve has a highest point and falls from it. The other climbs to its end.")
}
