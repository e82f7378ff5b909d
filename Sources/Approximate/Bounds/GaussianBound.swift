import GSL
public import Models
public import Probability

// The bound of a Gaussian q = N(m, v) where its expectations are known: E_q[z²] = m² + v and
// E_q[e^z] = e^(m + v/2), half a variance above the value at the mean.

extension PoissonCount {
  // listing: 00 gaussian-family
  /// The ELBO of q = N(mean, variance).
  ///
  /// ```
  /// ELBO = y (m + c) − e^(m + c + v/2) − log y! − ½ (m² + v − 1 − log v)
  /// ```
  public func elbo(mean: Double, variance: Double) -> LowerBound {
    let fit =
      Double(count) * (mean + shift) - exp(mean + shift + 0.5 * variance) - logFactorial
    return LowerBound(fit - divergenceFromStandardNormal(mean: mean, variance: variance))
  }
  // end of listing

  /// The q = N(mean, variance) with the highest ELBO.
  ///
  /// With the expected rate λ = e^(m + c + v/2) the slopes in m and v vanish where
  /// ```
  /// m = y − λ,   1/v = 1 + λ,   hence   log λ = y − λ + c + 1/(2 (1 + λ)):
  /// ```
  /// one equation whose left side rises and whose right side falls. Newton's method, kept inside
  /// the bracket by bisection, solves it for log λ.
  public func bestGaussian() -> (mean: Double, variance: Double) {
    let y = Double(count)
    func excess(_ logRate: Double) -> Double {
      let rate = exp(logRate)
      return logRate - (y - rate + shift + 0.5 / (1 + rate))
    }
    // At log λ ≤ −|c| − 1 − log 2 … the left side is below; at |c| + y + 1 it is above.
    var (low, high) = (-abs(shift) - 3 - log(2), abs(shift) + y + 1)
    var logRate = 0.5 * (low + high)
    for _ in 0..<80 {
      let value = excess(logRate)
      if value == 0 { break }
      if value < 0 { low = logRate } else { high = logRate }
      let rate = exp(logRate)
      let step = value / (1 + rate + 0.5 * rate / ((1 + rate) * (1 + rate)))
      let next = logRate - step
      logRate = next > low && next < high ? next : 0.5 * (low + high)
    }
    let rate = exp(logRate)
    return (y - rate, 1 / (1 + rate))
  }
}

extension LinearGaussian {
  /// The ELBO of q = N(mean, variance).
  ///
  /// ```
  /// ELBO = −½ [log 2πs + ((x − a m)² + a² v)/s] − ½ (m² + v − 1 − log v)
  /// ```
  public func elbo(mean: Double, variance: Double) -> LowerBound {
    // listing: 01 any-family
    let residual = observed - slope * mean
    let fit =
      -0.5
      * (log(2 * Double.pi * noise)
        + (residual * residual + slope * slope * variance) / noise)
    return LowerBound(fit - divergenceFromStandardNormal(mean: mean, variance: variance))
    // end of listing
  }
}

/// KL(N(m, v)‖N(0, 1)) = ½ (m² + v − 1 − log v).
func divergenceFromStandardNormal(mean: Double, variance: Double) -> Double {
  0.5 * (mean * mean + variance - 1 - log(variance))
}
