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
package func factorised(_ probabilities: [Double]) -> [Double] {
  BernoulliFactors(probabilities).stateProbabilities
}

/// The exact ELBO of a factorised q, by enumeration of all 2^D states, one state in memory at a time.
public func exactELBO(factorised probabilities: [Double], of model: some BinaryLatentModel)
  -> ExactValue
{
  var sum = CompensatedSum()
  var magnitude = 0.0
  let q = BernoulliFactors(probabilities)
  for z in model.states {
    let weight = q.probability(z)
    guard weight > 0 else { continue }
    let term = weight * model.signal(z, under: q)
    sum.add(term)
    magnitude += abs(term)
  }
  let bound = magnitude.isFinite ? 8 * Double.ulpOfOne * magnitude : 0
  return ExactValue(magnitude.isFinite ? sum.value : -.infinity, roundingBound: bound)
}
