import GSL
public import Models

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
  for state in 0..<(1 << b.count) {
    let weight = factorisedWeight(state, b)
    guard weight > 0 else { continue }
    let z = latents(state, count: b.count)
    let signal = model.logJoint(z) - log(weight)
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
  b.indices.map { d in
    var effect = CompensatedSum()
    for state in 0..<(1 << b.count) where state >> d & 1 == 1 {
      let weight = factorisedWeight(state, b)
      let on = model.logJoint(latents(state, count: b.count))
      let off = model.logJoint(latents(state ^ (1 << d), count: b.count))
      effect.add(weight / b[d] * (on - off))
    }
    return b[d] * (1 - b[d]) * (effect.value - log(b[d] / (1 - b[d])))
  }
}
