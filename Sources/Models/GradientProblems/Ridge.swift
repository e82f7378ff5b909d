import GSL

/// c h(w·x + a): a function of one number, the position along a direction.
public struct Ridge: Sendable, Equatable {
  /// h.
  public enum Shape: Sendable, Equatable { case exponential, sine, logSigmoid, tanh }

  /// h.
  public let shape: Shape
  /// w.
  public let weights: [Double]
  /// a.
  public let shift: Double
  /// c.
  public let factor: Double

  /// c h(w·x + a).
  public init(_ shape: Shape, weights: [Double], shift: Double = 0, factor: Double = 1) {
    self.shape = shape
    self.weights = weights
    self.shift = shift
    self.factor = factor
  }

  func jet(at x: [Double]) -> Jet {
    let (h, slope, bend) = derivatives(at: zip(weights, x).reduce(shift) { $0 + $1.0 * $1.1 })
    var jet = Jet(constant: factor * h, dimension: x.count)
    jet.slope = weights.map { factor * slope * $0 }
    jet.curvature = weights.map { w in weights.map { factor * bend * w * $0 } }
    return jet
  }

  /// h, h′ and h″.
  private func derivatives(at u: Double) -> (Double, Double, Double) {
    switch shape {
    case .exponential: return (exp(u), exp(u), exp(u))
    case .sine: return (sin(u), cos(u), -sin(u))
    case .logSigmoid: return (logSigmoid(u), sigmoid(-u), -sigmoid(u) * sigmoid(-u))
    case .tanh:
      let t = tanh(u)
      return (t, 1 - t * t, -2 * t * (1 - t * t))
    }
  }
}
