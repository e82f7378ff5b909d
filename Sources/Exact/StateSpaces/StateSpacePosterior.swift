import GSL
public import Models
public import Probability

/// The exact posterior of a linear dynamical system: the evidence and every state's normal law.
public struct StateSpacePosterior: Sendable, Equatable {
  /// log p(y); the numbers are not finite where the arithmetic left the range of doubles.
  public let logEvidence: ExactValue
  /// n, the number of states.
  public let stateCount: Int
  /// E[x_t | y], step after step: the whole sequence is known, also what comes after t.
  public let means: [Double]
  /// The covariance of x_t given y, step after step, row after row.
  public let covariances: [Double]

  init(logEvidence: ExactValue, stateCount: Int, means: [Double], covariances: [Double]) {
    self.logEvidence = logEvidence
    self.stateCount = stateCount
    self.means = means
    self.covariances = covariances
  }

  /// T, the number of steps.
  public var length: Int { means.count / stateCount }

  /// E[x_t | y].
  public func mean(at step: Int) -> [Double] {
    Array(means[step * stateCount..<(step + 1) * stateCount])
  }

  /// The covariance of x_t given y.
  public func covariance(at step: Int) -> [[Double]] {
    (0..<stateCount).map { row in
      let start = (step * stateCount + row) * stateCount
      return Array(covariances[start..<start + stateCount])
    }
  }

  /// Whether every number is finite.
  public var isFinite: Bool {
    logEvidence.value.isFinite && means.allSatisfy(\.isFinite)
      && covariances.allSatisfy(\.isFinite)
  }
}

extension StateSpacePosterior {
  /// The answer of `GaussianChainLaw`: Kalman's filter and a smoother in square-root form, which neither
  /// invert a covariance nor take a difference of two.
  public init(of sequence: LinearDynamicalSequence) {
    let law = GaussianChainLaw(sequence.chain)
    let states = (0..<sequence.length).map(law.state)
    self.init(
      logEvidence: stateSpaceEvidence(law.logPredictions, of: sequence.system),
      stateCount: sequence.system.stateCount, means: states.flatMap(\.mean),
      covariances: states.flatMap(\.covariance))
  }
}

/// Σ_t log p(y_t | y_0 … y_{t−1}); each term comes out of (n + m)² rotations.
///
/// The bound is of first order: it takes the whitened outputs as given.
func stateSpaceEvidence(_ predictions: [Double], of system: LinearDynamicalSystem) -> ExactValue {
  let dimension = Double(system.stateCount + system.outputCount)
  let roundings = 8 * dimension * dimension
  let size = predictions.reduce(0) { $0 + max(1, $1.magnitude) }
  return ExactValue(
    CompensatedSum(predictions).value,
    roundingBound: size.isFinite ? roundings * Double.ulpOfOne * size : 0)
}
