import Probability

// Means, variances and covariances with every state visited and the rounding carried along: what
// estimators on a few states are compared with.

extension SoftmaxLaw {
  /// E_q[f] of a table.
  func exactMean(_ values: [ExactValue]) -> ExactValue {
    zip(probabilities, values).sum { q, value in ExactValue(q) * value }
  }

  /// Var_q[f] = E_q[(f − E_q f)²] of a table.
  func exactVariance(_ values: [ExactValue]) -> ExactValue { exactCovariance(values, values) }

  /// Cov_q[f, g] = E_q[(f − E_q f)(g − E_q g)] of two tables.
  func exactCovariance(_ f: [ExactValue], _ g: [ExactValue]) -> ExactValue {
    let (meanOfF, meanOfG) = (exactMean(f), exactMean(g))
    return exactMean(zip(f, g).map { ($0 - meanOfF) * ($1 - meanOfG) })
  }

  /// s_k(z) = [k = z] − q(k), for one component k and all states z.
  func exactScores(_ component: Int) -> [ExactValue] {
    let q = ExactValue(probabilities[component])
    return probabilities.indices.map { ($0 == component ? 1 : 0) - q }
  }

  /// w(z) s_k(z), a table over z for each component k.
  func exactTerms(_ weights: [ExactValue]) -> [[ExactValue]] {
    logits.indices.map { k in zip(weights, exactScores(k)).map { $0 * $1 } }
  }

  /// E_q[w s], component by component: the score-function gradient of E_q[w].
  func exactMeanScore(_ weights: [ExactValue]) -> [ExactValue] {
    exactTerms(weights).map(exactMean)
  }

  /// Cov_q[w s], row by row in one list.
  func exactScoreCovariance(_ weights: [ExactValue]) -> [ExactValue] {
    let terms = exactTerms(weights)
    return terms.flatMap { row in terms.map { exactCovariance(row, $0) } }
  }
}

/// Numbers that are given, with no rounding in them.
func given(_ numbers: [Double]) -> [ExactValue] { numbers.map { ExactValue($0) } }

/// A sum that was made by reverse-mode differentiation, with its rounding: eight to a term, as in
/// `exactELBO`.
func differentiated(_ sum: Double, from terms: [Double]) -> ExactValue {
  ExactValue(sum, roundingBound: 8 * .ulpOfOne * terms.reduce(0) { $0 + abs($1) })
}
