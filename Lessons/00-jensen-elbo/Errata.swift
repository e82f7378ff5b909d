import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import _Differentiation

/// The errata that the lesson shows, in the order of its page.
let errata: [ErratumCase] = [
  unreachablePosterior, gapSign, boundSign, evidenceWithoutQ, parametersInside, support,
]

// MARK: Steps

/// What the E-step promises, F = log p(y), against the best that the family has.
private let unreachablePosterior = ErratumCase(
  "E-010",
  model: "z ~ N(0, 1), y|z ~ Poisson(e^(z + .2)), y = 3, q = N(m, v). L0 says on its slide "
    + "“EM Derivation: The ELBO” that an E-step sets q to the posterior, so that F = log p(y) (printed); "
    + "F at the best Gaussian stays below it (corrected)"
) {
  let model = PoissonCount.threeEvents
  let best = model.bestGaussian()
  let evidence = model.exactLogEvidence
  let gap = model.exactGap(mean: best.mean, variance: best.variance)
  return ErratumCase.Comparison(
    printed: evidence.value,
    corrected: model.elbo(mean: best.mean, variance: best.variance).value,
    independent: evidence.value - gap.value, allowed: evidence.errorBound + gap.errorBound)
}

/// What (μ, Σ) = (0, 1) yields, printed as log p(x); adding the gap gives it back.
private let evidenceWithoutQ = ErratumCase(
  "E-015",
  model: "z ~ N(0, 1), x|z ~ N(z, 1), x = 1. L1 speaks, after its derivation of the bound, of "
    + "choosing the mean and variance of q to maximise log p(x). What they move is the ELBO, here at "
    + "q = N(0, 1) (under printed); log p(x) stays (under corrected)"
) {
  let model = LinearGaussian.unit
  let bound = model.elbo(mean: 0, variance: 1).value
  return ErratumCase.Comparison(
    printed: bound, corrected: bound + model.exactGap(mean: 0, variance: 1).value,
    independent: model.exactLogEvidence.value)
}

/// ∂F/∂θ with θ_old inside is 0; with θ inside it is E_q[∂ log p(x, z|θ)/∂θ].
private let parametersInside = ErratumCase(
  "E-036",
  model: "z ∈ {0, 1}, q = (.35, .65), p(x=1|z) = 1/(1 + e^(.2 − θz)), x = 1, θ = .7. L3 prints "
    + "F = E_q[log p(x, z|θ_old)] + H(q), which has no θ in it: its slope in θ is 0"
) {
  let (q, theta) = (0.65, 0.7)
  // F at θ, its old parameters held at θ_old = .7: only the first argument is moved.
  let printed = gradient(at: theta) { _ in stepFreeEnergy(q, 0.7) }
  let differentiated = gradient(at: theta) { stepFreeEnergy(q, $0) }
  return ErratumCase.Comparison(
    printed: printed, corrected: differentiated, independent: q * sigmoid(0.2 - theta))
}

/// (1 − q) log σ(−.2) + q log σ(θ − .2) + H(q) + E_q[log p(z)], the prior flat.
///
/// ```
/// log σ(a) = −log(1 + e^−a)
/// ```
@differentiable(reverse,wrt: theta)
private func stepFreeEnergy(_ q: Double, _ theta: Double) -> Double {
  let off = -log1p(exp(0.2))
  let on = -log1p(exp(0.2 - theta))
  let entropy = -(q * log(q) + (1 - q) * log(1 - q))
  return (1 - q) * off + q * on + entropy - log(2)
}

// MARK: Signs

/// The prior form with the sign of its divergence turned, which bounds nothing.
///
/// ```
/// E_q[log p(x | z)] + KL(q‖p(z)) = ELBO(q) + 2 KL(q‖p(z))
/// ```
/// It is printed as a lower bound in a lecture, and exceeds log p(x) on a model of two states.
func elboWithTheSignTurned(of q: [Double], _ joint: FiniteJoint) -> Double {
  q.indices.reduce(kullbackLeibler(of: q, from: joint.prior)) { total, z in
    q[z] == 0 ? total : total + q[z] * joint.logLikelihood(z)
  }
}

/// Two states, q = (.1, .9): the model of both errata about the sign of the divergence.
func twoStates() throws -> BoundProblem {
  BoundProblem(joint: try FiniteJoint(prior: [0.7, 0.3], likelihood: [0.2, 0.9]), q: [0.1, 0.9])
}

private let gapSign = ErratumCase(
  "E-011",
  model: "p(z) = (.7, .3), p(x|z) = (.2, .9), q = (.1, .9). The last line of L1's derivation of "
    + "KL(q‖p(z|x)) is log p(x) − E_q[log p(x|z)] − KL(q‖p(z)); a divergence is never negative"
) {
  let (joint, q) = (try twoStates().joint, try twoStates().q)
  let posterior = ExactPosterior(of: joint)
  let logEvidence = posterior.logEvidence.value
  // log p(x) − E_q[log p(x|z)] ∓ KL(q‖p(z)): the printed form and the corrected one.
  let printed = logEvidence - elboWithTheSignTurned(of: q, joint)
  let corrected = logEvidence - elboByDivergence(of: q, joint).value
  return ErratumCase.Comparison(
    printed: printed, corrected: corrected, independent: exactGap(q, posterior).value)
}

private let boundSign = ErratumCase(
  "E-012",
  model: "p(z) = (.7, .3), p(x|z) = (.2, .9), q = (.1, .9). L1 prints "
    + "E_q[log p(x|z)] + KL(q‖p(z)) as a lower bound on log p(x), which is −.8915981193"
) {
  let (joint, q) = (try twoStates().joint, try twoStates().q)
  return ErratumCase.Comparison(
    printed: elboWithTheSignTurned(of: q, joint),
    corrected: elboByDivergence(of: q, joint).value,
    independent: exactELBO(of: q, logJoints: joint.logJoints).value)
}

/// log E_q[p(x, z)/q(z)], printed as log p(x) when q > 0 wherever p(z|x) > 0.
private let support = ErratumCase(
  "E-062",
  model: "p(x, z) = (.2, .3, .1), q = (.4, .6, 0). L4 asks for q(z) > 0 wherever p(z|x) > 0, in "
    + "deriving the bound. This q breaks it: log E_q[p(x, z)/q(z)] (printed) is not log p(x), but "
    + "ELBO(q) + KL(q‖p(z|x)) is (corrected). With q = (.3, .3, .4) both are log p(x)"
) {
  let joint = try FiniteJoint(prior: [0.4, 0.4, 0.2], likelihood: [0.5, 0.75, 0.5])
  func logMeanRatio(_ q: [Double]) -> Double {
    log(
      q.indices.filter { q[$0] > 0 }.reduce(0) { $0 + q[$1] * (exp(joint.logJoint($1)) / q[$1]) })
  }
  let posterior = ExactPosterior(of: joint)
  let logEvidence = posterior.logEvidence.value
  // Without the condition the equality fails; what remains true is ELBO + KL = log p(x).
  let q = [0.4, 0.6, 0]
  return ErratumCase.Comparison(
    printed: logMeanRatio(q),
    corrected: elboByEntropy(of: q, joint).value + exactGap(q, posterior).value,
    independent: logEvidence,
    underCondition: (printed: logMeanRatio([0.3, 0.3, 0.4]), independent: logEvidence))
}
