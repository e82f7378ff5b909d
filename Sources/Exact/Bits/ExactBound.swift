import GSL
public import Models
public import Probability

/// The ELBO of any q over finitely many states, term by term: the oracle for every estimate of it.
///
/// ```
/// ELBO(q) = Σ_z q(z) [log p(x, z) − log q(z)],      0 log 0 = 0
/// ```
public func exactELBO(of q: [Double], logJoints: [Double]) -> ExactValue {
  var sum = BoundedSum()
  for (weight, logJoint) in zip(q, logJoints) where weight > 0 {
    sum.add(weight, times: logJoint - log(weight), size: abs(logJoint) + abs(log(weight)))
  }
  return sum.value(Roundings(ofItsSize: 4, ofOne: 4))
}

/// The 2^D probabilities of independent bits, lowest bit first: q(z) = Π_d b_d^z_d (1 − b_d)^(1 − z_d).
package func factorised(_ probabilities: [Double]) -> [Double] {
  BernoulliFactors(probabilities).stateProbabilities
}

/// The exact ELBO of independent bits, by enumeration of all 2^D states, one state in memory at a time.
public func exactELBO(under q: BernoulliFactors, of model: some BinaryLatentModel) -> ExactValue {
  var sum = BoundedSum()
  for z in model.states {
    let weight = q.probability(z)
    guard weight > 0 else { continue }
    let (logJoint, logWeight) = (model.logJoint(z), q.logProbability(z))
    sum.add(weight, times: logJoint - logWeight, size: abs(logJoint) + abs(logWeight))
  }
  return sum.value(model.roundingsOfSignal)
}

/// The same for the probabilities of the bits.
public func exactELBO(factorised probabilities: [Double], of model: some BinaryLatentModel)
  -> ExactValue
{
  exactELBO(under: BernoulliFactors(probabilities), of: model)
}

/// Σ_i w_i v_i beside the magnitudes that its rounding is measured by.
struct BoundedSum {
  private var sum = CompensatedSum()
  private var (magnitude, weight) = (0.0, 0.0)

  /// Adds a term w · v; `size` is how large the numbers are that v is made of.
  mutating func add(_ weight: Double, times value: Double, size: Double) {
    sum.add(weight * value)
    magnitude += abs(weight) * size
    self.weight += abs(weight)
  }

  /// The sum with its rounding, given that of each v; −∞ where a term is.
  ///
  /// A weight is a product, with as many roundings as v has terms, and so is each term.
  func value(_ roundings: Roundings) -> ExactValue {
    guard magnitude.isFinite else { return ExactValue(-.infinity, roundingBound: 0) }
    let bound =
      (2 * roundings.ofItsSize + 4) * magnitude + roundings.ofOne * weight + abs(sum.value)
    return ExactValue(sum.value, roundingBound: Double.ulpOfOne * bound)
  }
}

extension BinaryLatentModel {
  /// Those of f(z) = log p(x, z) − log q(z) for independent bits q.
  var roundingsOfSignal: Roundings {
    roundingsOfLogJoint + Roundings(ofItsSize: Double(latentCount), ofOne: Double(latentCount))
  }
}
