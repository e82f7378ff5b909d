import LessonKit
import Probability

/// A target over three states, known up to a factor, and proposals that are not symmetric.
struct MetropolisProblem: Sendable {
  /// π, unnormalised.
  let target: [Double]
  /// Q, a row a state.
  let proposal: [[Double]]

  static let example = MetropolisProblem(
    target: [1, 2, 4], proposal: [[0, 0.5, 0.5], [0.3, 0.4, 0.3], [0.6, 0.4, 0]])

  static func random(_ cases: inout Cases) throws -> MetropolisProblem {
    var proposal: [[Double]] = []
    for _ in 0..<3 {
      let row = try cases.reals(3, from: 0.1, to: 0.9)
      let total = row.reduce(0, +)
      proposal.append(row.map { $0 / total })
    }
    return MetropolisProblem(
      target: [
        try cases.real(from: 0.4, to: 0.9), try cases.real(from: 1.2, to: 2),
        try cases.real(from: 2.5, to: 5),
      ], proposal: proposal)
  }

  /// π.
  var law: [Double] { target.map { $0 / target.reduce(0, +) } }

  /// Every pair of two states.
  static let pairs = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]

  /// T, entry by entry from the formula.
  var transitions: [[Double]] {
    let pi = law
    return (0..<3).map { i in
      var row = (0..<3).map { j in
        i == j ? 0 : min(pi[i] * proposal[i][j], pi[j] * proposal[j][i]) / pi[i]
      }
      row[i] = 1 - row.reduce(0, +)
      return row
    }
  }
}

extension MetropolisProblem: Shown {
  /// Target and proposals.
  var givens: [Given] { [Given("g", target), Given("Q", proposal)] }
}
