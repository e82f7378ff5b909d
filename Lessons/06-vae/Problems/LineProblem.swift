import Exact
import GSL
import LessonKit
import Models
import Probability

/// A Gaussian seen through a line, a code for it, and two noises: everything has a closed form.
///
/// ```
/// z ~ N(0, 1),  x | z ~ N(a z, v),  q = N(m, e^(2s))
/// ```
struct LineProblem: Sendable {
  /// p(x, z).
  let model: LinearGaussian
  /// q.
  let code: GaussianCode
  /// ε_1 and ε_2.
  let noises: [Double]

  /// The model of E-040: a = .8, x = 1.3, unit noise, and the draws .4 and −1.1.
  static func example() throws -> LineProblem {
    LineProblem(
      model: try LinearGaussian(slope: 0.8, noise: 1, observed: 1.3),
      code: GaussianCode(mean: 0.65, logSd: -0.4), noises: [0.4, -1.1])
  }

  /// A random line, code and noises, away from zero and from the posterior.
  static func random(_ cases: inout Cases) throws -> LineProblem {
    LineProblem(
      model: try LinearGaussian(
        slope: try cases.real(from: 0.5, to: 1.6), noise: try cases.real(from: 0.4, to: 2),
        observed: try cases.real(from: 0.4, to: 1.8)),
      code: GaussianCode(
        mean: try cases.real(from: -1.2, to: -0.1), logSd: try cases.real(from: -1, to: -0.2)),
      noises: [try cases.real(from: 0.3, to: 1.4), try cases.real(from: -1.5, to: -0.3)])
  }

  /// Λ, the precision of the posterior.
  var precision: Double { 1 + model.slope * model.slope / model.noise }

  /// σ.
  var deviation: Double { code.deviation }

  /// g(m) = Λ (μ − m).
  var slopeAtMean: Double {
    model.slope * model.observed / model.noise - precision * code.mean
  }

  /// The same with q at the posterior.
  var atThePosterior: LineProblem {
    let posterior = model.exactPosterior
    return LineProblem(
      model: model,
      code: GaussianCode(mean: posterior.mean, logSd: 0.5 * log(posterior.variance)),
      noises: noises)
  }

  /// log p(x).
  var logEvidence: Double {
    let total = model.slope * model.slope + model.noise
    return -0.5 * (log(2 * Double.pi * total) + model.observed * model.observed / total)
  }

  /// KL(q‖p(z|x)), between two Gaussians.
  var gap: Double {
    let there = atThePosterior.code
    let ratio = exp(2 * (code.logSd - there.logSd))
    let shift = (code.mean - there.mean) / there.deviation
    return 0.5 * (ratio + shift * shift - 1) - code.logSd + there.logSd
  }

  /// ELBO(m, s), in closed form.
  var elbo: Double {
    let residual = model.observed - model.slope * code.mean
    let spread = model.slope * model.slope * deviation * deviation
    return -0.5 * (log(2 * Double.pi * model.noise) + (residual * residual + spread) / model.noise)
      - code.divergenceFromPrior
  }

  /// ∇ELBO = (Λ (μ − m), 1 − Λ σ²).
  var gradient: [Double] { [slopeAtMean, 1 - precision * deviation * deviation] }

  /// E over ε ~ N(0, 1) of functions that are polynomials of degree 11 at most: exact.
  func mean(_ values: (Double) -> [Double]) throws -> [Double] {
    let rule = try FixedRule.gaussHermite(count: 8)
    return values(0).indices.map { index in rule.sum { values($0)[index] } }
  }

  /// E_q of a function of z, over its density and not over noise.
  ///
  /// The trapezoid rule with nodes σ/4 apart, up to 10 σ from the mean: what it leaves out is less
  /// than 1e-19 of a square.
  func meanOverCodes(_ value: (Double) -> Double) -> Double {
    let step = deviation / 4
    return (-40...40).reduce(0) { sum, node in
      let z = code.mean + Double(node) * step
      return sum + step * exp(code.logDensity(z)) * value(z)
    }
  }

  /// E of a function of z − m, by the same rule.
  func meanOverDeviations(_ value: (Double) -> Double) -> Double {
    meanOverCodes { value($0 - code.mean) }
  }

  /// The variances of such functions.
  func variances(_ values: (Double) -> [Double]) throws -> [Double] {
    let centre = try mean(values)
    return try mean { noise in
      zip(values(noise), centre).map { ($0 - $1) * ($0 - $1) }
    }
  }
}

// MARK: Three data

extension LineProblem {
  /// x_1, x_2 and x_3, seen with v = 1.
  var several: [Double] { [1 + model.observed / 4, -1.5, 2] }

  /// What is shown of them.
  var severalGivens: [Given] { [Given("v", 1), Given("x_i", several)] }

  /// Σ_i log p(x_i) for a weight a, v = 1.
  func logEvidenceOfSeveral(_ weight: Double) -> Double {
    let total = weight * weight + 1
    return several.reduce(0) { $0 - 0.5 * (log(2 * Double.pi * total) + $1 * $1 / total) }
  }
}

extension LineProblem: Shown {
  /// The line, the observation, the code and the noises.
  var givens: [Given] {
    [
      Given("a", model.slope), Given("v", model.noise), Given("x", model.observed),
      Given("m", code.mean), Given("s", code.logSd), Given("ε", noises),
    ]
  }
}
