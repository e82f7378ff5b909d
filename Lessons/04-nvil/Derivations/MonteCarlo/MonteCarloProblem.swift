import GSL
import Probability

/// A law over two or three states, log p(x, z) for each, and a number of draws.
struct DrawProblem: Sendable {
  let law: SoftmaxLaw
  let logJoints: [Double]
  let samples: Int

  var states: Range<Int> { logJoints.indices }

  /// E_q[f].
  func mean(_ values: [Double]) -> Double { law.mean(values) }

  /// Var_q[f] = E_q[(f − E_q f)²].
  func variance(_ values: [Double]) -> Double {
    let centre = law.mean(values)
    return law.mean(values.map { ($0 - centre) * ($0 - centre) })
  }

  /// log p(x, z) − log q(z).
  var signal: [Double] {
    states.map { logJoints[$0] - GSL.log(law.probabilities[$0]) }
  }

  /// ∇_φ q(z) = q(z) ([k = z] − q(k)).
  func massGradient(_ state: Int) -> [Double] {
    law.score(state).map { law.probabilities[state] * $0 }
  }

  /// Two states with f = (−1, −3) under q = (.6, .4), two draws.
  static let example = DrawProblem(
    law: SoftmaxLaw(probabilities: [0.6, 0.4]), logJoints: [-1, -3], samples: 2)

  /// Two or three states, two or three draws: up to 27 tuples, all visited.
  @Sendable
  static func draw(_ cases: inout Cases) throws(ChoiceError) -> DrawProblem {
    let states = try cases.integer(2...3)
    let law = SoftmaxLaw(logits: try cases.reals(states, from: -1.5, to: 1.5))
    var logJoints: [Double] = []
    for state in 0..<states {
      logJoints.append(-(try cases.real(from: 0.2, to: 0.9)) - Double(state * state))
    }
    return DrawProblem(law: law, logJoints: logJoints, samples: try cases.integer(2...3))
  }
}
