import Exact
import LessonKit
import Probability

/// A law over two or three states, log p(x, z) for each, and a number of draws.
struct MonteCarloProblem: Sendable {
  /// q.
  let law: SoftmaxLaw
  /// log p(x, z), state by state; as f it is a table like any other.
  let logJoints: [Double]
  /// S.
  let samples: Int

  /// The states of z.
  var states: Range<Int> { logJoints.indices }

  /// E_q[log p(x, z) − log q(z)], as estimators see it.
  var elbo: ExpectedValue<SoftmaxLaw> { .elbo(of: logJoints, under: law) }

  /// Two states with f = (−1, −3) under q = (.6, .4), two draws.
  static let example = MonteCarloProblem(
    law: SoftmaxLaw(probabilities: [0.6, 0.4]), logJoints: [-1, -3], samples: 2)

  /// Two or three states, two or three draws: up to 27 tuples, all visited.
  static func random(_ cases: inout Cases) throws -> MonteCarloProblem {
    let states = try cases.integer(2...3)
    let law = SoftmaxLaw(logits: try cases.reals(states, from: -1.5, to: 1.5))
    var logJoints: [Double] = []
    for state in 0..<states {
      logJoints.append(-(try cases.real(from: 0.2, to: 0.9)) - Double(state * state))
    }
    return MonteCarloProblem(law: law, logJoints: logJoints, samples: try cases.integer(2...3))
  }
}

// MARK: The exact answers, state by state

extension MonteCarloProblem {
  /// E_q[log p(x, z)].
  var mean: ExactValue { law.exactMean(given(logJoints)) }

  /// Var_q[log p(x, z)].
  var variance: ExactValue { law.exactVariance(given(logJoints)) }

  /// log p(x, z) − log q(z), state by state.
  var signals: [ExactValue] {
    states.map { ExactValue(logJoints[$0]) - ExactValue(law.probabilities[$0]).logarithm }
  }

  /// ∇ELBO, by differentiating the sum over all states.
  var exactGradient: [ExactValue] {
    let gradient = exactELBOGradient(logits: law.logits, logJoints: logJoints)
    return zip(gradient, law.exactTerms(signals)).map { slope, terms in
      differentiated(slope, from: zip(law.probabilities, terms).map { $0 * $1.value })
    }
  }

  /// ∇_φ q(z) = q(z) ([k = z] − q(k)).
  func massGradient(_ state: Int) -> [Double] {
    law.score(state).map { law.probabilities[state] * $0 }
  }
}

extension MonteCarloProblem: Shown {
  /// q and a table, which is log p(x, z) where the bound is meant and any f elsewhere.
  var givens: [Given] {
    [
      Given("q(z)", law.probabilities), Given("log p(x,z)", logJoints).folded,
      Given("f(z)", logJoints), Given("S", samples),
    ]
  }
}
