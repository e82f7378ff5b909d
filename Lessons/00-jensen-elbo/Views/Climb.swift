import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// The chord of the logarithm, between two values of p(x, z)/q(z).
  static func chord() -> Picture {
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
      axis: "x", rows: 12,
      caption:
        "Above the same E[X], the curve is log E[X], the chord E[log X]: the gap is Jensen's.")
  }

  /// The bound climbs in half-steps and touches log p(x|θ) after each E-step.
  static func climb() throws -> Picture {
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
      rows: 14,
      caption: """
        Four points, two Gaussians. At whole numbers the E-step has closed the gap and the curves \
        touch; halfway the M-step has raised the bound and opened it again.
        """)
  }
}
