import GSL

extension CompiledFactorGraph {
  /// The entropy of all variables given the evidence, in nats; nil when the evidence is impossible.
  ///
  /// ```
  /// H = Σ_c H(x_R | x_S) = − Σ_c Σ_(x_c) p(x_c) log p(x_R | x_S)
  /// ```
  /// Each clique's rest is independent of all above it given the separator. No term is negative, so
  /// nothing cancels.
  ///
  /// - Parameter evidence: a value or nil for each variable.
  /// - Returns: the entropy.
  /// - Throws: the refusal of evidence that is none.
  public func entropy(_ evidence: [Int?]) throws(ExactRefusal) -> Double? {
    try require(evidence)
    return with(evidence, { $0.entropy }, { $0.entropy })
  }
}

extension CollectedTables {
  fileprivate var entropy: Double? {
    guard !total.isZero else { return nil }
    var entropy = CompensatedSum()
    forEachBelief { clique, belief in
      for (probability, share) in zip(belief, conditional(clique))
      where probability > 0 && share > 0 {
        entropy.add(-probability * log(share))
      }
    }
    return entropy.value
  }
}
