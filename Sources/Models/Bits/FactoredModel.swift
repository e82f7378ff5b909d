import GSL
public import Probability

/// Independent bits as a prior, and a likelihood that is a product of factors over a few bits each.
///
/// ```
/// log p(x, z) = Σ_d log Bernoulli(z_d; prior_d) + Σ_a log φ_a(z_scope(a))
/// ```
/// φ_a is the probability of one observation given the bits in its scope. Chains and sigmoid belief
/// nets look like this from the top layer.
public struct FactoredModel: BinaryLatentModel, Equatable {
  /// One factor: a table over the bits of its scope, the first bit of the scope lowest.
  public struct Factor: Sendable, Equatable {
    /// The bits that the factor looks at.
    public let scope: [Int]
    /// log φ for the 2^|scope| states.
    public let logValues: [Double]

    /// A factor over some bits.
    public init(scope: [Int], logValues: [Double]) {
      self.scope = scope
      self.logValues = logValues
    }

    /// log φ(z).
    public func logValue(_ latents: [Double]) -> Double {
      logValues[scope.indices.reduce(0) { $0 + (latents[scope[$1]] == 1 ? 1 << $1 : 0) }]
    }
  }

  /// P(z_d = 1).
  public let prior: [Double]
  /// The factors.
  public let factors: [Factor]

  /// A model with bits and factors over them.
  public init(prior: [Double], factors: [Factor]) throws(ModelError) {
    try Validate.probabilities("prior", prior)
    for (index, factor) in factors.enumerated() {
      let place = "factors[\(index)]"
      for (position, bit) in factor.scope.enumerated() {
        try Validate.index("\(place).scope[\(position)]", bit, below: prior.count)
      }
      try Validate.count(
        "\(place).logValues", factor.logValues.count, expected: 1 << factor.scope.count)
      try Validate.finite("\(place).logValues", factor.logValues)
    }
    self.init(checkedPrior: prior, factors: factors)
  }

  private init(checkedPrior: [Double], factors: [Factor]) {
    prior = checkedPrior
    self.factors = factors
  }

  /// D.
  public var latentCount: Int { prior.count }

  /// The factors are log potentials, which may have either sign.
  public var roundingsOfLogJoint: Roundings {
    let terms = Double(prior.count + factors.count)
    let largest = factors.reduce(0) { sum, factor in
      sum + factor.logValues.reduce(0) { max($0, abs($1)) }
    }
    return Roundings(ofItsSize: terms, ofOne: terms * largest + Double(2 * prior.count))
  }

  private func logPrior(_ d: Int, _ latents: [Double]) -> Double {
    log(latents[d] == 1 ? prior[d] : 1 - prior[d])
  }

  /// log p(z).
  public func logPrior(_ latents: [Double]) -> Double {
    prior.indices.reduce(0) { $0 + logPrior($1, latents) }
  }

  /// Σ_a log φ_a(z).
  public func logLikelihood(_ latents: [Double]) -> Double {
    factors.reduce(0) { $0 + $1.logValue(latents) }
  }

  /// log p(z_d) and the factors whose scope contains d.
  public func logJointTerms(containing d: Int, _ latents: [Double]) -> Double {
    factors.reduce(logPrior(d, latents)) {
      $1.scope.contains(d) ? $0 + $1.logValue(latents) : $0
    }
  }

  /// A random chain: a factor over each pair of neighbours.
  public static func randomChain<Choices: DiscreteChoices>(
    bits: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> FactoredModel {
    let prior = try choices.probabilities(bits)
    var factors: [Factor] = []
    for d in 1..<max(1, bits) {
      factors.append(Factor(scope: [d - 1, d], logValues: try choices.reals(4, from: -4, to: 0)))
    }
    return FactoredModel(checkedPrior: prior, factors: factors)
  }
}
