import GSL

/// A draw z = μ + σε of a Gaussian problem, with all that an estimator may ask about it.
///
/// A reference, so that a point of a rule stands in many draws without being copied.
public final class GaussianPoint: Sendable {
  /// ε.
  public let noise: [Double]
  /// z.
  public let z: [Double]
  /// F(z), the function without −log q: log p(x, z), or f itself where f is fixed.
  public let value: Double
  /// ∂F/∂z_d.
  public let slope: [Double]
  /// ∂²F/∂z_d².
  public let bend: [Double]
  /// f(z), the signal.
  public let signal: Double
  /// s = ∇log q(z): ε_d/σ_d, then ε_d² − 1.
  public let score: [Double]
  /// T, the derivative of the signal along ε: path(∇F), plus 1 for each log σ where f has −log q.
  public let total: [Double]
  /// H, the same with the density of q frozen: path(F_d + ε_d/σ_d).
  public let landed: [Double]

  init(
    noise: [Double], z: [Double], value: Double, slope: [Double], bend: [Double], signal: Double,
    score: [Double], total: [Double], landed: [Double]
  ) {
    self.noise = noise
    self.z = z
    self.value = value
    self.slope = slope
    self.bend = bend
    self.signal = signal
    self.score = score
    self.total = total
    self.landed = landed
  }
}

extension GaussianProblem {
  /// path(h) = (h_d), then (h_d σ_d ε_d): what slopes along z are along the parameters.
  public func path(_ slope: [Double], along noise: [Double]) -> [Double] {
    slope + slope.indices.map { slope[$0] * deviations[$0] * noise[$0] }
  }

  /// F.
  public var function: SmoothFunction {
    switch objective {
    case .fixed(let function), .logJoint(let function): function
    }
  }

  /// The point at a noise.
  public func point(at noise: [Double]) -> GaussianPoint {
    let sd = deviations
    let z = noise.indices.map { mean[$0] + sd[$0] * noise[$0] }
    // listing: zoo-line pathwise, zoo-line sticking-the-landing
    let jet = function.jet(at: z)
    let ratios = noise.indices.map { noise[$0] / sd[$0] }
    let scores = ratios + noise.map { $0 * $0 - 1 }
    // ∂(−log q)/∂λ_d along ε is 1, and 0 by the mean.
    let entropy = isLogJoint ? 1.0 : 0.0
    let along = path(jet.slope, along: noise)
    return GaussianPoint(
      noise: noise, z: z, value: jet.value, slope: jet.slope,
      bend: z.indices.map { jet.curvature[$0][$0] },
      signal: isLogJoint ? jet.value - logDensity(at: noise) : jet.value,
      score: scores, total: along.indices.map { along[$0] + ($0 < dimension ? 0 : entropy) },
      landed: path(zip(jet.slope, ratios).map { $0 + $1 }, along: noise))
    // end of listing
  }

  /// log q(μ + σε).
  public func logDensity(at noise: [Double]) -> Double {
    noise.indices.reduce(0) {
      $0 - 0.5 * noise[$1] * noise[$1] - logDeviations[$1] - 0.5 * log(2 * Double.pi)
    }
  }

  /// The problem with one parameter moved: the means first, then the log standard deviations.
  public func moved(_ parameter: Int, by step: Double) -> GaussianProblem {
    var (mean, logs) = (mean, logDeviations)
    if parameter < dimension {
      mean[parameter] += step
    } else {
      logs[parameter - dimension] += step
    }
    return GaussianProblem(mean: mean, logDeviations: logs, objective)
  }

  /// P = 2D.
  public var parameterCount: Int { 2 * dimension }
}
