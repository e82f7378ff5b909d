import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// log p(y, z) of a count, and the parabola that touches it at the mode.
@Sendable func parabolaPicture(_: RunContext) throws -> Picture {
  let race = try Race.count("A", 3)
  let (mode, variance) = (race.laplace.q.mean[0], race.laplace.q.covariance[0, 0])
  let height = race.model.logJoint([mode])
  let places = (0...80).map { -1 + 3.2 * Double($0) / 80 }
  return Drawing.curve(
    "A: log p(y, z), and the parabola that Laplace's numbers are made of",
    [
      .init(
        "log p(y, z)", places: places, heights: places.map { race.model.logJoint([$0]) }, ink: .p),
      .init(
        "the parabola", places: places,
        heights: places.map { height - 0.5 * ($0 - mode) * ($0 - mode) / variance }, ink: .q),
    ], axis: "z", kind: .exact,
    caption: """
      Both have the same top, slope and curvature there. To the right the rate grows, and log p(y, z) falls faster than the \
      parabola; to the left it falls more slowly.
      """)
}

/// A bit with a wide prior: the posterior and two Gaussians.
@Sendable func bitPicture(_: RunContext) throws -> Picture {
  try densityPicture(
    try Race.bit(), from: -10, to: 34, "The posterior of D, Laplace's Gaussian, and the best",
    caption: """
      The mode is where the wall of the likelihood begins. Behind it the prior alone falls off, so slowly that most of the \
      mass is far from the mode. The best Gaussian pays for what it puts left of the wall, and goes where the mass is.
      """)
}

/// The densities of a race on a line.
func densityPicture(
  _ race: Race, from low: Double, to high: Double, _ title: String, caption: String
) throws -> Picture {
  let places = (0...88).map { low + (high - low) * Double($0) / 88 }
  func heights(_ q: GaussianFactor) -> [Double] {
    let law = NormalLaw(mean: q.mean[0], variance: q.covariance[0, 0])
    return places.map { exp(law.logDensity($0)) }
  }
  return Drawing.curve(
    title,
    [
      .init(
        "p(z|y)", places: places,
        heights: places.map { exp(race.model.logJoint([$0]) - race.exact.logEvidence.value) },
        ink: .p),
      .init("Laplace's", places: places, heights: heights(race.laplace.q), ink: .neutral),
      .init("the best", places: places, heights: heights(race.best.q), ink: .q),
    ], axis: "z", kind: .quadrature, caption: caption)
}

/// Two humps, and Laplace's Gaussian on one of them.
@Sendable func modesPicture(_: RunContext) throws -> Picture {
  let problem = TwoModesProblem.narrow
  let evidence = problem.posterior.logEvidence.value
  let places = (0...160).map { -1.4 + 2.8 * Double($0) / 160 }
  let law = NormalLaw(mean: problem.mode, variance: problem.variance)
  return Drawing.curve(
    "The posterior of z where x = z² is seen, and Laplace's Gaussian at one mode",
    [
      .init(
        "p(z|x)", places: places, heights: places.map { exp(problem.logJoint($0) - evidence) },
        ink: .p),
      .init(
        "Laplace's", places: places, heights: places.map { exp(law.logDensity($0)) }, ink: .neutral),
    ], axis: "z", kind: .quadrature,
    caption: """
      Laplace's Gaussian is twice as high as the hump it stands on, and of the same shape. Locally there is nothing wrong with \
      it. At 0 the second derivative of log p(z, x) is positive: a search that begins there has no parabola to stand on.
      """)
}
