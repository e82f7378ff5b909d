public import Probability

/// A model of one observation with D binary latents: all that enumeration has to know.
public protocol BinaryLatentModel: Sendable {
  /// D, the number of binary latents.
  var latentCount: Int { get }
  /// log p(x, z) for z as a list of zeros and ones.
  func logJoint(_ latents: [Double]) -> Double
  /// log p(z).
  func logPrior(_ latents: [Double]) -> Double
  /// log p(x | z).
  func logLikelihood(_ latents: [Double]) -> Double
  /// The terms of log p(x, z) in which z_d occurs; the whole of it where nothing is known to be free
  /// of z_d.
  func logJointTerms(containing d: Int, _ latents: [Double]) -> Double
  /// How far rounding can move log p(x, z), whatever z is.
  var roundingsOfLogJoint: Roundings { get }
}

extension BinaryLatentModel {
  /// log p(x, z) = log p(z) + log p(x | z).
  public func logJoint(_ latents: [Double]) -> Double {
    let prior = logPrior(latents)
    return prior == -.infinity ? prior : prior + logLikelihood(latents)
  }

  /// All terms: a model that says nothing of its structure has none to leave out.
  public func logJointTerms(containing d: Int, _ latents: [Double]) -> Double { logJoint(latents) }
}

extension BinaryLatentModel {
  /// A sum of D logarithms and a few more, all of them negative.
  public var roundingsOfLogJoint: Roundings {
    Roundings(ofItsSize: Double(latentCount) + 8, ofOne: Double(2 * latentCount) + 8)
  }

  /// The 2^D states of the latents.
  public var states: BitStates { BitStates(of: latentCount) }

  /// f(z) = log p(x, z) − log q(z), whose mean under q is the ELBO.
  public func signal(_ latents: [Double], under q: BernoulliFactors) -> Double {
    logJoint(latents) - q.logProbability(latents)
  }
}

/// The state number s of D bits: bit d of z is bit d of s, lowest first.
package func latents(_ state: Int, count: Int) -> [Double] { BitStates(of: count)[state] }
