import Kernels
import Models
import Probability

extension StateSpacePosterior {
  /// The answer with the digits of a double, and the most that any of its numbers may be off by, over
  /// max(1, |number|).
  ///
  /// The kernel with covariances is off by its measured loss, and by what the factor of the outputs'
  /// noise is off; the messages in square-root form by all factors and by few roundings beside.
  static func measured(
    of sequence: LinearDynamicalSequence
  ) -> (posterior: StateSpacePosterior, error: Double) {
    let dimension = Double(sequence.system.stateCount + sequence.system.outputCount)
    if sequence.isComplete, let smoothed = StateSmoother(smootherProblem(sequence)),
      smoothed.loss <= allowedLoss
    {
      let fast = StateSpacePosterior(smoothed, of: sequence)
      let loss = smoothed.loss
      let error = fast.worstError(
        sequence, covarianceError: roundings * dimension * loss * Double.ulpOfOne,
        factorsStates: false, variances: { $1 * loss })
      if error <= promised { return (fast, error) }
    }
    let slow =
      sequence.isComplete ? byRotations(of: sequence) : StateSpacePosterior(of: sequence)
    guard slow.isFinite else { return (slow, .infinity) }
    let prior = sequence.system.largestVariances(steps: sequence.length)
    let error = slow.worstError(
      sequence, covarianceError: roundings * dimension * Double.ulpOfOne, factorsStates: true,
      variances: { state, _ in prior[state] })
    return (slow, error)
  }

  /// The roundings of a number that n + m others make, each of which a rotation or a gain has turned a few
  /// times.
  private static var roundings: Double { 16 }
}

extension LinearDynamicalSystem {
  /// The largest variance of each state before anything is seen.
  fileprivate func largestVariances(steps: Int) -> [Double] {
    var covariance = initialCovariance
    var largest = covariance.indices.map { covariance[$0][$0] }
    for _ in 1..<max(1, steps) {
      let half = dynamics.map { row in
        covariance.indices.map { j in row.indices.reduce(0) { $0 + row[$1] * covariance[$1][j] } }
      }
      covariance = half.enumerated().map { i, row in
        dynamics.enumerated().map { j, other in dot(row, other) + dynamicsNoise[i][j] }
      }
      for i in largest.indices { largest[i] = max(largest[i], covariance[i][i]) }
    }
    return largest
  }
}
