import LessonKit
import Models
import Probability

/// A model with a few states, a proposal, and something to average over the posterior.
struct WeightsProblem: Sendable {
  let joint: FiniteJoint
  /// q(z).
  let proposal: [Double]
  /// h(z).
  let values: [Double]

  static let threeStates = WeightsProblem(
    joint: .threeStates, proposal: [0.25, 0.35, 0.4], values: [1, -2, 0.5])

  static func random(_ cases: inout Cases) throws -> WeightsProblem {
    let states = try cases.integer(2...3)
    return WeightsProblem(
      joint: try .random(states: states, &cases), proposal: try cases.simplex(states),
      values: try cases.reals(states, from: -2, to: 2))
  }

  /// The same with another proposal.
  func with(_ proposal: [Double]) -> WeightsProblem {
    WeightsProblem(joint: joint, proposal: proposal, values: values)
  }

  /// p(x, z).
  var joints: [Double] { zip(joint.prior, joint.likelihood).map { $0 * $1 } }
  /// p(x).
  var evidence: Double { joints.reduce(0, +) }
  /// p(z|x).
  var posterior: [Double] { joints.map { $0 / evidence } }
  /// w(z) = p(x, z)/q(z).
  var weights: [Double] { zip(joints, proposal).map { $0 / $1 } }
  /// Σ_z p(x, z)²/q(z).
  var secondMoment: Double { zip(joints, weights).reduce(0) { $0 + $1.0 * $1.1 } }

  /// E over K draws of q of a function of the draws.
  func mean(_ count: Int, _ value: ([Int]) throws -> Double) throws -> Double {
    var total = 0.0
    func extend(_ draws: [Int], _ probability: Double) throws {
      guard draws.count < count else {
        total += probability * (try value(draws))
        return
      }
      for (state, share) in proposal.enumerated() {
        try extend(draws + [state], probability * share)
      }
    }
    try extend([], 1)
    return total
  }
}

extension WeightsProblem: Shown {
  /// The model, the proposal, what is averaged.
  var givens: [Given] {
    [
      Given("p(z)", joint.prior), Given("p(x|z)", joint.likelihood), Given("q(z)", proposal),
      Given("h(z)", values),
    ]
  }
}
