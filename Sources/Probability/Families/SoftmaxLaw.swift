import GSL

/// A law over K states with one parameter a state: q(z) = exp(φ_z) / Σ_k exp(φ_k).
///
/// Its score is the simplest there is, a one-hot vector less the probabilities, and its support
/// never moves, so the score function may always be used on it.
public struct SoftmaxLaw: Sendable, Equatable {
  /// φ, one number a state.
  public let logits: [Double]
  /// q(z), state by state; every one is positive.
  public let probabilities: [Double]

  /// The law with the given parameters.
  public init(logits: [Double]) {
    self.logits = logits
    let total = logSumExp(logits)
    probabilities = logits.map { exp($0 - total) }
  }

  /// The law with the given positive probabilities: φ = log q.
  public init(probabilities: [Double]) { self.init(logits: probabilities.map { log($0) }) }

  /// K, the number of states.
  public var stateCount: Int { logits.count }

  /// log q(z) = φ_z − log Σ_k exp(φ_k).
  public func logProbability(_ state: Int) -> Double { logits[state] - logSumExp(logits) }

  /// ∂ log q(z) / ∂φ_k = [z = k] − q(k).
  public func score(_ state: Int) -> [Double] {
    probabilities.indices.map { ($0 == state ? 1 : 0) - probabilities[$0] }
  }

  /// E_q[f] for a table of values.
  public func mean(_ values: [Double]) -> Double {
    zip(probabilities, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// E_q[f] for a table of vectors.
  public func mean(_ values: [[Double]]) -> [Double] {
    (values.first ?? []).indices.map { component in mean(values.map { $0[component] }) }
  }

  /// A draw of the state.
  public func sample<Choices: DiscreteChoices>(_ choices: inout Choices) throws(ChoiceError) -> Int
  {
    try choices.choose(probabilities)
  }
}
