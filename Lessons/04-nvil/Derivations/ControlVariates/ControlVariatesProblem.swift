import Probability

/// A law over three states, a reward for each, a baseline, and bits for the question of dimension.
struct BaselineProblem: Sendable {
  let law: SoftmaxLaw
  let rewards: [Double]
  let baseline: Double
  let decay: Double
  let bits: [Double]

  var states: Range<Int> { rewards.indices }

  /// E_q[f].
  var reward: ExpectedValue<SoftmaxLaw> { ExpectedValue(under: law, of: rewards) }

  /// μ = E_q[f].
  var mean: Double { law.mean(rewards) }

  /// σ² = Var_q[f].
  var variance: Double { law.mean(rewards.map { ($0 - mean) * ($0 - mean) }) }

  /// Three states with rewards (−1, −3, −8) under softmax(.1, .3, −.2), two fair bits.
  static let example = BaselineProblem(
    law: SoftmaxLaw(logits: [0.1, 0.3, -0.2]), rewards: [-1, -3, -8], baseline: -2, decay: 0.9,
    bits: [0.5, 0.5])

  /// Three or four states with rewards that differ, one to three bits.
  @Sendable
  static func draw(_ cases: inout Cases) throws(ChoiceError) -> BaselineProblem {
    let states = try cases.integer(3...4)
    let law = SoftmaxLaw(logits: try cases.reals(states, from: -1.2, to: 1.2))
    var rewards: [Double] = []
    for state in 0..<states {
      rewards.append(-(try cases.real(from: 0.2, to: 1.1)) - Double(state * state))
    }
    let baseline = try cases.real(from: -6, to: 3)
    let decay = try cases.real(from: 0.5, to: 0.95)
    let bits = try cases.reals(try cases.integer(1...3), from: 0.1, to: 0.9)
    return BaselineProblem(
      law: law, rewards: rewards, baseline: baseline, decay: decay, bits: bits)
  }
}
