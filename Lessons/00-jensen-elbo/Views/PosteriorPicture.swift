import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// Laplace's Gaussian and the best one, each minus the posterior of a log-rate.
@Sendable func posteriorPicture(_: RunContext) throws -> Picture {
  let model = PoissonCount.threeEvents
  let (best, laplace) = (model.bestGaussian(), GaussianFamilyExercise.laplace(model))
  let places = (0...80).map { -1.5 + 4 * Double($0) / 80 }
  let logEvidence = model.exactLogEvidence.value
  // p(z|y) = p(z, y) / p(y)
  let posterior = places.map { exp(model.logJoint($0) - logEvidence) }
  func excess(_ mean: Double, _ variance: Double) -> [Double] {
    zip(places, posterior).map { z, posterior in
      exp(-0.5 * (z - mean) * (z - mean) / variance) / sqrt(2 * Double.pi * variance) - posterior
    }
  }
  return Drawing.curve(
    "Two Gaussians minus the posterior p(z|y)",
    [
      .init(
        "Laplace", places: places, heights: excess(laplace.mean, laplace.variance), ink: .neutral),
      .init(
        "the best Gaussian", places: places, heights: excess(best.mean, best.variance), ink: .q),
    ],
    levels: [("the posterior", 0)], axis: "z", kind: .quadrature,
    caption: """
      The posterior leans to the left: Laplace's Gaussian, which stands on its peak, has too little \
      on the left and too much on the right. The best Gaussian is moved left, to where the mass is.
      """)
}
