import GSL

// listing: 01 divergence
/// KL(q‖p) of two distributions on the same finite set: how much q is surprised less than p by
/// what q draws.
///
/// ```
/// KL(q‖p) = E_q[log q − log p] = Σ_k q_k log(q_k / p_k),      0 log 0 = 0
/// ```
/// Infinite where q visits what p excludes. The arguments are named because the lectures use
/// "from" and "to" for the same order both ways.
/// Reference: Kullback and Leibler 1951.
public func kullbackLeibler(of q: [Double], from p: [Double]) -> Double {
  var sum = CompensatedSum()
  for (qk, pk) in zip(q, p) where qk > 0 {
    guard pk > 0 else { return .infinity }
    sum.add(qk * log(qk / pk))
  }
  return sum.value
}
// end of listing

/// H(q) = −E_q[log q].
public func entropy(of q: [Double]) -> Double {
  -CompensatedSum(q.map(entropyTerm)).value
}

/// −E_q[log p], what q pays when it is coded with p's lengths.
public func crossEntropy(of q: [Double], from p: [Double]) -> Double {
  var sum = CompensatedSum()
  for (qk, pk) in zip(q, p) where qk > 0 { sum.add(-qk * log(pk)) }
  return sum.value
}
