/// Steps proportional to the gradient, x + η g.
///
/// Reference: H. Robbins and S. Monro, A stochastic approximation method, *Annals of Mathematical
/// Statistics* 22 (1951), 400-407.
public struct SGD: Optimiser {
  /// The factor η.
  public var learningRate: Double

  /// Creates the rule with a factor.
  public init(learningRate: Double) {
    self.learningRate = learningRate
  }

  /// The gradient times the factor.
  public mutating func step(up direction: [Double]) -> [Double] {
    direction.map { learningRate * $0 }
  }
}

/// Steps that keep part of their speed: v ← μ v + g, x + η v.
///
/// Reference: B. T. Polyak, Some methods of speeding up the convergence of iteration methods,
/// *USSR Computational Mathematics and Mathematical Physics* 4 (1964), 1-17.
public struct Momentum: Optimiser {
  /// The factor η.
  public var learningRate: Double
  /// The part μ of the speed that a step keeps.
  public var decay: Double
  private var velocity: [Double] = []

  /// Creates the rule at rest.
  public init(learningRate: Double, decay: Double = 0.9) {
    self.learningRate = learningRate
    self.decay = decay
  }

  /// The new speed times the factor.
  public mutating func step(up direction: [Double]) -> [Double] {
    velocity = memory(velocity, for: direction)
    for index in direction.indices {
      velocity[index] = decay * velocity[index] + direction[index]
    }
    return velocity.map { learningRate * $0 }
  }
}
