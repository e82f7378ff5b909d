import GSL
public import Models
public import Probability

// Two routes to the evidence of a mixture. The components of different data are independent given
// the parameters, so the sum over all K^N assignments is a product of N sums over K; the sum over
// assignments is kept as the route that does not know this.

/// log p(x) of data under a mixture, datum by datum.
///
/// ```
/// log p(x) = Σ_n log Σ_k weights_k p(x_n | k)
/// ```
public func exactLogEvidence<M: Mixture>(of mixture: M, _ data: [M.Datum]) -> ExactValue {
  var sum = CompensatedSum()
  var bound = 0.0
  for datum in data {
    let term = logSumExp(exactLogJoints(of: mixture, datum))
    sum.add(term)
    bound += mixture.roundingsOfTerm(datum).bound(for: term)
  }
  bound += Double.ulpOfOne * abs(sum.value)
  return ExactValue(sum.value, roundingBound: bound.isFinite ? bound : 0)
}

/// log p(x) as a sum over all K^N assignments of components to data.
///
/// ```
/// log p(x) = log Σ_{z_1 … z_N} Π_n weights_{z_n} p(x_n | z_n)
/// ```
public func exactLogEvidenceByAssignments<M: Mixture>(of mixture: M, _ data: [M.Datum])
  -> ExactValue
{
  let tables = data.map { exactLogJoints(of: mixture, $0) }
  let count = mixture.componentCount
  let assignments = tables.reduce(1) { total, _ in total * count }
  let terms = (0..<assignments).map { assignment in
    var rest = assignment
    return tables.reduce(0) { total, table in
      defer { rest /= count }
      return total + table[rest % count]
    }
  }
  let total = logSumExp(terms)
  // A log joint is a sum of N terms that may cancel; the sum over assignments has terms of one sign.
  let bound = zip(data, tables).reduce(
    Double(assignments + 8) * Double.ulpOfOne + Double.ulpOfOne * abs(total)
  ) { sum, pair in
    let largest = pair.1.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    let roundings =
      mixture.roundingsOfTerm(pair.0) + Roundings(ofItsSize: Double(data.count), ofOne: 0)
    return sum + roundings.bound(for: largest)
  }
  return ExactValue(total, roundingBound: total.isFinite ? bound : 0)
}

extension Mixture {
  /// Those of log p(x), given those of each log p(x | z): K terms of one sign, and their weights.
  fileprivate func roundingsOfTerm(_ datum: Datum) -> Roundings {
    roundingsOfLogLikelihood(datum)
      + Roundings(ofItsSize: 4, ofOne: Double(componentCount) + 8)
  }
}

/// p(z = k | x) of one datum, by Bayes' rule; nil when the datum is impossible.
public func exactResponsibilities<M: Mixture>(of mixture: M, _ datum: M.Datum) -> [Double]? {
  ExactPosterior(logJoints: exactLogJoints(of: mixture, datum)).probabilities
}

/// log p(x, z = k) for all k.
private func exactLogJoints<M: Mixture>(of mixture: M, _ datum: M.Datum) -> [Double] {
  (0..<mixture.componentCount).map {
    log(mixture.weights[$0]) + mixture.logLikelihood($0, datum)
  }
}

extension BernoulliMixture {
  /// ∂ log p(x) / ∂ p_kd by the product rule, without a posterior anywhere.
  ///
  /// ```
  /// ∂p(x_n)/∂p_kd = weights_k · (2 x_nd − 1) · Π_{e ≠ d} p(x_ne | k)
  /// ```
  public func exactGradientOfLogEvidence(_ data: [[Double]]) -> [[Double]] {
    func factor(_ k: Int, _ d: Int, _ datum: [Double]) -> Double {
      datum[d] == 1 ? probabilities[k][d] : 1 - probabilities[k][d]
    }
    return probabilities.indices.map { k in
      probabilities[k].indices.map { d in
        data.reduce(0) { total, datum in
          let evidence = weights.indices.reduce(0) { sum, j in
            sum + weights[j] * datum.indices.reduce(1) { $0 * factor(j, $1, datum) }
          }
          let others = datum.indices.reduce(1) { $1 == d ? $0 : $0 * factor(k, $1, datum) }
          return total + weights[k] * (2 * datum[d] - 1) * others / evidence
        }
      }
    }
  }
}
