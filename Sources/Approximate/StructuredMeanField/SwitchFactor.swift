import GSL
public import Models
public import Probability

/// The factor q(s_0 … s_{T−1}) of a switching system: a law of paths, by its marginals and its pairs.
public struct SwitchFactor: Sendable, Equatable {
  /// q(s_t = k), a row a step.
  public let marginals: [[Double]]
  /// q(s_t = i, s_{t+1} = j), a table for each step but the last.
  public let pairs: [[[Double]]]

  /// A Markov chain.
  public init(_ law: ChainLaw) {
    marginals = (0..<law.potentials.length).map(law.stateMarginals)
    pairs = law.potentials.edges.indices.map(law.pairMarginals)
  }

  /// States that know nothing of each other, from the distribution of each: where an ascent may start.
  public init(independent marginals: [[Double]]) {
    self.marginals = marginals
    pairs = zip(marginals, marginals.dropFirst()).map { before, after in
      before.map { p in after.map { p * $0 } }
    }
  }

  /// The most probable state of each step, as if it were known: what the printed alternation puts in.
  public var mostProbable: SwitchFactor {
    SwitchFactor(
      independent: marginals.map { row in
        let best = row.indices.max { row[$0] < row[$1] }
        return row.indices.map { $0 == best ? 1 : 0 }
      })
  }

  /// KL(q(s)‖p(s)), infinite where q has a step that the chain never makes.
  ///
  /// ```
  /// Σ_k q(s_0 = k) log q(s_0 = k)/p(s_0 = k) + Σ_t Σ_ij q(i, j) log q(j|i)/p(j|i)
  /// ```
  public func divergence(from system: SwitchingLinearDynamicalSystem) -> Double {
    var sum = CompensatedSum()
    func add(_ mass: Double, _ ours: Double, _ theirs: Double) {
      if mass > 0 { sum.add(mass * (log(ours) - log(theirs))) }
    }
    for (k, q) in (marginals.first ?? []).enumerated() { add(q, q, system.initialState[k]) }
    for table in pairs {
      for (row, steps) in zip(table, system.transition) {
        let whole = row.reduce(0, +)
        for (pair, step) in zip(row, steps) { add(pair, pair / whole, step) }
      }
    }
    return sum.value
  }
}
