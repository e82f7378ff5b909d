import GSL

/// Probabilities from logarithms that lack what makes them sum to one.
func normalised(_ logWeights: [Double]) -> [Double] {
  let total = logSumExp(logWeights)
  return logWeights.map { exp($0 - total) }
}

/// The entropy of a choice and of what it leaves open, in nats.
///
/// ```
/// Σ_i p_i (rest_i − log p_i),     p_i ∝ exp(logWeights_i)
/// ```
func mixedEntropy(_ logWeights: [Double], rest: (Int) -> Double) -> Double {
  let total = logSumExp(logWeights)
  return logWeights.indices.reduce(0) { sum, i in
    let logShare = logWeights[i] - total
    let share = exp(logShare)
    return share > 0 ? sum + share * (rest(i) - logShare) : sum
  }
}
