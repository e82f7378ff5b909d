import GSL
public import Models
public import Probability

/// The ELBO of any q over finitely many states, term by term: the oracle for every estimate of it.
///
/// ```
/// ELBO(q) = Σ_z q(z) [log p(x, z) − log q(z)],      0 log 0 = 0
/// ```
public func exactELBO(of q: [Double], logJoints: [Double]) -> ExactValue {
  var sum = CompensatedSum()
  var magnitude = 0.0
  for (weight, logJoint) in zip(q, logJoints) where weight > 0 {
    let term = weight * (logJoint - log(weight))
    sum.add(term)
    magnitude += abs(term)
  }
  let bound = magnitude.isFinite ? 8 * Double.ulpOfOne * magnitude : 0
  return ExactValue(magnitude.isFinite ? sum.value : -.infinity, roundingBound: bound)
}

/// The 2^D probabilities of independent bits, lowest bit first: q(z) = Π_d b_d^z_d (1 − b_d)^(1 − z_d).
public func factorised(_ probabilities: [Double]) -> [Double] {
  (0..<(1 << probabilities.count)).map { state in
    probabilities.indices.reduce(1) { product, d in
      product * (state >> d & 1 == 1 ? probabilities[d] : 1 - probabilities[d])
    }
  }
}

/// The exact ELBO of a factorised q, by enumeration of all 2^D states.
public func exactELBO(factorised probabilities: [Double], of model: some BinaryLatentModel)
  -> ExactValue
{
  let states = 0..<(1 << model.latentCount)
  return exactELBO(
    of: factorised(probabilities),
    logJoints: states.map { model.logJoint(latents($0, count: model.latentCount)) })
}
