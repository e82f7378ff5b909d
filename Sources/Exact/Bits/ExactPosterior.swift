import GSL
public import Models
public import Probability

/// The exact answer of a model with finitely many latent states, by visiting all of them.
public struct ExactPosterior: Posterior {
  /// log p(x); −∞ when the observation is impossible.
  public let logEvidence: ExactValue
  /// p(z | x) state by state; nil when the observation is impossible.
  public let probabilities: [Double]?

  /// Normalises log p(x, z) over all states.
  ///
  /// ```
  /// log p(x) = log Σ_z p(x, z)          p(z | x) = p(x, z) / p(x)
  /// ```
  ///
  /// - Parameters:
  ///   - logJoints: log p(x, z), state by state.
  ///   - roundings: how far each of these is rounded already; a few roundings where it is not said.
  public init(
    logJoints: [Double], roundings: Roundings = Roundings(ofItsSize: 4, ofOne: 4)
  ) {
    let total = logSumExp(logJoints)
    // Each exponential is rounded, and the sum adds at most one rounding a term.
    let own = Roundings(ofItsSize: 3, ofOne: Double(logJoints.count) + 4)
    let size = abs(total) + 2 * log(Double(max(1, logJoints.count)))
    logEvidence = ExactValue(
      total, roundingBound: total.isFinite ? (roundings + own).bound(for: size) : 0)
    probabilities = total == -.infinity ? nil : logJoints.map { exp($0 - total) }
  }

  /// The posterior of a table.
  public init(of joint: FiniteJoint) { self.init(logJoints: joint.logJoints) }

  /// The posterior over the 2^D states of a model with binary latents, lowest bit first.
  public init(of model: some BinaryLatentModel) {
    self.init(logJoints: model.states.map(model.logJoint), roundings: model.roundingsOfLogJoint)
  }

  /// E[f(z) | x]; nil when the observation is impossible.
  public func expectation(_ value: (Int) -> Double) -> Double? {
    guard let probabilities else { return nil }
    var sum = CompensatedSum()
    for (state, probability) in probabilities.enumerated() where probability > 0 {
      sum.add(probability * value(state))
    }
    return sum.value
  }

  /// P(z_d = 1 | x) for every binary latent; nil when the observation is impossible.
  public func marginals(latentCount: Int) -> [Double]? {
    guard probabilities != nil else { return nil }
    return (0..<latentCount).compactMap { d in expectation { Double($0 >> d & 1) } }
  }
}
