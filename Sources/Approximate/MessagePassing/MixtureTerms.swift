public import GSL
import Models
public import Probability

/// The seven terms of a variational mixture's ELBO, by name.
///
/// ```
/// ELBO = E log p(x|z, μ, Σ) + E log p(z|π) + E log p(π) + E log p(μ, Σ) + H[q(z)] + H[q(π)] + H[q(μ, Σ)]
/// ```
/// What a factor's update can move are the terms in which its factor stands; the others stay as they are.
public struct MixtureTerms: Sendable, Equatable {
  /// E log p(x | z, μ, Σ).
  public var expectedLogLikelihood: Double
  /// E log p(z | π).
  public var expectedLogAssignments: Double
  /// E log p(π).
  public var expectedLogWeightsPrior: Double
  /// E log p(μ, Σ), all components.
  public var expectedLogComponentsPrior: Double
  /// H[q(z)].
  public var entropyAssignments: Double
  /// H[q(π)].
  public var entropyWeights: Double
  /// H[q(μ, Σ)], all components.
  public var entropyComponents: Double

  /// The terms with their names, in the order of the formula.
  public var named: [(name: String, value: Double)] {
    [
      ("expectedLogLikelihood", expectedLogLikelihood),
      ("expectedLogAssignments", expectedLogAssignments),
      ("expectedLogWeightsPrior", expectedLogWeightsPrior),
      ("expectedLogComponentsPrior", expectedLogComponentsPrior),
      ("entropyAssignments", entropyAssignments), ("entropyWeights", entropyWeights),
      ("entropyComponents", entropyComponents),
    ]
  }

  /// Their sum, the ELBO.
  public var elbo: LowerBound { LowerBound(CompensatedSum(named.map(\.value)).value) }
}

/// What one sweep did to the terms.
public struct MixtureSweep: Sendable, Equatable {
  /// The terms when the global factors had been set.
  public let afterGlobals: MixtureTerms
  /// The terms when the responsibilities had been set after them.
  public let afterLocals: MixtureTerms
}

extension VariationalMixture {
  /// The seven terms at the present factors, whether or not any of them is at its best.
  public func terms() throws(GSLError) -> MixtureTerms {
    let (prior, q) = (try MixtureGlobals(priorOf: mixture).weights, globals.weights)
    let (logWeights, components) = (try q.meanParameters(), try expected())
    var (likelihood, assignments, disorder) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for (x, row) in zip(observations, responsibilities) {
      // What has no weight adds nothing, 0 · (−∞) = 0.
      for (k, r) in row.enumerated() where r > 0 {
        likelihood.add(r * components[k].logDensity(x))
        assignments.add(r * logWeights[k])
        disorder.add(-r * log(r))
      }
    }
    var (fit, spread) = (CompensatedSum(), CompensatedSum())
    for component in components {
      fit.add(try component.logDensity(under: mixture.prior))
      spread.add(try component.entropy())
    }
    return MixtureTerms(
      expectedLogLikelihood: likelihood.value, expectedLogAssignments: assignments.value,
      expectedLogWeightsPrior: dot(prior.naturalParameters, logWeights)
        - (try prior.logPartition()),
      expectedLogComponentsPrior: fit.value, entropyAssignments: disorder.value,
      entropyWeights: try q.entropyWithoutBase(), entropyComponents: spread.value)
  }

  /// One sweep, globals then locals, with the terms after each of the two.
  public mutating func sweep() throws(GSLError) -> MixtureSweep {
    try updateGlobals()
    let between = try terms()
    try updateLocals()
    return MixtureSweep(afterGlobals: between, afterLocals: try terms())
  }
}
