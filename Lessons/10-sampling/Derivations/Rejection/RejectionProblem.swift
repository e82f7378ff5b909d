import LessonKit
import Probability

/// A prior and a likelihood whose largest value belongs to state 0.
struct RejectionProblem: Sendable {
  let prior: [Double]
  let likelihood: [Double]

  static let example = RejectionProblem(prior: [0.2, 0.5, 0.3], likelihood: [0.7, 0.1, 0.4])

  static func random(_ cases: inout Cases) throws -> RejectionProblem {
    let shares = try cases.reals(3, from: 0.2, to: 0.9)
    let total = shares.reduce(0, +)
    return RejectionProblem(
      prior: shares.map { $0 / total },
      likelihood: [
        try cases.real(from: 0.6, to: 0.9), try cases.real(from: 0.05, to: 0.2),
        try cases.real(from: 0.3, to: 0.5),
      ])
  }

  /// C.
  var ceiling: Double { likelihood[0] }
  /// p(x).
  var evidence: Double { zip(prior, likelihood).reduce(0) { $0 + $1.0 * $1.1 } }
  /// p(z|x).
  var posterior: [Double] { zip(prior, likelihood).map { $0 * $1 / evidence } }
}

extension RejectionProblem: Shown {
  /// The model and the ceiling.
  var givens: [Given] { [Given("p(z)", prior), Given("p(x|z)", likelihood), Given("C", ceiling)] }
}
