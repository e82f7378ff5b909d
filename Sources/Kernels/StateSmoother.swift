internal import CKernels

/// Means and covariances of the states of a linear dynamical system given all outputs.
///
/// Kalman's filter and the smoother of Bryson and Frazier, with covariances as they are. Each is a
/// difference, so digits may be lost; ``loss`` says how many.
public struct StateSmoother: Sendable {
  /// A row of a matrix is one or two registers.
  public static let mostStates = 8

  /// Σ surprise² / variance over all outputs, each as it was predicted.
  public let misfit: Double
  /// Σ log variance over all outputs.
  public let logScales: Double
  /// The largest ratio of what went into a difference to what came out of it.
  ///
  /// It is taken over the filter and over the smoother, and the two multiplied: answers are off by
  /// about as many roundings.
  public let loss: Double
  /// The smoothed means, T x n.
  public private(set) var means: [Double]
  /// The smoothed covariances, T x n x n, symmetric to the last digit.
  public private(set) var covariances: [Double]

  /// Filters and smooths, from covariances; nil for more states than ``mostStates`` or if the arithmetic left
  /// the range of doubles.
  public init?(_ problem: SmootherProblem) {
    let states = problem.mean.count
    guard (1...Self.mostStates).contains(states), !problem.emission.isEmpty,
      problem.emission.count % states == 0, problem.emission.count < 1 << 24
    else { return nil }
    let outputs = problem.emission.count / states
    let steps = problem.observed.count / outputs
    guard problem.observed.count == steps * outputs,
      [problem.spread, problem.dynamics, problem.noise].allSatisfy({
        $0.count == states * states
      }),
      problem.factor.count == outputs * outputs
    else { return nil }
    means = Array(repeating: 0, count: steps * states)
    covariances = Array(repeating: 0, count: steps * states * states)
    var numbers = [0.0, 0.0, 0.0]
    let status = unsafe kernel_smoother_arrays(
      Int32(states), Int32(outputs), steps, problem.mean, problem.spread, problem.dynamics,
      problem.noise, problem.emission, problem.factor, problem.observed, &numbers, &means,
      &covariances)
    guard isWithinRange(status) else { return nil }
    (misfit, logScales, loss) = (numbers[0], numbers[1], numbers[2])
  }
}
