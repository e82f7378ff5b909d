import GSL
public import Probability

// Two routes to the evidence of a count made by D switches: all 2^D states (`ExactPosterior`), and
// the distinct rates only. Weights that are whole multiples of one unit make few distinct sums, and
// the law of the sum follows switch by switch: a convolution, not an enumeration.

/// The law of S = Σ_d multiples_d z_d for independent switches: entry s is P(S = s).
///
/// ```
/// P_d(S = s) = (1 − b_d) P_{d−1}(S = s) + b_d P_{d−1}(S = s − m_d)
/// ```
// listing: 02 counting-terms
package func lawOfWeightedSum(prior: [Double], multiples: [Int]) -> [Double] {
  var law = [1.0]
  for (b, multiple) in zip(prior, multiples) {
    var next = law.map { (1 - b) * $0 } + [Double](repeating: 0, count: multiple)
    for (s, probability) in law.enumerated() { next[s + multiple] += b * probability }
    law = next
  }
  return law
}
// end of listing

/// log p(y) of a Poisson factor model with weights unit · multiples, over the distinct rates.
///
/// ```
/// p(y) = Σ_s P(S = s) Poisson(y; e^(unit · s))
/// ```
/// The number of terms is 1 + Σ_d multiples_d, not 2^D. Multiples must not be negative.
public func exactLogEvidence(
  ofCount count: Int, prior: [Double], unit: Double, multiples: [Int]
) throws -> ExactValue {
  let law = lawOfWeightedSum(prior: prior, multiples: multiples)
  var terms: [Double] = []
  for (s, probability) in law.enumerated() where probability > 0 {
    let rate = exp(unit * Double(s))
    terms.append(
      log(probability) + (try SpecialFunctions.logPoisson(count: count, rate: rate).value))
  }
  let total = logSumExp(terms)
  let rounding = Double(terms.count + prior.count + 8) * Double.ulpOfOne * max(1, abs(total))
  return ExactValue(total, roundingBound: total.isFinite ? rounding : 0)
}

/// The number of different values that Σ_d weights_d z_d takes, at most 2^D.
package func distinctSums(of weights: [Double]) -> Int {
  let sums = BitStates(of: weights.count).map { z in
    zip(weights, z).reduce(0) { $0 + $1.0 * $1.1 }
  }.sorted()
  let tolerance = 1e-9 * max(1, sums.last ?? 0)
  var count = sums.isEmpty ? 0 : 1
  for (before, after) in zip(sums, sums.dropFirst()) where after - before > tolerance { count += 1 }
  return count
}
