import GSL
public import Models
public import Probability

extension FactorialSequence: HiddenStateLaw {
  /// By messages.
  public var logEvidence: Double { FactorialMessages(self)?.logEvidence ?? -.infinity }

  /// By the chain rule, one chain after the other.
  public var entropy: Double? { FactorialMessages(self)?.entropy }

  /// The states of all chains, step after step.
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws(ChoiceError) -> [[[Int]]]? {
    guard let messages = FactorialMessages(self) else { return nil }
    return try draws(count, &choices) { choices throws(ChoiceError) in
      try messages.sample(&choices)
    }
  }
}

extension FactorialMessages {
  /// Joint states drawn from the posterior, from the last step to the first, one chain after the other.
  ///
  /// ```
  /// z_T ~ p(z_T | x),   i_m ~ exp(moved_{m−1}(… i_m …)) transition_m[i_m][j_m]   given j_m and all other chains
  /// ```
  public func sample(
    _ choices: inout some DiscreteChoices
  ) throws(ChoiceError) -> [[Int]] {
    let (model, last) = (sequence.model, sequence.length - 1)
    var state = try choices.choose(normalised(filtered[last]))
    var path = [state]
    for t in (0..<last).reversed() {
      for m in model.chains.indices.reversed() {
        let origins = logOrigins(of: state, chain: m, step: t + 1)
        let i = try choices.choose(normalised(origins))
        state = model.joint.moved(state, chain: m, to: i)
      }
      path.append(state)
    }
    return path.reversed().map(model.joint.states)
  }

  /// log p(i_m, … j_m …) of the states that a chain may have had before it moved.
  func logOrigins(of state: Int, chain: Int, step: Int) -> [Double] {
    let joint = sequence.model.joint
    let j = joint.state(of: chain, in: state)
    return sequence.model.chains[chain].transition.enumerated().map { i, row in
      moved[step][chain][joint.moved(state, chain: chain, to: i)] + log(row[j])
    }
  }
}

extension FactorialMessages {
  /// The entropy of the posterior over all joint paths, in nats.
  ///
  /// ```
  /// H_0 = 0     H(… j_m …) = Σ_i p(i | j) (H(… i …) − log p(i | j)),     Σ_z p(z_T | x) (H_T(z) − log p(z_T | x))
  /// ```
  /// The chain rule, from the first step to the last. Reference: Hernando, Crespi and Cybenko 2005.
  public var entropy: Double {
    let joint = sequence.model.joint
    var rest = [Double](repeating: 0, count: joint.count)
    for t in 1..<max(1, sequence.length) {
      for m in sequence.model.chains.indices {
        rest = rest.indices.map { state in
          guard moved[t][m + 1][state] > -.infinity else { return 0 }
          let logs = logOrigins(of: state, chain: m, step: t)
          return mixedEntropy(logs) { rest[joint.moved(state, chain: m, to: $0)] }
        }
      }
    }
    return mixedEntropy(filtered[sequence.length - 1]) { rest[$0] }
  }
}
