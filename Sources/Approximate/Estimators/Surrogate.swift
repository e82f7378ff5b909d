import GSL
import Networks
public import Probability
import _Differentiation

/// The score function by differentiating an expression whose gradient it is.
///
/// ```
/// surrogate(φ) = (1/S) Σ_s detach(f(z_s) − c) log q(z_s; φ)          b = sigmoid(φ)
/// ∇surrogate = (1/S) Σ_s (f(z_s) − c) (z_s − b)
/// ```
/// The gradient is the estimate, that of `ScoreFunction` with a constant baseline; the value means
/// nothing and is not the ELBO. Without `detach` the dependence of f = log p − log q on φ would be
/// differentiated as well, which adds −log q(z) (z − b) to each term: another estimator, with a bias.
/// Needs every b_d strictly between 0 and 1. Reference: Schulman, Heess, Weber and Abbeel 2015.
public struct Surrogate: GradientEstimator {
  /// c.
  public let baseline: Double

  /// The surrogate with a constant baseline.
  public init(baseline: Double = 0) { self.baseline = baseline }

  /// The surrogate at given samples, and its gradient with respect to the logits.
  public func valueAndGradient(
    _ mean: ExpectedValue<BernoulliFactors>, at draws: [[Double]]
  ) -> (value: Double, gradient: [Double]) {
    let logits = Vector(mean.law.probabilities.map { log($0) - log(1 - $0) })
    var value = 0.0
    var gradient = Vector(zeros: logits.count)
    for latents in draws {
      let (bits, signal) = (Vector(latents), mean.signal(latents) - baseline)
      let (term, slope) = valueWithGradient(at: logits) { logits in
        // Computed before: a constant here, as `detach` would make it.
        signal * logProbability(logits, bits: bits)
      }
      value += term
      gradient += slope
    }
    let count = Double(draws.count)
    return (value / count, mean.withKnownPart((gradient / count).array))
  }

  /// An estimate of ∇E_q[f] from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ mean: ExpectedValue<BernoulliFactors>, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    valueAndGradient(mean, at: try mean.draws(samples, &choices)).gradient
  }
}

/// log q(z; φ) = z·φ − Σ_d softplus(φ_d).
@differentiable(reverse,wrt: logits)
func logProbability(_ logits: Vector, bits: Vector) -> Double {
  bits.dot(logits) - softplus(logits).sum()
}
