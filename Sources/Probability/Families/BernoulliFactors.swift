import GSL

/// Independent bits, the simplest variational family: q(z) = Π_d b_d^z_d (1 − b_d)^(1 − z_d).
public struct BernoulliFactors: Sendable, Equatable {
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

  /// A draw of all bits.
  public func sample<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    try choices.bits(probabilities)
  }
}
