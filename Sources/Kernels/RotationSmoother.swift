internal import CKernels

/// Means and covariances of the states of a linear dynamical system given all outputs, by messages
/// in square-root form: slower than ``StateSmoother``, without its loss of digits.
public struct RotationSmoother: Sendable {
  /// What is left of the square of each output's surprise, T numbers.
  public let misfits: [Double]
  /// What an integral over the doubts divides by, factor for factor, T x n.
  public let diagonals: [Double]
  /// The smoothed means, T x n.
  public let means: [Double]
  /// The smoothed covariances, T x n x n, symmetric to the last digit.
  public let covariances: [Double]

  /// Passes the messages, from independent doubts and noises; nil for parts that do not fit together or leave no memory.
  public init?(_ problem: SmootherProblem) {
    let states = problem.mean.count
    guard states > 0, !problem.emission.isEmpty, problem.emission.count % states == 0,
      problem.emission.count < 1 << 24, problem.dynamics.count == states * states
    else { return nil }
    let outputs = problem.emission.count / states
    let steps = problem.observed.count / outputs
    guard problem.observed.count == steps * outputs, problem.factor.count == outputs * outputs,
      [problem.spread, problem.noise].allSatisfy({
        $0.count % states == 0 && $0.count <= states * states
      })
    else { return nil }
    var misfits = [Double](repeating: 0, count: steps)
    var diagonals = [Double](repeating: 0, count: steps * states)
    var means = diagonals
    var covariances = [Double](repeating: 0, count: steps * states * states)
    let done = unsafe kernel_messages_arrays(
      Int32(states), Int32(outputs), Int32(problem.spread.count / states),
      Int32(problem.noise.count / states), steps, problem.mean, problem.spread, problem.dynamics,
      problem.noise, problem.emission, problem.factor, problem.observed, &misfits, &diagonals,
      &means, &covariances)
    guard done != 0 else { return nil }
    (self.misfits, self.diagonals) = (misfits, diagonals)
    (self.means, self.covariances) = (means, covariances)
  }
}
