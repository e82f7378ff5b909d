import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// The errata that this lesson shows.
let errata: [ErratumCase] = [
  scale, jump, invertible, twoAverages, replacedDraw, noNoise, squares, rapid, conditioning, sign,
  sumOfDraws, analyticTerms, frozenDraws,
]

/// E[f(ε)] for polynomials and other smooth functions.
private func mean(_ function: (Double) -> Double) throws -> Double {
  noiseMeans { [function($0)] }[0].value
}

private let scale = ErratumCase("E-002", model: "σ = 2: the variance of μ + ε σ") {
  .init(printed: 2, corrected: try mean { 4 * $0 * $0 }, independent: 4)
}

private let jump = ErratumCase(
  "E-005", model: "f = log .9 for z > 0, else log .2; z ~ N(.4, 1.3²): the derivative by μ"
) {
  let (m, sigma) = (0.4, 1.3)
  let density = exp(-0.5 * m * m / (sigma * sigma)) / (sigma * sqrt(2 * Double.pi))
  let step = 1e-3
  func value(_ m: Double) throws -> Double {
    let above = try SpecialFunctions.normalLower(m / sigma)
    return above * log(0.9) + (1 - above) * log(0.2)
  }
  // Fourth order: the error is below (step/σ)⁴.
  let near = (try value(m + step) - (try value(m - step))) / (2 * step)
  let far = (try value(m + 2 * step) - (try value(m - 2 * step))) / (4 * step)
  return .init(
    printed: 0, corrected: density * log(0.9 / 0.2), independent: (4 * near - far) / 3,
    underCondition: (
      try mean { cos(m + sigma * $0) }, cos(m) * exp(-0.5 * sigma * sigma)
    ), allowed: 1e-9)
}

private let invertible = ErratumCase(
  "E-009", model: "z = .2 + .6 ε₁ + 1.1 ε₂, f = e^(.3 z) + z³: E[f]"
) {
  let moments = try noiseMoments(noises: 2) { choices in
    let z = 0.2 + 0.6 * (try choices.standardNormal()) + 1.1 * (try choices.standardNormal())
    return [exp(0.3 * z) + z * z * z]
  }
  let sigma = sqrt(0.6 * 0.6 + 1.1 * 1.1)
  return .init(
    printed: nil, corrected: moments.mean[0],
    independent: try mean { exp(0.3 * (0.2 + sigma * $0)) + cube(0.2 + sigma * $0) },
    allowed: 1e-10)
}

private func cube(_ x: Double) -> Double { x * x * x }

private let twoAverages = ErratumCase(
  "E-016", model: "x = (0, 3), x|z ~ N(z, 1), q_i = N((.1, 1.4), .3): E_q[log p(x_1|z)], i = 1"
) {
  func expected(_ x: Double, _ m: Double) throws -> Double {
    try mean { noise in
      let residual = x - m - sqrt(0.3) * noise
      return -0.5 * (log(2 * Double.pi) + residual * residual)
    }
  }
  let printed = 0.5 * (try expected(0, 0.1)) + 0.5 * (try expected(3, 1.4))
  return .init(
    printed: printed, corrected: try expected(0, 0.1),
    independent: -0.5 * (log(2 * Double.pi) + 0.01 + 0.3))
}

private let replacedDraw = ErratumCase(
  "E-017", model: "p(z) = (.2, .3, .5), g = (0, 0, 1), p(x|z) = (.1, .6, .8): log p(x|z = 0)"
) {
  func given(_ likelihood: [Double]) -> Double {
    (0.2 * likelihood[0] + 0.3 * likelihood[1]) / 0.5
  }
  return .init(
    printed: log(given([0.1, 0.6, 0.8])), corrected: log(0.1), independent: -2.302585092994046,
    underCondition: (log(given([0.25, 0.25, 0.8])), log(0.25)))
}

private let noNoise = ErratumCase(
  "E-021", model: "g(z) = 2z, σ² = .5: the variance of a draw of x"
) {
  .init(
    printed: try mean { 4 * $0 * $0 }, corrected: try mean { 4 * $0 * $0 + 0.5 * $0 * $0 },
    independent: 4.5, underCondition: (try mean { 4 * $0 * $0 }, 4))
}

private let squares = ErratumCase(
  "E-022", model: "pixels x = (1, 1), A = (.999, .45), B = (.6, .63): log p(x|B) − log p(x|A)"
) {
  let (a, b) = (0.999 * 0.45, 0.6 * 0.63)
  func error(_ p: [Double]) -> Double { p.reduce(0) { $0 + (1 - $1) * (1 - $1) } }
  return .init(
    printed: error([0.999, 0.45]) - error([0.6, 0.63]), corrected: log(b / a),
    independent: log(0.6) + log(0.63) - log(0.999) - log(0.45),
    underCondition: (-0.5 * error([0.6, 0.63]), -0.5 * (0.16 + 0.1369)))
}

private let rapid = ErratumCase(
  "E-031", model: "d/dμ E[sin 10 z], z ~ N(0, 1): the variance along the path"
) {
  let first = try mean { 10 * cos(10 * $0) }
  return .init(
    printed: sineVariances(10).score, corrected: sineVariances(10).path,
    independent: try mean { 100 * cos(10 * $0) * cos(10 * $0) } - first * first,
    underCondition: (sineVariances(0.5).path, 0.25 * (0.5 * (1 + exp(-0.5)) - exp(-0.25))),
    allowed: 1e-10)
}

private let conditioning = ErratumCase(
  "E-033", model: "x|z ~ N(z², 1), z ~ N(0, 1): the skewness of x"
) {
  let third = try mean { noise in
    let d = noise * noise - 1
    return d * d * d + 3 * d
  }
  let spread = try mean { ($0 * $0 - 1) * ($0 * $0 - 1) + 1 }
  return .init(
    printed: 0, corrected: third / (spread * sqrt(spread)), independent: 8 / (3 * sqrt(3.0)))
}

private let sign = ErratumCase(
  "E-040",
  model:
    "x = 1.3, θ = .8, μ = r x, r = .5, σ = e^−.4, ε = (.4, −1.1): derivative by r, sum of two draws"
) {
  let problem = try LineProblem.example()
  let exact = problem.noises.map {
    PathwiseGradient().terms(problem.model, problem.code, noise: $0)[0]
  }
  let printed = zip(exact, problem.noises).map { $0 + 2 * $1 / problem.deviation }
  // g(z) = a (x − a z) − z = 1.04 − 1.64 z.
  let byHand = problem.noises.map { 1.04 - 1.64 * (0.65 + exp(-0.4) * $0) }
  return .init(
    printed: 1.3 * printed.reduce(0, +), corrected: 1.3 * exact.reduce(0, +),
    independent: 1.3 * byHand.reduce(0, +))
}

private let sumOfDraws = ErratumCase(
  "E-041", model: "the model of E-040: the bound from two draws, as a mean and as a sum"
) {
  let problem = try LineProblem.example()
  let one = try mean { problem.model.signal(problem.code.latent($0), under: problem.code) }
  return .init(printed: 2 * one, corrected: one, independent: problem.elbo)
}

private let analyticTerms = ErratumCase(
  "E-045",
  model: "x|z ~ N(z, 1), x = 1, q the posterior: Var of one draw of the bound, entropy analytic"
) {
  let model = LinearGaussian.unit
  let code = GaussianCode(mean: 0.5, logSd: 0.5 * log(0.5))
  let moments = try noiseMoments { choices in
    let z = code.latent(try choices.standardNormal())
    return [model.logJoint(z), model.signal(z, under: code)]
  }
  return .init(
    // All sampled, the bound does not vary at the posterior; what is left is rounding.
    printed: moments.variance[1] < 1e-20 ? 0 : moments.variance[1], corrected: moments.variance[0],
    independent: 0.5,
    underCondition: (
      try noiseMoments { choices in
        [model.logLikelihood(2 + sqrt(0.05) * (try choices.standardNormal()))]
      }.variance[0], 0.05125
    ), allowed: 1e-10)
}

private let frozenDraws = ErratumCase(
  "E-046", model: "x|z ~ N(z, 1), x = 1, ε = .4, μ = .5 − .4 σ, σ = 1000: the frozen objective"
) {
  let model = LinearGaussian.unit
  let code = GaussianCode(mean: 0.5 - 400, logSd: log(1000))
  let frozen = ImportanceWeightedSample(model, code, noises: [0.4]).value
  return .init(
    printed: frozen, corrected: LatentLineBound(of: model, at: code).elbo.value,
    independent: model.elbo(mean: code.mean, variance: 1e6).value,
    underCondition: (
      try mean {
        model.signal(0.5 + sqrt(0.5) * $0, under: GaussianCode(mean: 0.5, logSd: log(0.5) / 2))
      },
      model.exactPosterior.logEvidence.value
    ), allowed: 1e-9)
}
