import GSL
import LessonKit
import Models
import Networks
import Probability

/// A Gaussian cluster that was bent by a decoder, beside a Gaussian with its mean and variance.
@Sendable func warpedPicture(_: RunContext) throws -> Picture {
  let problem = try CurveProblem.warped()
  let cluster = problem.clusters[1]
  let places = (0...60).map { -2 + 0.15 * Double($0) }
  let bent = try places.map { y in
    try CurveProblem.mean(under: cluster) { x in
      exp(problem.decoder.logDensity(of: Vector([y]), at: Vector([x])))
    }.value
  }
  // E[x²/2] and Var[x²/2] + c.
  let (square, variance) = (cluster.mean * cluster.mean, cluster.variance)
  let plain = NormalLaw(
    mean: 0.5 * (square + variance),
    variance: 0.5 * variance * variance + square * variance + problem.decoder.variance)
  return Drawing.curve(
    "A cluster N(1.5, 1) seen through y = x²/2 with noise",
    [
      .init("the cluster", places: places, heights: bent, ink: .p),
      .init(
        "a Gaussian of its mean and variance", places: places,
        heights: places.map { exp(plain.logDensity($0)) }, ink: .neutral),
    ], axis: "y", kind: .quadrature,
    caption: "A mixture of Gaussians needs several components for what is one cluster here.")
}
