import GSL
public import Models

extension ProductHiddenMarkovModel {
  /// The slopes of Σ log p(x) by what the states emit.
  ///
  /// ```
  /// p(z_t = k | x) = w_t(k) ∂ log p(x) / ∂ w_t(k),     w_t(k) = Π_f p_f(x_tf | k)
  /// ```
  /// - Parameters:
  ///   - sequences: step after step, a value a factor.
  ///   - chains: the slopes of each sequence as a chain; nil for an impossible one.
  /// - Returns: the slopes of each factor.
  public func emissionSlopes(
    _ sequences: [[[ObservedValue?]]], _ chains: [ChainSlopes?]
  ) -> [LawSlopes] {
    var slopes = laws.factors.map { LawSlopes($0) }
    for case (let sequence, let chain?) in zip(sequences, chains) {
      for (t, values) in sequence.enumerated() {
        let own = zip(laws.factors, values).map { factor, value in
          value.map(factor.logLikelihoods)
        }
        let shares = chain.marginals[t]
        for (f, value) in values.enumerated() {
          guard let value, let law = own[f] else { continue }
          // Where p_f(x_f | k) is zero: what it would bring is what all else says of the state.
          let open = shares.indices.map { k in
            if shares[k] > 1e-290 { return shares[k] * exp(-law.relative[k] - law.largest) }
            return exp(
              own.indices.reduce(chain.logWeights[t][k] - law.largest) {
                $1 == f ? $0 : $0 + (own[$1]?.relative[k] ?? 0)
              })
          }
          slopes[f].add(value, shares: shares, openShares: open)
        }
      }
    }
    return slopes
  }

  /// What each factor's laws would be fitted by.
  ///
  /// - Parameters:
  ///   - sequences: step after step, a value a factor.
  ///   - marginals: p(z_t = k | x), step after step; nil for an impossible sequence.
  /// - Returns: the sums of each factor.
  public func emissionSums(
    _ sequences: [[[ObservedValue?]]], _ marginals: [[[Double]]?]
  ) -> [LawSums] {
    var sums = laws.factors.map { LawSums($0) }
    for (sequence, rows) in zip(sequences, marginals) {
      for (values, row) in zip(sequence, rows ?? []) {
        for (f, value) in values.enumerated() {
          if let value { sums[f].add(value, shares: row) }
        }
      }
    }
    return sums
  }
}
