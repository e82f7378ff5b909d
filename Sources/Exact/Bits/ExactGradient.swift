import GSL
public import Models
public import Probability

// The gradient of the ELBO of independent bits with respect to the logits of q, by two routes that
// share no line: one differentiates q(z), the other the dependence on each bit.

/// ∇ELBO as a sum over all states of q(z) f(z) times the score.
///
/// ```
/// ∂ELBO/∂logit_d = Σ_z q(z) [log p(x, z) − log q(z)] (z_d − b_d),     0 log 0 = 0
/// ```
/// Nil where it is undefined: where q gives weight to a state that the model excludes, so that the
/// ELBO is −∞.
public func exactELBOGradient(
  under q: BernoulliFactors, of model: some BinaryLatentModel
) -> [ExactValue]? {
  var sums = [BoundedSum](repeating: BoundedSum(), count: q.count)
  for z in q.states {
    let weight = q.probability(z)
    guard weight > 0 else { continue }
    let (logJoint, logWeight) = (model.logJoint(z), q.logProbability(z))
    guard logJoint.isFinite else { return nil }
    for (d, score) in q.score(z).enumerated() {
      sums[d].add(
        weight * score, times: logJoint - logWeight, size: abs(logJoint) + abs(logWeight))
    }
  }
  return sums.map { $0.value(model.roundingsOfSignal) }
}

/// ∇ELBO from the effect of switching each bit, averaged over the others.
///
/// ```
/// ∂ELBO/∂b_d = E_{q(z₋d)}[log p(x, z₋d, z_d = 1) − log p(x, z₋d, z_d = 0)] − logit(b_d)
/// ∂ELBO/∂logit_d = b_d (1 − b_d) ∂ELBO/∂b_d
/// ```
/// The second route to `exactELBOGradient`; needs every b_d strictly between 0 and 1.
public func exactELBOGradientBySwitching(
  under q: BernoulliFactors, of model: some BinaryLatentModel
) -> [ExactValue] {
  q.probabilities.enumerated().map { d, b in
    var effect = BoundedSum()
    for z in q.states where z[d] == 1 {
      var switched = z
      switched[d] = 0
      let (on, off) = (model.logJoint(z), model.logJoint(switched))
      effect.add(b * (1 - b) * (q.probability(z) / b), times: on - off, size: abs(on) + abs(off))
    }
    effect.add(-b * (1 - b), times: log(b / (1 - b)), size: abs(log(b / (1 - b))) + 1)
    return effect.value(model.roundingsOfSignal + model.roundingsOfLogJoint)
  }
}

// MARK: The same for the probabilities of the bits

/// ∇ELBO as a sum over all states of q(z) f(z) times the score.
public func exactELBOGradient(factorised b: [Double], of model: some BinaryLatentModel)
  -> [Double]?
{
  exactELBOGradient(under: BernoulliFactors(b), of: model)?.map(\.value)
}

/// ∇ELBO from the effect of switching each bit, averaged over the others.
public func exactELBOGradientBySwitching(factorised b: [Double], of model: some BinaryLatentModel)
  -> [Double]
{
  exactELBOGradientBySwitching(under: BernoulliFactors(b), of: model).map(\.value)
}
