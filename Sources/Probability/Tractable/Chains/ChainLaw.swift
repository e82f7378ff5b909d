import GSL

/// The law of the paths of a chain, p(z) = exp(score(z)) / Z, by what the past and the future say.
///
/// The messages of the recursion, each normalised when it is made, so that the rounding of a marginal
/// does not grow with the length:
///
/// ```
/// Σ_k exp(α_t(k)) = 1,      Σ_k exp(α_t(k) + β_t(k)) = 1,      log Z = Σ_t log of what α_t was divided by
/// ```
/// Reference: Rabiner 1989, section V.A.
public struct ChainLaw: Sendable {
  /// What the chain is made of.
  public let potentials: ChainPotentials
  /// What each α_t was divided by, as logarithms; they sum to ``logPartition``.
  public let logNormalisers: [Double]
  /// α_t(k).
  package let forward: [[LogSum]]
  /// β_t(k).
  package let backward: [[LogSum]]

  /// Passes messages in both directions; nil when every path is forbidden.
  public init?(_ potentials: ChainPotentials) {
    self.potentials = potentials
    let (forward, logNormalisers) = potentials.normalisedForward()
    guard !logNormalisers.contains(-.infinity) else { return nil }
    backward = potentials.backward({ LogSum(logWeight: $1) }) { t, message in
      message.divide { forward[t][$0] * $1 }
    }
    (self.forward, self.logNormalisers) = (forward, logNormalisers)
  }

  /// log Z.
  public var logPartition: Double { CompensatedSum(logNormalisers).value }

  /// p(z_t = k).
  public func stateMarginals(at place: Int) -> [Double] {
    zip(forward[place], backward[place]).map { exp(($0 * $1).log) }
  }

  /// p(z_t = i, z_{t+1} = j), for t the place before the step.
  public func pairMarginals(after place: Int) -> [[Double]] {
    let (before, after) = (forward[place], backward[place + 1])
    let (step, next) = (potentials.edges[place], potentials.nodes[place + 1])
    var logs: [Double] = []
    logs.reserveCapacity(before.count * after.count)
    for i in before.indices {
      let row = step[i]
      for j in after.indices { logs.append(before[i].log + (row[j] + next[j]) + after[j].log) }
    }
    // Relative to the largest, as what both messages have been divided by is.
    let largest = logs.reduce(-.infinity, max)
    let weights = logs.map { exp($0 - largest) }
    let whole = weights.reduce(0, +)
    return before.indices.map { i in
      after.indices.map { j in weights[i * after.count + j] / whole }
    }
  }

  /// The entropy −E[log p(z)] = log Z − E[score(z)].
  ///
  /// ```
  /// H = H(z_1) + Σ_t H(z_{t+1} | z_t)
  /// ```
  /// by the chain rule, where nothing is a difference of scores.
  public var entropy: Double {
    var sum = CompensatedSum(stateMarginals(at: 0).map { -entropyTerm($0) })
    for t in potentials.edges.indices {
      let pairs = pairMarginals(after: t)
      for row in pairs {
        let whole = row.reduce(0, +)
        for pair in row where pair > 0 { sum.add(-pair * log(pair / whole)) }
      }
    }
    return sum.value
  }

  /// log p(z) of a path.
  public func logProbability(_ path: [Int]) -> Double { potentials.score(path) - logPartition }
}

extension ChainPotentials {
  /// Forward messages, each divided by its sum, and the logarithms of the sums.
  ///
  /// Where the chain turns out impossible the messages are −∞, and the sum is.
  package func normalisedForward() -> (messages: [[LogSum]], logNormalisers: [Double]) {
    var logNormalisers: [Double] = []
    logNormalisers.reserveCapacity(length)
    let messages = forward({ LogSum(logWeight: $1) }) { _, message in
      logNormalisers.append(message.divide { $1 })
    }
    return (messages, logNormalisers)
  }
}

extension [LogSum] {
  /// Divides all weights by one number, so that the sum of what is made of them is one; says its logarithm.
  ///
  /// The largest is taken out first: of numbers near −10¹⁰⁰ a difference of log 2 is rounded away.
  @discardableResult
  fileprivate mutating func divide(_ share: (Int, LogSum) -> LogSum) -> Double {
    let largest = indices.reduce(-.infinity) { Swift.max($0, share($1, self[$1]).log) }
    guard largest > -.infinity else { return largest }
    for k in indices { self[k].log -= largest }
    let rest = LogSum.sum(over: indices) { share($0, self[$0]) }.log
    for k in indices { self[k].log -= rest }
    return largest + rest
  }
}
