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
  /// Passes beliefs forward and likelihoods backward; where they meet is the posterior.
  ///
  /// ```
  /// forward    p(x_t | y_0 … y_{t−1})    a belief: x = m + L·u, never L·Lᵀ
  /// backward   p(y_t … y_T | x_t)        a likelihood: |F·x − g|², never F⁻¹
  /// posterior  p(x_t | y) ∝ forward · backward
  /// log p(y) = Σ_t log p(y_t | y_0 … y_{t−1})
  /// ```
  /// Kalman's filter and the two-filter smoother of Fraser and Potter 1969 in square-root form.
  /// No covariance of a state is inverted, so the noise may be singular; none is a difference, so
  /// a variance of 10⁸ may shrink to 10⁻¹² in one step.
  public init(of sequence: LinearDynamicalSequence) {
    let messages = StateMessages(sequence)
    let posterior = zip(messages.forward, messages.backward).map {
      $0.conditioned(on: $1).belief
    }
    self.init(
      logEvidence: messages.logEvidence, stateCount: sequence.system.stateCount,
      means: posterior.flatMap(\.mean),
      covariances: posterior.flatMap(\.covariance))
  }
}

/// All messages of a sequence, step by step.
struct StateMessages {
  /// What is known of x_t before y_t is seen.
  let forward: [StateBelief]
  /// What y_t and all later outputs say of x_t.
  let backward: [StateEvidence]
  /// log p(y_t | y_0 … y_{t−1}).
  let predictions: [Double]
  /// log p(y).
  let logEvidence: ExactValue

  init(_ sequence: LinearDynamicalSequence) {
    let step = StateStep(of: sequence.system)
    let view = StateView(of: sequence.system)
    let seen = sequence.observations.map(view.evidence)

    var (forward, predictions): ([StateBelief], [Double]) = ([], [])
    var belief = StateBelief(initialOf: sequence.system)
    for evidence in seen {
      forward.append(belief)
      let (filtered, logEvidence) = belief.conditioned(on: evidence)
      predictions.append(logEvidence)
      belief = filtered.moved(by: step)
    }

    var backward: [StateEvidence] = []
    let none = StateEvidence.none(ofStates: sequence.system.stateCount)
    for evidence in seen.reversed() {
      backward.append(evidence.joined(with: backward.last?.before(step) ?? none))
    }
    (self.forward, self.backward, self.predictions) = (forward, backward.reversed(), predictions)
    logEvidence = Self.logEvidence(predictions, of: sequence.system)
  }

  /// Σ_t log p(y_t | y_0 … y_{t−1}); each term comes out of (n + m)² rotations.
  ///
  /// The bound is of first order: it takes the whitened outputs as given.
  static func logEvidence(
    _ predictions: [Double], of system: LinearDynamicalSystem
  ) -> ExactValue {
    let dimension = Double(system.stateCount + system.outputCount)
    let roundings = 8 * dimension * dimension
    let size = predictions.reduce(0) { $0 + max(1, $1.magnitude) }
    return ExactValue(
      CompensatedSum(predictions).value,
      roundingBound: size.isFinite ? roundings * Double.ulpOfOne * size : 0)
  }
}
