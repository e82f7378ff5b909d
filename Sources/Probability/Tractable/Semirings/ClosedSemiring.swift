import GSL

/// A semiring in which something may be repeated any number of times.
public protocol ClosedSemiring: Semiring {
  /// 1 ⊕ a ⊕ a ⊗ a ⊕ …, the sum over all numbers of repetitions.
  var star: Self { get }
}

/// The weights of all chains of steps from each place to each other one.
///
/// ```
/// R = 1 ⊕ U ⊕ U ⊗ U ⊕ …      (I − U)⁻¹ where weights are numbers
/// chain(i, j) ← chain(i, j) ⊕ chain(i, k) ⊗ chain(k, k)* ⊗ chain(k, j)      for k = 1, 2, …
/// ```
/// After round k the chains are those that pass through places 1 … k on their way. Nothing is subtracted
/// but from one, in the star. Reference: Kleene 1956; Lehmann 1977.
@inlinable
public func closure<S: ClosedSemiring>(_ steps: [[S]]) -> [[S]] {
  var chains = steps
  for k in chains.indices {
    let (onward, loops) = (chains[k], chains[k][k].star)
    for i in chains.indices {
      let toLoop = chains[i][k] * loops
      guard toLoop != .zero else { continue }
      for j in chains.indices { chains[i][j] = chains[i][j] + toLoop * onward[j] }
    }
  }
  for i in chains.indices { chains[i][i] = chains[i][i] + .one }
  return chains
}

extension LogSum: ClosedSemiring {
  /// 1 / (1 − w); infinite from one on.
  public var star: LogSum {
    LogSum(logWeight: log < 0 ? -logOneLessExp(log) : .infinity)
  }
}

extension LogMax: ClosedSemiring {
  /// Not to repeat what costs something; infinite above one.
  public var star: LogMax { LogMax(logWeight: log <= 0 ? 0 : .infinity) }
}

extension Count: ClosedSemiring {
  /// One where there is nothing to repeat, else too many to count.
  public var star: Count { self == .zero ? .one : Count(nil) }
}

extension WeightedMean: ClosedSemiring {
  /// The mean of w* = 1 / (1 − w) repetitions: E[k] m = m w / (1 − w).
  public var star: WeightedMean {
    guard logWeight < 0 else { return WeightedMean(logWeight: .infinity) }
    let logRest = logOneLessExp(logWeight)
    return WeightedMean(logWeight: -logRest, mean: mean * exp(logWeight - logRest))
  }
}

/// log(1 − e^a) for a < 0, by the form that keeps its digits there.
private func logOneLessExp(_ a: Double) -> Double {
  a > -0.7 ? log(-expm1(a)) : log1p(-exp(a))
}
