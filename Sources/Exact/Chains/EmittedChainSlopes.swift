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
  ///   - weights: ``ChainSlopes/weights`` of each sequence; nil for an impossible one.
  /// - Returns: the slopes of each factor.
  public func emissionSlopes(
    _ sequences: [[[ObservedValue?]]], _ weights: [[[Double]]?]
  ) -> [LawSlopes] {
    var slopes = laws.factors.map { LawSlopes($0) }
    for (sequence, rows) in zip(sequences, weights) {
      for (values, row) in zip(sequence, rows ?? []) {
        let own = zip(laws.factors, values).map { factor, value in
          value.map(factor.logLikelihoods)
        }
        func open(without f: Int?) -> [Double] {
          row.enumerated().map { k, slope in
            let others = own.indices.reduce(0.0) {
              $1 == f ? $0 : $0 + (own[$1]?.relative[k] ?? 0)
            }
            return slope > 0 && others > -.infinity ? slope * exp(others) : 0
          }
        }
        let shares = open(without: nil)
        for (f, value) in values.enumerated() {
          guard let value, let largest = own[f]?.largest else { continue }
          let scale = exp(-largest)
          var openShares = shares
          if case .categorical = laws.factors[f] {
            openShares = open(without: f).map { $0 * scale }
          }
          slopes[f].add(value, shares: shares, openShares: openShares)
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
