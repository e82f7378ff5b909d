import GSL
public import Probability

/// A law of D bits that is known by the logarithm of a weight for each state: the sums over all states that begin
/// alike.
///
/// ```
/// W_D(z) = weight of z        W_d(z_1 … z_d) = W_(d+1)(z_1 … z_d 0) + W_(d+1)(z_1 … z_d 1)
/// P(z_(d+1) = 1 | z_1 … z_d) = W_(d+1)(z_1 … z_d 1) / W_d(z_1 … z_d)
/// ```
public struct BitTree: HiddenStateLaw, Sendable {
  /// log W_d of every beginning of d bits; a beginning is a number, its first bit the lowest.
  private let levels: [[Double]]

  /// - Parameter logWeights: a logarithm a state, in the order of `BitStates`.
  init(logWeights: [Double]) {
    var levels = [logWeights]
    while let longer = levels.last, longer.count > 1 {
      let half = longer.count / 2
      levels.append((0..<half).map { logSumExp([longer[$0], longer[$0 + half]]) })
    }
    self.levels = levels.reversed()
  }

  /// log Σ_z W_D(z), which is log p(x) where the weights are p(z, x).
  public var logEvidence: Double { levels[0][0] }

  /// The most probable state, the first of several, with its logarithm.
  public var explanation: (state: [Bool], logJoint: Double)? {
    let leaves = levels[levels.count - 1]
    guard logEvidence > -.infinity,
      let best = leaves.indices.max(by: { leaves[$0] < leaves[$1] })
    else { return nil }
    return (units(best, count: levels.count - 1), leaves[best])
  }

  /// What each bit leaves open once those before it are known, on average.
  ///
  /// ```
  /// H(z) = Σ_d E[H(z_(d+1) | z_1 … z_d)]
  /// ```
  public var entropy: Double? {
    guard logEvidence > -.infinity else { return nil }
    var sum = CompensatedSum()
    for (level, next) in zip(levels, levels.dropFirst()) {
      for beginning in level.indices where level[beginning] > -.infinity {
        let share = exp(level[beginning] - logEvidence)
        for child in [beginning, beginning + level.count] where next[child] > -.infinity {
          let logShare = next[child] - level[beginning]
          sum.add(-share * exp(logShare) * logShare)
        }
      }
    }
    return max(0, sum.value)
  }

  /// Draws one bit after the other, each given those before it.
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws -> [[Bool]]? {
    guard logEvidence > -.infinity else { return nil }
    var drawn: [[Bool]] = []
    for _ in 0..<count {
      var beginning = 0
      for (level, next) in zip(levels, levels.dropFirst()) {
        let on = next[beginning + level.count] - level[beginning]
        if try choices.flip(min(1, exp(on))) { beginning += level.count }
      }
      drawn.append(units(beginning, count: levels.count - 1))
    }
    return drawn
  }
}
