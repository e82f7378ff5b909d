import Exact
import LessonKit
import Probability

/// A law over three states, a reward for each, a baseline, and bits for the question of dimension.
struct ControlVariatesProblem: Sendable {
  /// q.
  let law: SoftmaxLaw
  /// f, state by state.
  let rewards: [Double]
  /// c, and where a running mean starts.
  let baseline: Double
  /// a, the share that a running mean keeps.
  let decay: Double
  /// P(z_d = 1) of the bits whose number is in question.
  let bits: [Double]

  /// The states of z.
  var states: Range<Int> { rewards.indices }

  /// E_q[f], as estimators see it.
  var reward: ExpectedValue<SoftmaxLaw> { ExpectedValue(under: law, of: rewards) }

  /// μ = E_q[f].
  var mean: Double { law.mean(rewards) }

  /// σ² = Var_q[f].
  var variance: Double { law.variance(rewards) }

  /// Three states with rewards (−1, −3, −8) under softmax(.1, .3, −.2), two fair bits.
  static let example = ControlVariatesProblem(
    law: SoftmaxLaw(logits: [0.1, 0.3, -0.2]), rewards: [-1, -3, -8], baseline: -2, decay: 0.9,
    bits: [0.5, 0.5])

  /// Three or four states with rewards that differ, one to three bits.
  static func random(_ cases: inout Cases) throws -> ControlVariatesProblem {
    let states = try cases.integer(3...4)
    let law = SoftmaxLaw(logits: try cases.reals(states, from: -1.2, to: 1.2))
    var rewards: [Double] = []
    for state in 0..<states {
      rewards.append(-(try cases.real(from: 0.2, to: 1.1)) - Double(state * state))
    }
    let baseline = try cases.real(from: -6, to: 3)
    let decay = try cases.real(from: 0.5, to: 0.95)
    let bits = try cases.reals(try cases.integer(1...3), from: 0.1, to: 0.9)
    return ControlVariatesProblem(
      law: law, rewards: rewards, baseline: baseline, decay: decay, bits: bits)
  }
}

// MARK: The exact answers

extension ControlVariatesProblem {
  /// f, given.
  var exactRewards: [ExactValue] { given(rewards) }

  /// Var_q[f], with its rounding.
  var exactVariance: ExactValue { law.exactVariance(exactRewards) }

  /// ∇E_q[f], by differentiating the sum over all states.
  var exactGradient: [ExactValue] {
    let gradient = exactExpectationGradient(logits: law.logits, of: rewards)
    return states.map { k in
      differentiated(
        gradient[k], from: states.map { law.probabilities[$0] * rewards[$0] * law.score($0)[k] })
    }
  }

  /// E[f² s²] − 2 c E[f s²] + c² E[s²] − E[f s]² for the first score.
  var expandedVariance: ExactValue {
    let (f, s, c) = (exactRewards, law.exactScores(0), ExactValue(baseline))
    func mean(_ term: (ExactValue, ExactValue) -> ExactValue) -> ExactValue {
      law.exactMean(zip(f, s).map(term))
    }
    let slope = mean { $0 * $1 }
    return mean { $0 * $0 * $1 * $1 } - 2 * c * mean { $0 * $1 * $1 }
      + c * c * mean { _, s in s * s } - slope * slope
  }

  /// E[g² (z₁ + R)²] − 1 for bits, with E[z₁ + R given z₁] and Var R written out.
  static func exactVarianceOfFirst(_ bits: [Double]) -> ExactValue {
    let b = ExactValue(bits[0])
    let rest = given(Array(bits.dropFirst()))
    let (mean, spread) = (rest.sum(), rest.sum { $0 * (1 - $0) })
    // g = 1/b at z₁ = 1, which has probability b, and −1/(1 − b) at z₁ = 0.
    let whenOn = ((1 + mean) * (1 + mean) + spread) / b
    let whenOff = (mean * mean + spread) / (1 - b)
    return whenOn + whenOff - 1
  }
}

extension ControlVariatesProblem: Shown {
  /// q, f, a constant, and the share that a running mean keeps.
  var givens: [Given] {
    [
      Given("q(z)", law.probabilities), Given("f(z)", rewards), Given("c", baseline),
      Given("a", decay).folded,
    ]
  }
}
