import GSL
public import Models

/// Forward and backward messages over joint states, chain after chain.
///
/// ```
/// moved_0 = α_{t−1}      moved_m(… j_m …) = log Σ_{i_m} exp(moved_{m−1}(… i_m …)) transition_m[i_m][j_m]
/// α_t(z) = moved_M(z) + log p(x_t | z) − c_t,     c_t the logarithm of the sum
/// ```
/// A step moves one chain after the other: M · K · K^M terms where a chain over joint states has K^2M.
/// Backward it is the same from the other side. All messages are kept. Reference: Ghahramani and Jordan
/// 1997, appendix B.
public struct FactorialMessages: Sendable {
  /// The sequence.
  public let sequence: FactorialSequence
  /// α, step after step, normalised: log p(z_t | x_1 … x_t).
  public let filtered: [[Double]]
  /// How the joint state is before each chain moves, and after all, as a logarithm given x_1 … x_{t−1}.
  ///
  /// For the first step what the chains begin with, alone.
  public let moved: [[[Double]]]
  /// log p(x_t | x_1 … x_{t−1}), without what the emissions have in common.
  public let logNormalisers: [Double]
  /// log p(x_t … | …) / p(x_t … | x_1 … x_{t−1}), before each chain moves, and after all.
  public let ahead: [[[Double]]]

  /// Passes messages in both directions; nil when the sequence is impossible.
  public init?(_ sequence: FactorialSequence) {
    let model = sequence.model
    let chains = model.chains.indices
    let tables = model.chains.map { $0.transition.map { $0.map { log($0) } } }
    var (filtered, moved, normalisers): ([[Double]], [[[Double]]], [Double]) = ([], [], [])
    for t in 0..<sequence.length {
      var messages = [t == 0 ? model.logInitial : filtered[t - 1]]
      if t > 0 {
        for m in chains {
          messages.append(model.joint.moved(messages[m], chain: m, tables[m]))
        }
      }
      let alpha = zip(messages[messages.count - 1], sequence.logEmissions[t]).map { $0 + $1 }
      let normaliser = logSumExp(alpha)
      guard normaliser > -.infinity else { return nil }
      filtered.append(alpha.map { $0 - normaliser })
      moved.append(messages)
      normalisers.append(normaliser)
    }
    let turned = tables.map { table in
      table.indices.map { j in table.map { $0[j] } }
    }
    var ahead: [[[Double]]] = []
    var beta = [Double](repeating: 0, count: model.joint.count)
    for t in (0..<sequence.length).reversed() {
      let own = zip(beta, sequence.logEmissions[t]).map { $0 + $1 - normalisers[t] }
      // With what was predicted they sum to one, but for the rounding of emissions far below one.
      let excess = logSumExp(zip(own, moved[t][moved[t].count - 1]).map { $0 + $1 })
      var messages = [own.map { $0 - excess }]
      if t > 0 {
        for m in chains.reversed() {
          let last = messages[messages.count - 1]
          messages.append(model.joint.moved(last, chain: m, turned[m]))
        }
      }
      beta = messages[messages.count - 1]
      ahead.append(messages.reversed())
    }
    self.sequence = sequence
    (self.filtered, self.moved, logNormalisers) = (filtered, moved, normalisers)
    self.ahead = ahead.reversed()
  }

  /// log p(x).
  public var logEvidence: Double { CompensatedSum(logNormalisers + [sequence.logScale]).value }

  /// log p(z_t | x_1 … x_{t−1}).
  public func predicted(_ t: Int) -> [Double] { moved[t][moved[t].count - 1] }

  /// log p(z_t | x).
  public func posterior(_ t: Int) -> [Double] {
    zip(predicted(t), ahead[t][ahead[t].count - 1]).map { $0 + $1 }
  }

  /// p(z_tm = k) of every chain, from logarithms over joint states.
  public func marginals(_ logProbabilities: [Double]) -> [[Double]] {
    let joint = sequence.model.joint
    var sums = joint.sizes.map { [CompensatedSum](repeating: CompensatedSum(), count: $0) }
    for (state, logProbability) in logProbabilities.enumerated() {
      let probability = exp(logProbability)
      for m in sums.indices { sums[m][joint.state(of: m, in: state)].add(probability) }
    }
    return sums.map { $0.map { min(1, $0.value) } }
  }
}

extension FactorialHiddenMarkovModel {
  /// Σ_m log initial_m[z_m] of every joint state.
  var logInitial: [Double] {
    (0..<joint.count).map { state in
      chains.indices.reduce(0) { $0 + log(chains[$1].initial[joint.state(of: $1, in: state)]) }
    }
  }
}

extension JointStates {
  /// One chain moved: log Σ_i exp(message(… i …) + table[i][j]) for every joint state.
  func moved(_ message: [Double], chain: Int, _ table: [[Double]]) -> [Double] {
    message.indices.map { state in
      let j = self.state(of: chain, in: state)
      return logSumExp(
        table.indices.map { i in
          message[self.moved(state, chain: chain, to: i)] + table[i][j]
        })
    }
  }
}
