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

extension BitsProblem {
  /// m, the likeliest state.
  var likeliest: Int { law.state(logits.map { $0 > 0 ? 1 : 0 }) }
}

// MARK: Sums over the four states

extension DiscreteProblem {
  /// Σ_d Var_q[(f − c_d) s_d], a number c_d for each component.
  func summedVariance(minus constants: [Double]) -> Double {
    constants.indices.reduce(0) { sum, d in
      let terms = signals.indices.map { (signals[$0] - constants[d]) * law.scores[$0][d] }
      let mean = law.mean(terms)
      return sum + law.mean(terms.map { ($0 - mean) * ($0 - mean) })
    }
  }

  /// E_q[s_d²].
  var scoreSquares: [Double] { law.scoreVariances }

  /// ∇E_q[f] with f as it is, as p_d (1 − p_d) E[f(z_d = 1) − f(z_d = 0)]: no score in it.
  var differences: [Double] {
    law.logits.indices.map { d in
      law.mean(
        law.points.indices.map { z in
          let (on, off) = (law.state(z, setting: d, to: 1), law.state(z, setting: d, to: 0))
          return signals[on] - signals[off]
        }) * scoreSquares[d]
    }
  }

  /// E[f |s|²]/E[|s|²].
  var bestConstant: Double {
    let lengths = law.scores.map { s in s.reduce(0) { $0 + $1 * $1 } }
    return law.mean(zip(signals, lengths).map { $0 * $1 }) / scoreSquares.reduce(0, +)
  }

  /// The largest |f|, the size of what is multiplied and subtracted.
  var size: Double { signals.reduce(1) { max($0, abs($1)) } }
}

/// The exact law of a program on a problem.
func exactLaw(
  _ problem: DiscreteProblem,
  of program: (DiscreteProblem, inout CutUniforms) throws -> [Double]
) throws -> ExactMoments {
  try exactMomentsWithUniforms { try program(problem, &$0) }
}
