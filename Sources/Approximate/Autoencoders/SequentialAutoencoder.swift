import GSL

/// An autoencoder on a line that writes in steps, each of which reads what the steps before left over.
///
/// ```
/// z_k ~ N(0, 1),   x|z ~ N(Σ_k a_k z_k, v),   q(z_k|x, z_<k) = N(γ_k (x − Σ_{i<k} a_i z_i), e^(2 s_k))
/// e_0 = E[x²],     e_k = (1 − a_k γ_k)² e_(k−1) + a_k² σ_k²,     KL_k = ½ (γ_k² e_(k−1) + σ_k² − 1) − s_k
/// ELBO = −½ (log 2πv + e_K/v) − Σ_k KL_k
/// ```
/// e_k is what is left of x after k steps, squared and averaged. Gregor, Danihelka, Graves, Rezende and
/// Wierstra 2015, "DRAW", with a line for each network.
public struct SequentialAutoencoder: Sendable, Equatable {
  /// a_k, how strongly each step writes.
  public var weights: [Double]
  /// γ_k, how strongly each step reads.
  public var readings: [Double]
  /// s_k, the logarithms of the codes' standard deviations.
  public var logSds: [Double]
  /// v.
  public let noise: Double
  /// E[x²].
  public let square: Double

  /// An autoencoder of as many steps as there are numbers; more in one list than in another are left out.
  public init(
    weights: [Double], readings: [Double], logSds: [Double], noise: Double, square: Double
  ) {
    self.weights = weights
    self.readings = readings
    self.logSds = logSds
    self.noise = noise
    self.square = square
  }

  private var steps: Range<Int> { 0..<min(weights.count, readings.count, logSds.count) }

  /// e_0 … e_K.
  public var errors: [Double] {
    steps.reduce(into: [square]) { errors, k in
      let rest = 1 - weights[k] * readings[k]
      errors.append(rest * rest * errors[k] + weights[k] * weights[k] * exp(2 * logSds[k]))
    }
  }

  /// KL_1 … KL_K, averaged over x and the steps before.
  public var divergences: [Double] {
    zip(steps, errors).map { k, error in
      0.5 * (readings[k] * readings[k] * error + expm1(2 * logSds[k])) - logSds[k]
    }
  }

  /// The bound, averaged over x.
  public var elbo: Double {
    let left = errors.last ?? square
    return -0.5 * (log(2 * Double.pi * noise) + left / noise) - divergences.reduce(0, +)
  }

  /// ∂ELBO by a, by γ and by s, one list after the other.
  ///
  /// From the last step to the first, with the slope of all that follows by e_k:
  /// ```
  /// c_K = −1/(2v),    c_(k−1) = c_k (1 − a_k γ_k)² − ½ γ_k²
  /// ∂/∂a_k = 2 c_k (a_k σ_k² − (1 − a_k γ_k) γ_k e_(k−1)),      ∂/∂s_k = 2 c_k a_k² σ_k² − σ_k² + 1
  /// ∂/∂γ_k = −2 c_k (1 − a_k γ_k) a_k e_(k−1) − γ_k e_(k−1)
  /// ```
  public var gradient: [Double] {
    var (byWeight, byReading, byLogSd) = ([Double](), [Double](), [Double]())
    var slope = -0.5 / noise
    for (k, error) in zip(steps, errors).reversed() {
      let (a, gamma, width) = (weights[k], readings[k], exp(2 * logSds[k]))
      let rest = 1 - a * gamma
      byWeight.append(2 * slope * (a * width - rest * gamma * error))
      byReading.append(-2 * slope * rest * a * error - gamma * error)
      byLogSd.append(2 * slope * a * a * width - width + 1)
      slope = slope * rest * rest - 0.5 * gamma * gamma
    }
    return byWeight.reversed() + byReading.reversed() + byLogSd.reversed()
  }

  /// One step up the gradient.
  public mutating func climb(rate: Double) {
    let (gradient, count) = (gradient, steps.count)
    for k in steps {
      weights[k] += rate * gradient[k]
      readings[k] += rate * gradient[count + k]
      logSds[k] += rate * gradient[2 * count + k]
    }
  }
}
