import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import _Differentiation

/// Errata about where a gradient may go: E-004, E-006, E-064, E-074, E-058, E-059.
let errataOfGradients: [ErratumCase] = [
  whereItPassesInside, whenQFollows, sharedPriorParameter, boundaryOfTheLog, movingSupport,
  directionOfTheLikelihood,
]

private let whereItPassesInside = ErratumCase(
  "E-004",
  model: """
    ‘∇E_q[f] ≠ E_q[∇f]’: for p(x,z) = (.1, .3), q = sigmoid(φ) and φ = .3 the gradient inside is 0 \
    and the true one, in second place here, is not. At φ = log 3 both are 0, so that ‘≠’ needs ‘in \
    general’
    """
) {
  func outside(_ phi: Double) -> Double {
    exactELBOGradient(logits: [0, phi], logJoints: [log(0.1), log(0.3)])[1]
  }
  let law = SoftmaxLaw(logits: [0, 0.3])
  let inside = 0 - law.mean([law.score(0), law.score(1)])[1]
  let byScores = law.mean(
    [0, 1].map { (log([0.1, 0.3][$0]) - log(law.probabilities[$0])) * law.score($0)[1] })
  return .init(
    printed: inside, corrected: outside(0.3), independent: byScores,
    underCondition: (inside, outside(log(3))))
}

private let whenQFollows = ErratumCase(
  "E-006",
  model: """
    d ELBO/dθ where Laplace's q (a Gaussian with the mode and the curvature of log p(y, z)) moves with \
    θ, without and with its motion; z ~ N(0,1), y = 3 of Poisson(e^(z+θ)), θ = .2
    """
) {
  let (y, theta) = (3.0, 0.2)
  let laplaceLaw = laplace(y, theta)
  let (m, v) = (laplaceLaw.m, laplaceLaw.v)
  let rate = exp(theta + m + v / 2)
  // dm/dθ = −r/(1 + r) and dv/dθ = −r (1 + dm/dθ)/(1 + r)² at the mode's rate r = e^(m+θ).
  let atMode = exp(m + theta)
  let dm = -atMode / (1 + atMode)
  let dv = -atMode * (1 + dm) / ((1 + atMode) * (1 + atMode))
  let partial = y - rate
  let corrected = partial + (y - rate - m) * dm + 0.5 * (1 / v - 1 - rate) * dv
  let best = bestGaussian(y, theta)
  return .init(
    printed: partial, corrected: corrected,
    independent: gradient(at: theta) { theta in
      let q = laplace(y, theta)
      return poissonELBO(y, theta, q.m, q.v)
    },
    underCondition: (
      y - exp(theta + best.m + best.v / 2),
      gradient(at: theta) { theta in
        let q = bestGaussian(y, theta)
        return poissonELBO(y, theta, q.m, q.v)
      }
    ),
    // Newton's iteration and its derivative lose a few digits to rounding each.
    allowed: 4096 * .ulpOfOne)
}

private let sharedPriorParameter = ErratumCase(
  "E-064",
  model: "d KL(q‖p)/dt through p alone, and whole: q = sigmoid(t), p = sigmoid(t/2 + .3), t = 1.4"
) {
  let t = 1.4
  let (b, a) = (sigmoid(t), sigmoid(0.5 * t + 0.3))
  let printed = 0.5 * (a - b)
  let score = b * (1 - b) * (log(b / a) - log((1 - b) / (1 - a)))
  return .init(
    printed: printed, corrected: printed + score,
    independent: gradient(at: t) { bitDivergence($0, 0.5 * $0 + 0.3) },
    underCondition: (printed, gradient(at: t) { bitDivergence(1.4, 0.5 * $0 + 0.3) }))
}

private let boundaryOfTheLog = ErratumCase(
  "E-074",
  model:
    "the slope of E[f] in b, from the score: one bit, f = (−1, −3), b = 0, where z = 1 is not drawn"
) {
  let f = [-1.0, -3]
  return .init(
    printed: GradientOfAnExpectationDerivation.answer.bitGradient(0, f), corrected: f[1] - f[0],
    independent: gradient(at: 0.0) { (1 - $0) * -1 + $0 * -3 },
    underCondition: (GradientOfAnExpectationDerivation.answer.bitGradient(0.4, f), f[1] - f[0]))
}

private let movingSupport = ErratumCase(
  "E-058", model: "∂E[f]/∂ω by the score, and right: z ~ U(0, ω), f(z) = z, ω = 1.7"
) {
  let problem = AlternativesProblem.ofErrata
  return .init(
    printed: try problem.uniformScore(),
    corrected: try problem.edge + problem.uniformScore(),
    independent: gradient(at: problem.end) { $0 / 2 })
}

private let directionOfTheLikelihood = ErratumCase(
  "E-059",
  model:
    "∂E[log p(x|z)]/∂b of one bit, b = .4, with p(x|z) = (.9, .2), then (.2, .9): its sign turns"
) {
  .init(
    printed: try meanGradient([0.9, 0.2]), corrected: try meanGradient([0.2, 0.9]),
    independent: log(0.9) - log(0.2))
}

private func meanGradient(_ likelihood: [Double]) throws -> Double {
  let moments = try exactMoments { choices in
    try ExpectedValue(under: BernoulliMeans([0.4]), of: { log(likelihood[Int($0[0])]) })
      .gradient(by: ScoreFunction(None()), &choices)
  }
  return moments.mean[0]
}

// MARK: The models

/// E_q[log p(y, z)] + H(q) for q = N(m, v), without the constants.
@differentiable(reverse)
private func poissonELBO(
  _ y: Double, _ theta: Double, _ m: Double, _ v: Double
) -> Double {
  y * (m + theta) - exp(m + theta + 0.5 * v) - 0.5 * (m * m + v) + 0.5 * log(v)
}

private struct GaussianLaw: Differentiable {
  var m: Double
  var v: Double
}

/// Mode and curvature: y − e^(m+θ) − m = 0 by Newton's method, v = 1/(1 + e^(m+θ)).
@differentiable(reverse,wrt: theta)
private func laplace(_ y: Double, _ theta: Double) -> GaussianLaw {
  var m = 0.5
  for _ in 0..<30 {
    let rate = exp(m + theta)
    m += (y - rate - m) / (1 + rate)
  }
  return GaussianLaw(m: m, v: 1 / (1 + exp(m + theta)))
}

/// The Gaussian of the largest ELBO: m = y − r, v = 1/(1 + r), log r = m + θ + v/2, solved for log r.
@differentiable(reverse,wrt: theta)
private func bestGaussian(_ y: Double, _ theta: Double) -> GaussianLaw {
  var logRate = 0.8
  for _ in 0..<30 {
    let rate = exp(logRate)
    let v = 1 / (1 + rate)
    let miss = logRate - (y - rate + theta + 0.5 * v)
    logRate -= miss / (1 + rate + 0.5 * v * v * rate)
  }
  let rate = exp(logRate)
  return GaussianLaw(m: y - rate, v: 1 / (1 + rate))
}

/// KL(σ(s)‖σ(t)) of two bits.
@differentiable(reverse)
private func bitDivergence(_ s: Double, _ t: Double) -> Double {
  let b = sigmoid(s)
  return b * (logSigmoid(s) - logSigmoid(t)) + (1 - b) * (logSigmoid(-s) - logSigmoid(-t))
}
