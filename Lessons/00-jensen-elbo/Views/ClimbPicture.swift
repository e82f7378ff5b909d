import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The bound climbs in half-steps and touches log p(x|θ) after each E-step.
@Sendable func climbPicture(_: RunContext) throws -> Picture {
  let data = [-1, 0.2, 1.7, 2]
  let sweeps = try GaussianMixture.twoComponents.sweeps(7, over: data)
  let visited = sweeps.map(\.before) + sweeps.suffix(1).map(\.after)
  let evidence = Drawing.Series(
    "log p(x|θ)", visited.map { exactLogEvidence(of: $0, data).value })
  let bound = Drawing.Series(
    "F(q, θ): E-steps end at whole numbers, M-steps halfway",
    places: sweeps.indices.flatMap { [Double($0), Double($0) + 0.5] },
    heights: sweeps.flatMap { [$0.boundAfterE.value, $0.boundAfterM.value] })
  return Drawing.curve(
    "EM: the bound climbs to log p(x|θ), which climbs too", [evidence, bound], axis: "sweep",
    rows: 14, kind: .exact,
    caption: """
      Four points, two Gaussians. At whole numbers the E-step has closed the gap and the curves \
      touch; halfway the M-step has raised the bound and opened it again.
      """)
}
