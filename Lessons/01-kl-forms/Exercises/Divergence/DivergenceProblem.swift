import LessonKit
import Probability

extension DivergenceExercise {
  /// Two distributions on three to five states; they are never the same.
  struct Problem: Sendable {
    /// q, strictly positive.
    let q: [Double]
    /// p, strictly positive.
    let p: [Double]

    /// Three states.
    static let example = Problem(q: [0.25, 0.35, 0.4], p: [0.2, 0.5, 0.3])

    /// p tilts q by weights that grow from state to state, so the two always differ.
    static func random(_ cases: inout Cases) throws -> Problem {
      let q = try cases.simplex(try cases.integer(3...5))
      var weight = 0
      var tilted: [Double] = []
      for k in q.indices {
        weight += try cases.integer(1...12)
        tilted.append(q[k] * Double(weight))
      }
      let total = tilted.reduce(0, +)
      return Problem(q: q, p: tilted.map { $0 / total })
    }
  }
}

extension DivergenceExercise.Problem: Shown {
  /// q(z) and p(z).
  var givens: [Given] { [Given("q(z)", q), Given("p(z)", p)] }

  /// q(z) log q(z)/p(z) − q(z) + p(z), state by state.
  var exactTerms: [ExactValue] {
    zip(q, p).map { pair in
      let (q, p) = (ExactValue(pair.0), ExactValue(pair.1))
      return q * (q / p).logarithm - q + p
    }
  }
}
