import Exact
import LessonKit
import Models
import Probability

/// The errata of the first half: E-001.
let gaussianErrata: [ErratumCase] = [covarianceSign]

private let covarianceSign = ErratumCase(
  "E-001",
  model: "z ~ N(0, 4), x|z ~ N(z, 1), x = 1.5: the variance of z given x, with H = −1/4 − 1"
) {
  // z = 2 w with w ~ N(0, 1): a line of slope 2.
  let posterior = try LinearGaussian(slope: 2, noise: 1, observed: 1.5).exactPosterior
  let hessian = -1.0 / 4 - 1
  return .init(
    printed: 1 / hessian, corrected: 1 / -hessian, independent: 4 * posterior.variance)
}
