public import GSL
public import Models
public import Probability

extension MixtureGlobals {
  /// A natural gradient step: λ ← (1 − ρ) λ + ρ λ̂ in natural coordinates.
  ///
  /// The natural gradient of the ELBO is λ̂ − λ, with λ̂ the parameters that a coordinate update would set.
  /// Reference: Hoffman, Blei, Wang and Paisley 2013, "Stochastic variational inference".
  public func moved(_ rho: Double, towards target: MixtureGlobals) throws(GSLError)
    -> MixtureGlobals
  {
    MixtureGlobals(
      weights: try DirichletLaw(
        concentration: zip(weights.concentration, target.weights.concentration).map {
          (1 - rho) * $0 + rho * $1
        }),
      components: zip(components, target.components).map { $0.moved(rho, towards: $1) })
  }
}

/// Steps of sizes ρ_t = (t + delay)^−forgetting for t = 0, 1, 2 and so on.
///
/// Robbins and Monro 1951 ask that Σ ρ_t = ∞ and Σ ρ_t² < ∞: 0.5 < forgetting ≤ 1.
public struct StepSchedule: Sendable, Equatable {
  /// τ, at least 1: large values make the first steps small.
  public let delay: Double
  /// κ.
  public let forgetting: Double

  /// A schedule.
  public init(delay: Double, forgetting: Double) {
    self.delay = delay
    self.forgetting = forgetting
  }

  /// ρ_t.
  public func step(_ t: Int) -> Double { pow(Double(t) + delay, -forgetting) }
}

/// Stochastic variational inference for a Bayesian mixture: global factors that see a few observations a step.
public struct StochasticMixture: Sendable {
  /// The model.
  public let mixture: BayesianMixture
  /// All data.
  public let observations: [[Double]]
  /// q(π) and q(μ_k, Σ_k).
  public var globals: MixtureGlobals

  /// Inference before its first step.
  public init(_ mixture: BayesianMixture, _ observations: [[Double]], globals: MixtureGlobals) {
    self.mixture = mixture
    self.observations = observations
    self.globals = globals
  }

  // listing: 07 natural-step
  /// λ̂ of a mini-batch: its observations, with their best responsibilities, stand for all N.
  ///
  /// ```
  /// λ̂ = λ_prior + (N/B) Σ_{n in batch} r_n t(x_n)
  /// ```
  public func target(batch: [Int]) throws -> MixtureGlobals {
    let points = batch.map { observations[$0] }
    let local = try VariationalMixture(mixture, points, globals: globals)
    let scale = Double(observations.count) / Double(batch.count)
    let weights = local.responsibilities.map { $0.map { scale * $0 } }
    return try VariationalMixture.bestGlobals(
      mixture, points, weights: weights)
  }
  // end of listing

  /// One step of size ρ on a mini-batch.
  public mutating func step(_ rho: Double, batch: [Int]) throws {
    globals = try globals.moved(rho, towards: target(batch: batch))
  }

  /// One step of size ρ on a random mini-batch; every subset of its size is as likely.
  public mutating func step<Choices: DiscreteChoices>(
    _ rho: Double, batchSize: Int, _ choices: inout Choices
  ) throws {
    try step(rho, batch: try randomSubset(of: observations.count, size: batchSize, &choices))
  }

  /// The ELBO of the globals with the responsibilities that are best for them.
  public func elbo() throws -> LowerBound {
    try VariationalMixture(mixture, observations, globals: globals).terms().elbo
  }
}

/// A random subset of 0 ..< count, ascending; each of its size is as likely.
public func randomSubset<Choices: DiscreteChoices>(
  of count: Int, size: Int, _ choices: inout Choices
) throws(ChoiceError) -> [Int] {
  var (members, missing) = ([Int](), size)
  for candidate in 0..<count where missing > 0 {
    if try choices.flip(Double(missing) / Double(count - candidate)) {
      members.append(candidate)
      missing -= 1
    }
  }
  return members
}
