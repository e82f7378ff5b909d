import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import _Differentiation

extension Page {
  /// What the E-step promises, F = log p(y), against the best that the family has.
  static let unreachablePosterior = ErratumCase(
    "E-010", model: "z ~ N(0, 1), y|z ~ Poisson(e^(z + .2)), y = 3, q = N(m, v)"
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
  static let evidenceWithoutQ = ErratumCase(
    "E-015", model: "z ~ N(0, 1), x|z ~ N(z, 1), x = 1, (μ, Σ) = (0, 1)"
  ) {
    let model = LinearGaussian.unit
    let bound = model.elbo(mean: 0, variance: 1).value
    return ErratumCase.Comparison(
      printed: bound, corrected: bound + model.exactGap(mean: 0, variance: 1).value,
      independent: model.exactLogEvidence.value)
  }

  /// ∂F/∂θ with θ_old inside is 0; with θ inside it is E_q[∂ log p(x, z|θ)/∂θ].
  static let parametersInside = ErratumCase(
    "E-036",
    model: "z ∈ {0, 1}, q = (.35, .65), p(x=1|z) = σ(θz − .2), x = 1, θ = .7; ∂F/∂θ"
  ) {
    let (q, theta) = (0.65, 0.7)
    // F at θ, its old parameters held at θ_old = .7: only the first argument is moved.
    let printed = gradient(at: theta) { _ in stepFreeEnergy(q, 0.7) }
    let differentiated = gradient(at: theta) { stepFreeEnergy(q, $0) }
    return ErratumCase.Comparison(
      printed: printed, corrected: differentiated, independent: q * sigmoid(0.2 - theta))
  }
}

/// (1 − q) log σ(−.2) + q log σ(θ − .2) + H(q) + E_q[log p(z)], the prior flat; log σ(a) = −log(1 + e^−a).
@differentiable(reverse,wrt: theta)
private func stepFreeEnergy(_ q: Double, _ theta: Double) -> Double {
  let off = -log1p(exp(0.2))
  let on = -log1p(exp(0.2 - theta))
  let entropy = -(q * log(q) + (1 - q) * log(1 - q))
  return (1 - q) * off + q * on + entropy - log(2)
}
