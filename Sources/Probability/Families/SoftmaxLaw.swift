import GSL

/// A law over K states with one parameter a state: q(z) = exp(φ_z) / Σ_k exp(φ_k).
///
/// Its score is the simplest there is, a one-hot vector less the probabilities, and its support
/// never moves, so the score function may always be used on it.
public struct SoftmaxLaw: ScoredLaw, Equatable {
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

  /// q(k) (1 − q(k)).
  public var scoreVariances: [Double] { probabilities.map { $0 * (1 - $0) } }

  /// A draw of the state.
  public func sample<Choices: DiscreteChoices>(_ choices: inout Choices) throws(ChoiceError) -> Int
  {
    try choices.choose(probabilities)
  }
}

extension SoftmaxLaw: SwitchableLaw {
  /// All states: there is but one variable, and nothing else to hold.
  public func alternatives(
    to state: Int, in component: Int
  ) -> [(outcome: Int, probability: Double)] {
    probabilities.indices.map { ($0, probabilities[$0]) }
  }
}

// MARK: Means with every state visited

extension SoftmaxLaw {
  /// E_q[f] for a table of values.
  public func mean(_ values: [Double]) -> Double {
    zip(probabilities, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// E_q[f] for a table of vectors.
  public func mean(_ values: [[Double]]) -> [Double] {
    (values.first ?? []).indices.map { component in mean(values.map { $0[component] }) }
  }

  /// Var_q[f] for a table of values.
  public func variance(_ values: [Double]) -> Double {
    let centre = mean(values)
    return mean(values.map { ($0 - centre) * ($0 - centre) })
  }

  /// H(q) = −Σ_z q(z) log q(z).
  public var entropy: Double { Probability.entropy(of: probabilities) }
}

extension ExpectedValue where Law == SoftmaxLaw {
  /// The mean of a table of values.
  public init(under law: SoftmaxLaw, of values: [Double]) {
    self.init(under: law, of: { values[$0] })
  }

  /// The ELBO of a table of log p(x, z), state by state: f(z) = log p(x, z) − log q(z).
  public static func elbo(of logJoints: [Double], under q: SoftmaxLaw) -> ExpectedValue {
    ExpectedValue(under: q, of: { z in logJoints[z] - q.logProbability(z) })
  }

  /// ∇E_q[f] = E_q[f(z) ∇log q(z)], with every state visited.
  public var exactGradient: [Double] {
    withKnownPart(
      law.mean(
        law.logits.indices.map { state in law.score(state).map { signal(state) * $0 } }))
  }
}
