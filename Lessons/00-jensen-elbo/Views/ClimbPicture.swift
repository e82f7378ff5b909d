import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The bound climbs in half-steps under log p(x|θ), which moves in M-steps only: a staircase.
@Sendable func climbPicture(_: RunContext) throws -> Picture {
  let data = [-1, 0.2, 1.7, 2]
  let sweeps = try GaussianMixture.twoComponents.sweeps(7, over: data)
  // After an E-step at a whole number, after an M-step halfway to the next.
  let halves = sweeps.indices.flatMap { [Double($0), Double($0) + 0.5] }
  let evidence = Drawing.Series(
    "log p(x|θ)", places: halves,
    heights: sweeps.flatMap { sweep in
      [sweep.before, sweep.after].map { exactLogEvidence(of: $0, data).value }
    }, role: .evidence, stepped: true)
  let bound = Drawing.Series(
    "F(q, θ)", places: halves,
    heights: sweeps.flatMap { [$0.boundAfterE.value, $0.boundAfterM.value] },
    role: .bound(of: "log p(x|θ)"), stepped: true)
  return Drawing.curve(
    "EM: the bound climbs to log p(x|θ), which climbs too", [evidence, bound],
    axis: "sweep (E-steps end at whole numbers, M-steps halfway)", rows: 14, kind: .exact,
    caption: """
      Four points, two Gaussians. At whole numbers the E-step has closed the gap and the stairs \
      touch; halfway the M-step has raised the bound, and log p(x|θ) by more.
      """)
}
