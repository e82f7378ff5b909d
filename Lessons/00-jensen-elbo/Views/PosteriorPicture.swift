import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// The posterior of a log-rate, with Laplace's Gaussian and the best one.
@Sendable func posteriorPicture(_: RunContext) throws -> Picture {
  let model = PoissonCount.threeEvents
  let (best, laplace) = (model.bestGaussian(), GaussianFamilyExercise.laplace(model))
  let places = (0...80).map { -1.5 + 4 * Double($0) / 80 }
  let logEvidence = model.exactLogEvidence.value
  func density(_ mean: Double, _ variance: Double) -> [Double] {
    places.map { z in
      exp(-0.5 * (z - mean) * (z - mean) / variance) / sqrt(2 * Double.pi * variance)
    }
  }
  return Drawing.curve(
    "The posterior of a log-rate after three events, and two Gaussians",
    [
      // p(z|y) = p(z, y) / p(y)
      .init(
        "p(z|y)", places: places,
        heights: places.map { exp(model.logJoint($0) - logEvidence) }, ink: .p),
      .init(
        "Laplace", places: places, heights: density(laplace.mean, laplace.variance),
        ink: .neutral),
      .init(
        "the best Gaussian", places: places, heights: density(best.mean, best.variance), ink: .q),
    ],
    axis: "z", kind: .quadrature,
    caption: """
      The posterior leans to the left: three events are more probable at a rate of 1 than at a rate \
      of 9. Laplace stands on its peak; the best Gaussian moves to where the mass is.
      """)
}
