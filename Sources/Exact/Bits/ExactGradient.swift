import GSL
public import Models
import Probability

// The gradient of the ELBO of a factorised q with respect to the logits of q, by two routes that
// share no line: one differentiates q(z), the other the dependence on each bit.

/// ∇ELBO as a sum over all states of q(z) f(z) times the score.
///
/// ```
/// ∂ELBO/∂logit_d = Σ_z q(z) [log p(x, z) − log q(z)] (z_d − b_d),     0 log 0 = 0
/// ```
/// Nil where it is undefined: where q gives weight to a state that the model excludes, so that the
/// ELBO is −∞.
public func exactELBOGradient(factorised b: [Double], of model: some BinaryLatentModel)
  -> [Double]?
{
  var sums = [CompensatedSum](repeating: CompensatedSum(), count: b.count)
  let q = BernoulliFactors(b)
  for z in q.states {
    let weight = q.probability(z)
    guard weight > 0 else { continue }
    let signal = model.signal(z, under: q)
    guard signal.isFinite else { return nil }
    for d in b.indices { sums[d].add(weight * signal * (z[d] - b[d])) }
  }
  return sums.map(\.value)
}

/// ∇ELBO from the effect of switching each bit, averaged over the others.
///
/// ```
/// ∂ELBO/∂b_d = E_{q(z₋d)}[log p(x, z₋d, z_d = 1) − log p(x, z₋d, z_d = 0)] − logit(b_d)
/// ∂ELBO/∂logit_d = b_d (1 − b_d) ∂ELBO/∂b_d
/// ```
/// The second route to `exactELBOGradient`; needs every b_d strictly between 0 and 1.
public func exactELBOGradientBySwitching(factorised b: [Double], of model: some BinaryLatentModel)
  -> [Double]
{
  let q = BernoulliFactors(b)
  return b.indices.map { d in
    var effect = CompensatedSum()
    for z in q.states where z[d] == 1 {
      var switched = z
      switched[d] = 0
      effect.add(q.probability(z) / b[d] * (model.logJoint(z) - model.logJoint(switched)))
    }
    return b[d] * (1 - b[d]) * (effect.value - log(b[d] / (1 - b[d])))
  }
}
