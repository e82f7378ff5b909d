import GSL

/// A law over a few states that are listed, whatever its parameters are: bits, a chain of bits, classes.
///
/// An outcome is the number of a state; its point x is the bits or the one-hot vector. What it costs
/// to ask for q(z) or for a score is a look into a table, so every outcome of several draws can be
/// visited.
public struct StateLaw: ScoredLaw, Equatable {
  /// What the states are, and by what numbers the law is given.
  public enum Kind: Sendable, Equatable {
    /// p(z_d = 1 | z_{d−1}) = sigmoid(logit_d + coupling_{d−1} z_{d−1}); independent bits have no
    /// couplings. The parameters are the logits.
    case bits(logits: [Double], couplings: [Double])
    /// softmax(logits); the parameters are the logits.
    case classes(logits: [Double])
  }

  /// What the states are.
  public let kind: Kind
  /// x of every state: bits with the first one slowest (00, 01, 10, 11), or one-hot vectors.
  public let points: [[Double]]
  /// log q(z), state by state.
  public let logProbabilities: [Double]
  /// q(z), state by state.
  public let probabilities: [Double]
  /// ∇log q(z), state by state.
  public let scores: [[Double]]
  /// E_q[s_d²], component by component.
  public let scoreVariances: [Double]

  /// The law of a kind.
  public init(_ kind: Kind) {
    self.kind = kind
    switch kind {
    case .bits(let logits, let couplings):
      points = BitStates(of: logits.count).map { Array($0.reversed()) }
      // The log odds of what each bit of a state is against what it is not.
      let odds = points.map { z in
        zip(z, chainLogits(logits, couplings, at: z)).map { $0 == 1 ? $1 : -$1 }
      }
      logProbabilities = odds.map { $0.reduce(0) { $0 + logSigmoid($1) } }
      // 1 − sigmoid(a) as sigmoid(−a), which keeps its digits where a bit is nearly certain.
      scores = zip(points, odds).map { z, odds in
        zip(z, odds).map { $0 == 1 ? sigmoid(-$1) : -sigmoid(-$1) }
      }
    case .classes(let logits):
      let law = SoftmaxLaw(logits: logits)
      points = logits.indices.map { c in logits.indices.map { $0 == c ? 1 : 0 } }
      logProbabilities = logits.indices.map { law.logProbability($0) }
      scores = logits.indices.map { law.score($0) }
    }
    let q = logProbabilities.map { exp($0) }
    let s = scores
    probabilities = q
    scoreVariances = (s.first ?? []).indices.map { d in
      s.indices.reduce(0) { $0 + q[$1] * s[$1][d] * s[$1][d] }
    }
  }

  /// N, the number of states.
  public var count: Int { points.count }
  /// P, the number of parameters, which is that of the entries of x.
  public var parameterCount: Int { logits.count }
  /// The parameters.
  public var logits: [Double] {
    switch kind {
    case .bits(let logits, _), .classes(let logits): logits
    }
  }

  /// The same kind of law, with the same couplings, at other logits.
  public func with(logits: [Double]) -> StateLaw {
    switch kind {
    case .bits(_, let couplings): StateLaw(.bits(logits: logits, couplings: couplings))
    case .classes: StateLaw(.classes(logits: logits))
    }
  }

  /// log q(z).
  public func logProbability(_ state: Int) -> Double { logProbabilities[state] }
  /// ∇log q(z).
  public func score(_ state: Int) -> [Double] { scores[state] }
  /// A draw of the state.
  public func sample<Choices: DiscreteChoices>(_ choices: inout Choices) throws(ChoiceError) -> Int
  {
    try choices.choose(probabilities)
  }

  /// E_q[h] for a table of values; a state of probability zero is not asked.
  public func mean(_ values: [Double]) -> Double {
    CompensatedSum(
      zip(probabilities, values).map { $0 == 0 ? 0 : $0 * $1 }
    ).value
  }

  /// E_q[h] for a table of vectors.
  public func mean(_ values: [[Double]]) -> [Double] {
    (values.first ?? []).indices.map { d in mean(values.map { $0[d] }) }
  }
}

// MARK: Bits

extension StateLaw {
  /// The log odds of each bit given the one before it in a state.
  public func conditionalLogits(at point: [Double]) -> [Double] {
    guard case .bits(let logits, let couplings) = kind else { return logits }
    return chainLogits(logits, couplings, at: point)
  }

  /// The number of the state with these bits.
  public func state(_ bits: [Double]) -> Int { bits.reduce(0) { $0 << 1 | ($1 == 1 ? 1 : 0) } }

  /// b[d ← v], the state with one bit set.
  public func state(_ state: Int, setting bit: Int, to value: Double) -> Int {
    let place = 1 << (parameterCount - 1 - bit)
    return value == 1 ? state | place : state & ~place
  }
}

private func chainLogits(
  _ logits: [Double], _ couplings: [Double], at bits: [Double]
) -> [Double] {
  logits.indices.map { d in
    d == 0 || couplings.isEmpty ? logits[d] : logits[d] + couplings[d - 1] * bits[d - 1]
  }
}

extension StateLaw: SwitchableLaw {
  /// For bits both values of one bit, each with its probability given all others; for classes every
  /// class.
  public func alternatives(
    to outcome: Int, in component: Int
  ) -> [(outcome: Int, probability: Double)] {
    guard case .bits = kind else {
      return points.indices.filter { probabilities[$0] > 0 }.map { ($0, probabilities[$0]) }
    }
    let off = state(outcome, setting: component, to: 0)
    let on = state(outcome, setting: component, to: 1)
    let odds = logProbabilities[on] - logProbabilities[off]
    return [(on, sigmoid(odds)), (off, sigmoid(-odds))].filter { $0.1 > 0 }
  }
}
