import GSL
import Models
import Networks
public import Probability
import _Differentiation

/// The score function by differentiating an expression whose gradient it is.
///
/// ```
/// surrogate(φ) = (1/S) Σ_s detach(f(z_s) − c) log q(z_s; φ)          b = sigmoid(φ)
/// ∇surrogate = (1/S) Σ_s (f(z_s) − c) (z_s − b)
/// ```
/// The gradient is the estimate; the value means nothing and is not the ELBO. Without `detach` the
/// dependence of f = log p − log q on φ is differentiated as well, which adds −log q(z) (z − b) to
/// each term: another estimator, with a bias.
/// Needs every b_d strictly between 0 and 1. Reference: Schulman, Heess, Weber and Abbeel 2015.
public struct Surrogate: GradientEstimator {
  /// c.
  public let baseline: Double
  /// Whether the signal counts as a constant.
  public let detachesSignal: Bool

  /// The surrogate with a constant baseline.
  public init(baseline: Double = 0, detachesSignal: Bool = true) {
    self.baseline = baseline
    self.detachesSignal = detachesSignal
  }

  /// The surrogate at given samples, and its gradient with respect to the logits.
  public func valueAndGradient(
    _ bound: BernoulliBound, at draws: [[Double]]
  ) -> (value: Double, gradient: [Double]) {
    let logits = Vector(bound.q.probabilities.map { logOdds($0) })
    var value = 0.0
    var gradient = Vector(zeros: logits.count)
    for latents in draws {
      let bits = Vector(latents)
      let logJoint = bound.model.logJoint(latents)
      let (term, slope) = valueWithGradient(at: logits) { logits in
        surrogateTerm(
          logits, bits: bits, logJoint: logJoint, baseline: baseline, detaches: detachesSignal)
      }
      value += term
      gradient += slope
    }
    let count = Double(draws.count)
    return (value / count, (gradient / count).array)
  }

  /// An estimate of ∇ELBO from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    valueAndGradient(bound, at: try bound.draws(samples, &choices)).gradient
  }
}

/// log q(z; φ) = z·φ − Σ_d softplus(φ_d).
@differentiable(reverse,wrt: logits)
func logProbability(_ logits: Vector, bits: Vector) -> Double {
  bits.dot(logits) - softplus(logits).sum()
}

@differentiable(reverse,wrt: logits)
private func surrogateTerm(
  _ logits: Vector, bits: Vector, logJoint: Double, baseline: Double, detaches: Bool
) -> Double {
  let logQ = logProbability(logits, bits: bits)
  let signal = logJoint - logQ - baseline
  if detaches {
    return detach(signal) * logQ
  }
  return signal * logQ
}

private func logOdds(_ probability: Double) -> Double {
  log(probability) - log(1 - probability)
}
