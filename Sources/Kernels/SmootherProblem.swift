/// A linear dynamical system as it lies in memory, matrices row after row, and one sequence: what
/// smoothers read.
public struct SmootherProblem: Sendable {
  /// The mean of the first state, n numbers.
  public var mean: [Double]
  /// What is not known of the first state.
  ///
  /// For a ``StateSmoother`` it is a covariance, n x n; for a ``RotationSmoother`` independent
  /// doubts, n numbers each, n at most.
  public var spread: [Double]
  /// The dynamics, n x n.
  public var dynamics: [Double]
  /// The noise of the dynamics, a covariance or independent noises as in ``spread``.
  public var noise: [Double]
  /// The emission, m x n, in coordinates in which the outputs have noise N(0, 1).
  public var emission: [Double]
  /// What leads from these coordinates to `observed`, m x m, lower triangular.
  public var factor: [Double]
  /// The outputs, T x m.
  public var observed: [Double]

  /// A problem of its parts.
  public init(
    mean: [Double], spread: [Double], dynamics: [Double], noise: [Double], emission: [Double],
    factor: [Double], observed: [Double]
  ) {
    self.mean = mean
    self.spread = spread
    self.dynamics = dynamics
    self.noise = noise
    self.emission = emission
    self.factor = factor
    self.observed = observed
  }
}
