import GSL
public import Models
public import Probability

/// log p(x) and P(z_d = 1 | x) of a model with binary latents, in memory that does not grow with
/// the number of states.
///
/// ```
/// p(x) = Σ_z p(x, z)      P(z_d = 1 | x) = Σ_z p(x, z) z_d / p(x)
/// ```
public struct ExactMarginals: Posterior {
  /// log p(x); −∞ when the observation is impossible.
  public let logEvidence: ExactValue
  /// P(z_d = 1 | x); nil when the observation is impossible.
  public let marginals: [Double]?
  /// The number of states visited.
  public let states: Int

  /// Visits all 2^D states once, one at a time.
  public init(of model: some BinaryLatentModel) {
    var tally = LogTally<Double>(parts: model.latentCount)
    for z in model.states { tally.add(model.logJoint(z), values: z) }
    states = tally.visited
    logEvidence = tally.logTotal(model.roundingsOfLogJoint)
    marginals = tally.shares
  }
}
