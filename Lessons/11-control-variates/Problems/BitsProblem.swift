import LessonKit
import Models
import Probability

/// Two bits, and a number for each of their four states.
struct BitsProblem: Sendable {
  /// θ.
  let logits: [Double]
  /// The numbers of the states 00, 01, 10 and 11: f itself, or log p(x, z).
  let values: [Double]

  /// The document of the hook.
  static let document = BitsProblem(logits: [0.4, -0.9], values: [-2.3, -1.1, -3.4, -1.9])

  /// Log odds from −1.6 to 1.6, numbers from −3 to 1.
  static func random(_ cases: inout Cases) throws -> BitsProblem {
    BitsProblem(
      logits: try cases.reals(2, from: -1.6, to: 1.6), values: try cases.reals(4, from: -3, to: 1))
  }

  /// q.
  var law: StateLaw { StateLaw(.bits(logits: logits, couplings: [])) }

  /// E_q[f] with f as it is.
  var reward: DiscreteProblem {
    DiscreteProblem(law, .fixed(.terms([BitTerm(bits: [0, 1], values: values)])))
  }

  /// The ELBO, with the numbers for log p(x, z).
  var bound: DiscreteProblem { DiscreteProblem(law, .logJoint(values)) }

  /// The same with a number added to every state.
  func shifted(by constant: Double) -> BitsProblem {
    BitsProblem(logits: logits, values: values.map { $0 + constant })
  }
}

extension BitsProblem: Shown {
  /// q and f.
  var givens: [Given] { [Given("θ", logits), Given("f(z)", values)] }
}
