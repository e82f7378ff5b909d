import GSL
package import Models

/// Slopes of the ELBO of a chain that is seen through a network, from draws of a normal q(x).
///
/// ```
/// q(x) = N(m, L·Lᵀ)      x = m + L·ε,  ε ~ N(0, 1)      g = ∇_x log p(y, x)
/// ∂ELBO/∂m_t = E[g_t]      ∂ELBO/∂L_tu = E[g_t ε_u] + [t = u]/L_tt
/// ```
/// The dynamics are linear and stay in closed form; only the emission is differentiated as a network.
package struct ReparameterisedChain: Sendable, Equatable {
  /// m.
  package var mean: [Double]
  /// L, lower triangular, with a positive diagonal.
  package var factor: [[Double]]

  /// q(x) by its mean and the triangle of its covariance.
  package init(mean: [Double], factor: [[Double]]) {
    (self.mean, self.factor) = (mean, factor)
  }

  /// m + L·ε.
  package func state(_ noise: [Double]) -> [Double] {
    mean.indices.map { t in
      (0...t).reduce(mean[t]) { $0 + factor[t][$1] * noise[$1] }
    }
  }

  /// What one draw says of the slopes by m and by L.
  package func slopes(
    of chain: NeuralChain, noise: [Double]
  ) -> (mean: [Double], factor: [[Double]]) {
    let x = state(noise)
    // listing: 09 neural-emission
    let pull = x.indices.map { t in
      (chain.observations[t] - chain.mean(x[t])) * chain.slope(x[t]) / chain.noise
    }
    let slope = zip(pull, chain.logDynamicsSlopes(x)).map { $0 + $1 }
    // end of listing
    return (
      slope,
      x.indices.map { t in
        (0...t).map { u in slope[t] * noise[u] + (t == u ? 1 / factor[t][t] : 0) }
      }
    )
  }
}

extension NeuralChain {
  /// ∇_x log p(x), step by step.
  package func logDynamicsSlopes(_ x: [Double]) -> [Double] {
    x.indices.map { t in
      let before = t == 0 ? -x[0] : -(x[t] - dynamics * x[t - 1]) / dynamicsNoise
      guard t + 1 < x.count else { return before }
      return before + dynamics * (x[t + 1] - dynamics * x[t]) / dynamicsNoise
    }
  }
}
