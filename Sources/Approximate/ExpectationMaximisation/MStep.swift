public import Models

// Both M-steps match moments: under the new parameters the model expects of each component what the
// responsibilities say it saw.
//
//   N_k = Σ_n r_nk,   weights_k = N_k / N,   E_k[statistic] = Σ_n r_nk statistic(x_n) / N_k
//
// A component without responsibility leaves F as it is whatever its parameters are: it keeps them.

extension BernoulliMixture: MaximisableMixture {
  /// The M-step: p_kd = Σ_n r_nk x_nd / N_k.
  public func maximised(
    by responsibilities: [[Double]], over data: [[Double]]
  ) throws(ModelError) -> BernoulliMixture {
    let counts = effectiveCounts(responsibilities, componentCount)
    let rows = probabilities.indices.map { k in
      probabilities[k].indices.map { d in
        guard counts[k] > 0 else { return probabilities[k][d] }
        let mean = weightedSum(responsibilities, k, data.map { $0[d] }) / counts[k]
        // Rounding must not declare impossible what was seen: a datum with x_nd = 0 and a
        // responsibility below 10⁻¹⁶ would take F from its maximum to −∞.
        let seenOff = zip(responsibilities, data).contains { $0[k] > 0 && $1[d] == 0 }
        return min(mean, seenOff ? (1.0).nextDown : 1)
      }
    }
    return try BernoulliMixture(weights: shares(counts), probabilities: rows)
  }
}

extension GaussianMixture: MaximisableMixture {
  // listing: 00 gaussian-m-step
  /// The M-step: weighted means, and weighted variances around the new means.
  public func maximised(
    by responsibilities: [[Double]], over data: [Double]
  ) throws(ModelError) -> GaussianMixture {
    let counts = effectiveCounts(responsibilities, componentCount)
    let means = means.indices.map { k in
      counts[k] > 0 ? weightedSum(responsibilities, k, data) / counts[k] : self.means[k]
    }
    let variances = variances.indices.map { k in
      guard counts[k] > 0 else { return self.variances[k] }
      let squares = data.map { ($0 - means[k]) * ($0 - means[k]) }
      return weightedSum(responsibilities, k, squares) / counts[k]
    }
    return try GaussianMixture(weights: shares(counts), means: means, variances: variances)
  }
  // end of listing
}

/// N_k = Σ_n r_nk.
private func effectiveCounts(_ responsibilities: [[Double]], _ components: Int) -> [Double] {
  (0..<components).map { k in responsibilities.reduce(0) { $0 + $1[k] } }
}

/// N_k / N.
private func shares(_ counts: [Double]) -> [Double] {
  let total = counts.reduce(0, +)
  return counts.map { $0 / total }
}

/// Σ_n r_nk f(x_n).
private func weightedSum(_ responsibilities: [[Double]], _ k: Int, _ values: [Double]) -> Double {
  zip(responsibilities, values).reduce(0) { $0 + $1.0[k] * $1.1 }
}
