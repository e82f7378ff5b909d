import GSL
public import Models
public import Probability

/// log p(x) and P(z_d = 1 | x) of a model with binary latents, in memory that does not grow with
/// the number of states.
///
/// ```
/// p(x) = Σ_z p(x, z) = e^m Σ_z e^(log p(x, z) − m),     m = the largest log joint so far
/// ```
/// When a larger log joint comes, what has been summed is scaled down to it.
public struct ExactMarginals: Sendable, Equatable {
  /// log p(x); −∞ when the observation is impossible.
  public let logEvidence: ExactValue
  /// P(z_d = 1 | x); nil when the observation is impossible.
  public let marginals: [Double]?
  /// The number of states visited.
  public let states: Int

  /// Visits all 2^D states once, one at a time.
  public init(of model: some BinaryLatentModel) {
    let count = model.latentCount
    states = 1 << count
    var largest = -Double.infinity
    var total = 0.0
    var on = [Double](repeating: 0, count: count)
    for state in 0..<states {
      let z = latents(state, count: count)
      let logJoint = model.logJoint(z)
      guard logJoint > -.infinity else { continue }
      if logJoint > largest {
        let scale = exp(largest - logJoint)
        total *= scale
        for d in on.indices { on[d] *= scale }
        largest = logJoint
      }
      let term = exp(logJoint - largest)
      total += term
      for d in on.indices where z[d] == 1 { on[d] += term }
    }
    let logTotal = largest + log(total)
    let isPossible = largest > -.infinity
    // Every state adds a rounding of its exponential and of the sum, some a rescaling.
    let bound = Double(2 * states + 8) * Double.ulpOfOne + Double.ulpOfOne * abs(logTotal)
    logEvidence = ExactValue(
      isPossible ? logTotal : -.infinity, roundingBound: isPossible ? bound : 0)
    marginals = isPossible ? on.map { $0 / total } : nil
  }
}
