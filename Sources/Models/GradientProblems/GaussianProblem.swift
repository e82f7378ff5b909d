import GSL

/// A mean E_q[f] under independent Gaussians, whose gradient by their means and log standard deviations
/// is wanted.
public struct GaussianProblem: Sendable {
  /// Where f comes from.
  public enum Objective: Sendable, Equatable {
    /// A function that does not depend on q.
    case fixed(SmoothFunction)
    /// F = log p(x, ·); f(z) = F(z) − log q(z).
    case logJoint(SmoothFunction)
  }

  /// μ.
  public let mean: [Double]
  /// λ, the logarithms of the standard deviations.
  public let logDeviations: [Double]
  /// Where f comes from.
  public let objective: Objective

  /// A mean of an objective.
  public init(mean: [Double], logDeviations: [Double], _ objective: Objective) {
    self.mean = mean
    self.logDeviations = logDeviations
    self.objective = objective
  }

  /// D.
  public var dimension: Int { mean.count }
  /// σ.
  public var deviations: [Double] { logDeviations.map { exp($0) } }
  /// Whether f is log p − log q.
  public var isLogJoint: Bool {
    if case .logJoint = objective { return true }
    return false
  }
}
