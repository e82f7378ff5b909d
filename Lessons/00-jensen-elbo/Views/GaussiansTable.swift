import Approximate
import Exact
import LessonKit
import Models
import Probability

/// Gaussian candidates for a posterior that is no Gaussian.
@Sendable func gaussiansTable(_: RunContext) throws -> Table {
  let model = PoissonCount.threeEvents
  let best = model.bestGaussian()
  let laplace = GaussianFamilyExercise.laplace(model)
  let candidates: [(name: String, mean: Double, variance: Double)] = [
    ("the prior", 0, 1), ("Laplace's", laplace.mean, laplace.variance),
    ("the best Gaussian", best.mean, best.variance),
  ]
  let rows: [[Table.Cell]] = candidates.map { name, mean, variance in
    let bound = model.elbo(mean: mean, variance: variance)
    let gap = model.exactGap(mean: mean, variance: variance)
    let sum = QuadratureValue(bound.value + gap.value, errorBound: gap.errorBound)
    return [
      .text(name), .exact(mean, digits: 4), .exact(variance, digits: 4), .number(bound),
      .number(gap), .number(sum, digits: 9),
    ]
  }
  let error = model.exactGap(mean: best.mean, variance: best.variance).errorBound
  return Table(
    title: "Gaussians for z ~ N(0, 1), y ~ Poisson(e^(z + 0.2)), y = 3",
    columns: ["q", "mean", "variance", "ELBO", "gap", "their sum"], rows: rows,
    note: """
      The best mean and variance, and Laplace's, come from a search that ends at the last digit; the ELBO \
      is a formula, the gap a quadrature with error ≤ \(Format.brief(error)).
      """)
}
