import GSL
public import Models
import Probability

extension StateSpacePosterior {
  /// The answer for a driven sequence by the readable messages with the digits of a double.
  ///
  /// ```
  /// m_0 = initialMean     m_(t+1) = A_t·m_t + b_t        x'_t = x_t − m_t     y'_t = y_t − C_t·m_t − d_t
  /// ```
  /// What drives a system moves its mean alone: without the mean it is a chain like any other.
  public init(of sequence: DrivenSequence) {
    let (system, trajectory) = (sequence.system, sequence.meanTrajectory)
    let law = GaussianChainLaw(
      GaussianChain(
        initial: StateBelief(
          mean: system.initialMean.map { _ in 0 }, covariance: system.initialCovariance),
        steps: (0..<max(0, sequence.length - 1)).map { t in
          StateStep(dynamics: system.dynamics[t], noise: system.dynamicsNoise[t])
        },
        potentials: sequence.potentials(around: trajectory)))
    let states = (0..<sequence.length).map(law.state)
    let predictions = law.logPredictions
    self.init(
      logEvidence: ExactValue(CompensatedSum(predictions).value, roundingBound: 0),
      stateCount: system.stateCount,
      means: zip(states, trajectory).flatMap { state, mean in
        zip(mean, state.mean).map { ($0 + DoubleDouble($1)).high }
      },
      covariances: states.flatMap(\.covariance))
  }

  /// The same with 32 digits.
  init(_ law: DoubledChainLaw) {
    let states = (0..<law.sequence.length).map(law.state)
    let logEvidence = law.logEvidence.high
    self.init(
      logEvidence: ExactValue(
        logEvidence, roundingBound: Double.ulpOfOne * max(1, logEvidence.magnitude)),
      stateCount: law.sequence.system.stateCount,
      means: states.flatMap { $0.mean.map(\.high) }, covariances: states.flatMap(\.covariance))
  }

  /// The same from the joint normal law of all states and outputs, and the most that a number can be off by, over
  /// max(1, |number|).
  static func measuredDense(
    of sequence: DrivenSequence
  ) throws(GSLError) -> (posterior: StateSpacePosterior, error: Double) {
    let system = sequence.system
    return try DenseStateSpace(
      initialMean: system.initialMean, initialCovariance: system.initialCovariance,
      steps: (0..<max(0, sequence.length - 1)).map { t in
        (system.dynamics[t], system.dynamicsNoise[t], sequence.stateOffset(after: t))
      },
      views: (0..<sequence.length).map { t in
        (system.emission[t], system.emissionNoise[t], sequence.outputOffset(at: t))
      },
      observations: sequence.observations, seen: sequence.seen
    ).posterior()
  }
}

extension DrivenSequence {
  /// The entries of the joint covariance of all states and outputs.
  var denseEntries: Double {
    let size = Double(length) * Double(system.stateCount + system.outputCount)
    return size * size
  }

  /// E[x_t] before anything is seen, with 32 digits.
  fileprivate var meanTrajectory: [[DoubleDouble]] {
    var means = [system.initialMean.map { DoubleDouble($0) }]
    for t in 0..<max(0, length - 1) {
      let moved = DoubledMatrix(system.dynamics[t]).times(means[t])
      means.append(zip(moved, stateOffset(after: t)).map { $0 + $1 })
    }
    return means
  }

  /// What outputs say of the states, both counted from their means.
  fileprivate func potentials(around trajectory: [[DoubleDouble]]) -> [StateEvidence] {
    (0..<length).map { t in
      let seen = seen[t]
      if seen.isEmpty { return .none(ofStates: system.stateCount) }
      let expected = zip(
        DoubledMatrix(system.emission[t]).times(trajectory[t]), outputOffset(at: t)
      ).map { $0 + $1 }
      let (emission, noise) = (system.emission[t], system.emissionNoise[t])
      return StateView(
        emission: seen.map { emission[$0] }, noise: seen.map { i in seen.map { noise[i][$0] } }
      ).evidence(of: seen.map { (DoubleDouble(observations[t][$0]) - expected[$0]).high })
    }
  }
}
