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

/// q(z) of one state of independent bits.
func factorisedWeight(_ state: Int, _ probabilities: [Double]) -> Double {
  var product = 1.0
  for (d, b) in probabilities.enumerated() { product *= state >> d & 1 == 1 ? b : 1 - b }
  return product
}

/// The exact ELBO of a factorised q, by enumeration of all 2^D states, one state in memory at a time.
public func exactELBO(factorised probabilities: [Double], of model: some BinaryLatentModel)
  -> ExactValue
{
  var sum = CompensatedSum()
  var magnitude = 0.0
  for state in 0..<(1 << model.latentCount) {
    let weight = factorisedWeight(state, probabilities)
    guard weight > 0 else { continue }
    let term =
      weight * (model.logJoint(latents(state, count: model.latentCount)) - log(weight))
    sum.add(term)
    magnitude += abs(term)
  }
  let bound = magnitude.isFinite ? 8 * Double.ulpOfOne * magnitude : 0
  return ExactValue(magnitude.isFinite ? sum.value : -.infinity, roundingBound: bound)
}
