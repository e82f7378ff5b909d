import GSL

/// Independent bits, the simplest variational family: q(z) = Π_d b_d^z_d (1 − b_d)^(1 − z_d).
///
/// Its parameters are the logits of b.
public struct BernoulliFactors: ScoredLaw, Equatable {
  /// b_d = P(z_d = 1).
  public let probabilities: [Double]

  /// Independent bits that are on with the given probabilities.
  public init(_ probabilities: [Double]) { self.probabilities = probabilities }

  /// The bits whose log odds are given.
  public init(logits: [Double]) { probabilities = logits.map(sigmoid) }

  /// D, the number of bits.
  public var count: Int { probabilities.count }

  /// log q(z).
  public func logProbability(_ latents: [Double]) -> Double {
    zip(latents, probabilities).reduce(0) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
  }

  /// ∇ log q(z) with respect to the logits: z_d − b_d.
  public func score(_ latents: [Double]) -> [Double] { zip(latents, probabilities).map { $0 - $1 } }

  /// b_d (1 − b_d).
  public var scoreVariances: [Double] { probabilities.map { $0 * (1 - $0) } }

  /// A draw of all bits.
  public func sample<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    try choices.bits(probabilities)
  }
}

extension BernoulliFactors: SwitchableLaw {
  /// z with z_d on and off; one of the two where b_d is exactly 0 or 1.
  public func alternatives(
    to latents: [Double], in component: Int
  ) -> [(outcome: [Double], probability: Double)] {
    let b = probabilities[component]
    return [(1, b), (0, 1 - b)].filter { $0.1 > 0 }.map { bit, probability in
      var switched = latents
      switched[component] = bit
      return (switched, probability)
    }
  }
}

// MARK: What is known in closed form

extension BernoulliFactors {
  /// H(q) = −Σ_d [b_d log b_d + (1 − b_d) log(1 − b_d)].
  public var entropy: Double {
    CompensatedSum(probabilities.map { -entropyTerm($0) - entropyTerm(1 - $0) }).value
  }

  // listing: 01 factorised-divergence
  /// KL(q‖p) of independent bits: the sum, not the mean, of the divergences of the bits.
  ///
  /// ```
  /// KL = Σ_d b_d log(b_d / a_d) + (1 − b_d) log((1 − b_d) / (1 − a_d))
  /// ```
  public func kullbackLeibler(from prior: BernoulliFactors) -> Double {
    CompensatedSum(
      zip(probabilities, prior.probabilities).map { b, a in
        Probability.kullbackLeibler(of: [b, 1 - b], from: [a, 1 - a])
      }
    ).value
  }
  // end of listing

  /// ∇KL(q‖p) with respect to the logits of q; zero where b_d is exactly 0 or 1.
  ///
  /// ```
  /// ∂KL/∂logit_d = b_d (1 − b_d) [logit(b_d) − logit(a_d)]
  /// ```
  public func kullbackLeiblerGradient(from prior: BernoulliFactors) -> [Double] {
    zip(probabilities, prior.probabilities).map { b, a in
      b == 0 || b == 1 ? 0 : b * (1 - b) * (log(b / (1 - b)) - log(a / (1 - a)))
    }
  }
}

/// Independent bits whose parameters are their probabilities b themselves, not the logits.
public struct BernoulliMeans: SwitchableLaw, Equatable {
  /// The same bits with logits for parameters.
  public let bits: BernoulliFactors

  /// Independent bits that are on with the given probabilities.
  public init(_ probabilities: [Double]) { bits = BernoulliFactors(probabilities) }

  /// log q(z).
  public func logProbability(_ latents: [Double]) -> Double { bits.logProbability(latents) }

  /// ∂ log q(z) / ∂b_d = (z_d − b_d) / (b_d (1 − b_d)).
  public func score(_ latents: [Double]) -> [Double] {
    zip(latents, bits.probabilities).map { ($0 - $1) / ($1 * (1 - $1)) }
  }

  /// 1 / (b_d (1 − b_d)).
  public var scoreVariances: [Double] { bits.scoreVariances.map { 1 / $0 } }

  /// A draw of all bits.
  public func sample<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    try bits.sample(&choices)
  }

  /// z with z_d on and off.
  public func alternatives(
    to latents: [Double], in component: Int
  ) -> [(outcome: [Double], probability: Double)] {
    bits.alternatives(to: latents, in: component)
  }
}
