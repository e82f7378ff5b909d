import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// The errata that this lesson shows.
let errata: [ErratumCase] = [
  sleepRule, covarianceOfStatistics, meanOfStatistics, meansForStates, averagedOver, noNormaliser,
]

private let sleepRule = ErratumCase(
  "E-037", model: "x ∈ {1, 2} with p(x) = ½ each, E[z|x] = (.3, .9), f = σ(φx), φ = .4; mean step"
) {
  let layer = SigmoidBeliefNetwork.Layer(weights: [[0.4]], bias: [0])
  // −∂/∂φ of E_x[−E log q], with ∂log σ(a)/∂a the probability of the other state.
  let slope = [(1.0, 0.3), (2, 0.9)].reduce(0.0) { total, pair in
    let a = 0.4 * pair.0
    return total + 0.5 * pair.0 * (pair.1 * sigmoid(-a) - (1 - pair.1) * sigmoid(a))
  }
  return .init(
    printed: try meanStep { layer.squaredErrorDelta(of: $0, reading: $1) },
    corrected: try meanStep { layer.delta(of: $0, reading: $1) }, independent: slope)
}

private let covarianceOfStatistics = ErratumCase(
  "E-038", model: "Gaussian q, s = (z, z²), (m, log v) = (.2, −.3), E_p[s] = (.7, 1.9); step by m"
) {
  let problem = GaussianSleep.example
  let rule = problem.rule
  return .init(
    printed: rule.pulledBack(zip(problem.target, rule.mean).map { $0 - $1 })[0],
    corrected: try rule.step(problem.target)[0], independent: problem.slopes[0].value)
}

private let meanOfStatistics = ErratumCase(
  "E-039", model: "N(.2, 4): the second mean parameter, of s(z) = (z, z²)"
) {
  // The printed parameter is a function of E[z] alone; E[z²] by the moments of a shifted normal.
  .init(
    printed: 0.2 * 0.2,
    corrected: GaussianSleep(m: 0.2, logVariance: log(4), target: [0, 0]).rule.mean[1],
    independent: 4 + 0.2 * 0.2)
}

private let meansForStates = ErratumCase(
  "E-042",
  model: """
    one hidden unit, W = 2, c = −1, q(z = 1) = ẑ = .3, x = 1: the mean wake step by W, with ẑ in the place of \
    z (printed) and with draws; by b, in which log p is affine, the two agree
    """
) {
  let odds = log(0.3) - log(0.7)
  let machine = try HelmholtzMachine(
    generative: SigmoidBeliefNetwork(bias: [0.4], layers: [.init(weights: [[2]], bias: [-1])]),
    recognition: RecognitionNetwork(layers: [.init(weights: [[0]], bias: [odds])], observedUnits: 1)
  )
  let exact = try ExactRecognition(of: machine, [true]).elboGradient
  let printed = machine.wakeWithMeans([true])
  return .init(
    printed: printed[1], corrected: try exactMeans { try machine.wake([true], &$0) }[1].value,
    independent: exact[1].value, underCondition: (printed[0], exact[0].value))
}

private let averagedOver = ErratumCase(
  "E-043",
  model: """
    posteriors (.2, .8), one f for both x: the f that is learnt, with p(x) = (.5, .5), data (.9, .1)
    """
) {
  .init(
    printed: try restingMean(0.1), corrected: try restingMean(0.5),
    independent: leastDivergent([0.5, 0.5]),
    underCondition: (try restingMean(0.1), leastDivergent([0.9, 0.1])), allowed: 1e-12)
}

private let noNormaliser = ErratumCase(
  "E-048",
  model: """
    e^(z²/2), whose integral is infinite, against e^(z²/2 − z⁴/4), which has a normaliser that no \
    formula gives
    """
) {
  .init(printed: nil, corrected: integral(400), independent: integral(640), allowed: 1e-12)
}

// MARK: What they are computed with

/// The mean step of a rule that is given z and x, over both values of x and of z.
private func meanStep(_ rule: ([Double], [Double]) -> [Double]) throws -> Double {
  try exactMean { choices in
    let second = try choices.flip(0.5)
    let on = try choices.flip(second ? 0.9 : 0.3)
    return rule([on ? 1 : 0], [second ? 2 : 1])[0]
  }.value
}

/// Where f rests: the mean of z, when the second x has the given probability.
private func restingMean(_ second: Double) throws -> Double {
  try exactMean { choices in
    let isSecond = try choices.flip(second)
    return try choices.flip(isSecond ? 0.8 : 0.2) ? 1 : 0
  }.value
}

/// The f of the least weighted KL(p‖f): Σ w ((1 − p)/(1 − f) − p/f) = 0, by bisection.
private func leastDivergent(_ weights: [Double]) -> Double {
  var (low, high) = (0.01, 0.99)
  for _ in 0..<60 {
    let f = (low + high) / 2
    let slope = zip(weights, [0.2, 0.8]).reduce(0) {
      $0 + $1.0 * ((1 - $1.1) / (1 - f) - $1.1 / f)
    }
    if slope > 0 { high = f } else { low = f }
  }
  return (low + high) / 2
}

/// ∫ e^(z²/2 − z⁴/4) dz by the trapezoid rule: the integrand and all its slopes vanish at ±6, so it
/// converges faster than any power of the width.
private func integral(_ count: Int) -> Double {
  let step = 12 / Double(count)
  return (0...count).reduce(0) { total, i in
    let z = -6 + step * Double(i)
    return total + step * exp(z * z / 2 - z * z * z * z / 4)
  }
}
