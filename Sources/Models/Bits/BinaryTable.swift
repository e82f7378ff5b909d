public import Probability

/// A model with binary latents whose log p(x, z) is looked up instead of computed.
///
/// Exhaustive execution asks for the same 2^D values again and again.
public struct BinaryTable: BinaryLatentModel {
  /// D.
  public let latentCount: Int
  /// What the model says of its own log joint.
  public let roundingsOfLogJoint: Roundings
  private let logPriors: [Double]
  private let logLikelihoods: [Double]
  private let logJoints: [Double]

  /// The table of a model, by evaluating it once in each of its 2^D states.
  public init(of model: some BinaryLatentModel) {
    latentCount = model.latentCount
    roundingsOfLogJoint = model.roundingsOfLogJoint
    logPriors = model.states.map(model.logPrior)
    logLikelihoods = model.states.map(model.logLikelihood)
    logJoints = model.states.map(model.logJoint)
  }

  private func state(_ latents: [Double]) -> Int { BitStates.number(of: latents) }

  /// log p(z).
  public func logPrior(_ latents: [Double]) -> Double { logPriors[state(latents)] }

  /// log p(x | z).
  public func logLikelihood(_ latents: [Double]) -> Double { logLikelihoods[state(latents)] }

  /// log p(x, z).
  public func logJoint(_ latents: [Double]) -> Double { logJoints[state(latents)] }
}
