import Exact
import GSL
import LessonKit
import Models
import Probability

/// A model with two to four states and some q over them: what the bound is a function of.
struct BoundProblem: Sendable {
  /// The model.
  let joint: FiniteJoint
  /// q(z), not necessarily positive everywhere.
  let q: [Double]

  /// Three states, log p(x) = log 0.31.
  static let threeStates = BoundProblem(joint: .threeStates, q: [0.25, 0.35, 0.4])

  /// A random model and a random positive q.
  static func random(_ cases: inout Cases) throws -> BoundProblem {
    let states = try cases.integer(2...4)
    return BoundProblem(joint: try .random(states: states, &cases), q: try cases.simplex(states))
  }

  /// The same model under another q.
  func with(_ other: [Double]) -> BoundProblem { BoundProblem(joint: joint, q: other) }
}

extension BoundProblem: Shown {
  /// p(z), p(x|z) and q(z).
  var givens: [Given] {
    [Given("p(z)", joint.prior), Given("p(x|z)", joint.likelihood), Given("q(z)", q)]
  }
}

/// The flat distribution over some states.
func flat(_ states: Int) -> [Double] { [Double](repeating: 1 / Double(states), count: states) }

/// q with its first state left out, the others in their proportions.
func withoutTheFirst(_ q: [Double]) -> [Double] {
  q.indices.map { $0 == 0 ? 0 : q[$0] / (1 - q[0]) }
}

/// KL(q‖p(z|x)) from its definition, state by state; states that q never visits add nothing.
func exactGap(_ q: [Double], _ posterior: ExactPosterior) -> ExactValue {
  zip(q, posterior.probabilities ?? []).filter { $0.0 > 0 }.sum { q, p in
    ExactValue(q) * (ExactValue(q) / ExactValue(p)).logarithm
  }
}

extension FiniteJoint {
  /// p(x, z) = p(z) p(x | z), with its rounding.
  func exactJoint(_ state: Int) -> ExactValue {
    ExactValue(prior[state]) * ExactValue(likelihood[state])
  }

  /// log p(x, z), with its rounding.
  func exactLogJoint(_ state: Int) -> ExactValue { exactJoint(state).logarithm }

  /// p(x) = Σ_z p(x, z), with its rounding.
  var exactEvidence: ExactValue { prior.indices.sum { exactJoint($0) } }

  /// The largest |log p(x, z)|: the size of what a bound is summed from.
  var largestLogJoint: Double { logJoints.filter(\.isFinite).map { abs($0) }.max() ?? 0 }

  /// The largest |log p(x | z)|.
  var largestLogLikelihood: Double {
    likelihood.map { abs(log($0)) }.filter(\.isFinite).max() ?? 0
  }
}
