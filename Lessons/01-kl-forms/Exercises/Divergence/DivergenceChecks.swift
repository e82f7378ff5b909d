import LessonKit
import Probability
import Verification

/// Exercise `divergence`: an expectation of a difference of logs.
enum DivergenceExercise {
  /// What is written.
  struct Parts: Sendable {
    /// KL(q‖p) = E_q[log q − log p]; states with q = 0 cost nothing.
    var kullbackLeibler: @Sendable (_ q: [Double], _ p: [Double]) -> Double
  }

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

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    isNoLogOfADifference, isPositiveElsewhere, isAnExpectation, isNeverNegative,
    vanishesAtEquality, isNotSymmetric, skipsTheUnseen,
  ]
}

extension DivergenceExercise {
  /// The caption of a slide, read as written; where q = p its log is left out.
  static let isNoLogOfADifference = Check(
    "no-log-of-a-difference", "KL(q‖p) ≠ E_q[log |q − p|]",
    because: "a caption says 'log of difference'; q − p has both signs, and no ratio in it",
    claims: ["A-009"]
  ) { parts, problem in
    let apart = zip(problem.q, problem.p).map { q, p in ExactValue(q == p ? 1 : abs(q - p)) }
    let states = zip(zip(problem.q, problem.p), apart)
    let printed = states.sum { pair, apart in ExactValue(pair.0) * apart.logarithm }
    let difference = states.sum { pair, apart in
      ExactValue(pair.0) * (ExactValue(pair.0) / (ExactValue(pair.1) * apart)).logarithm
    }
    return .different(
      parts.kullbackLeibler(problem.q, problem.p), printed, by: difference, atLeast: 0.1)
  }

  static let isPositiveElsewhere = Check(
    "positive-where-they-differ", "q ≠ p:  KL(q‖p) ≠ 0",
    because: "KL(q‖p) ≥ ½ (Σ_z |q − p|)² (Pinsker): only equal laws have none", claims: ["A-002"]
  ) { parts, problem in
    let apart = zip(problem.q, problem.p).reduce(0) { $0 + abs($1.0 - $1.1) }
    return .different(
      parts.kullbackLeibler(problem.q, problem.p), 0.0,
      by: exactDivergence(of: problem.q, from: problem.p), atLeast: 0.5 * apart * apart)
  }

  static let isAnExpectation = Check(
    "expectation", "KL(q‖p) = E_q[−log p] − E_q[−log q]",
    because: "the log of a ratio is a difference of logs, weighed by q", claims: ["A-009"]
  ) { parts, problem in
    .equal(
      parts.kullbackLeibler(problem.q, problem.p),
      exactCrossEntropy(of: problem.q, from: problem.p) - exactEntropy(of: problem.q))
  }

  static let isNeverNegative = Check(
    "never-negative", "KL(q‖p) ≥ 0",
    because: "q log(q/p) − q + p ≥ 0 state by state, since x − 1 ≥ log x; the rest sums to 0",
    claims: ["A-002"]
  ) { parts, problem in
    let gap = zip(problem.q, problem.p).sum { pair in
      let (q, p) = (ExactValue(pair.0), ExactValue(pair.1))
      return q * (q / p).logarithm - q + p
    }
    return .atLeast(parts.kullbackLeibler(problem.q, problem.p), 0.0, gap: gap)
  }

  static let vanishesAtEquality = Check(
    "zero-at-equality", "KL(q‖q) = 0", because: "every ratio is one and every log zero",
    claims: ["A-002", "A-104"]
  ) { parts, problem in
    .equal(
      parts.kullbackLeibler(problem.q, problem.q), 0.0,
      rounding: .of(
        size: exactEntropy(of: problem.q).value,
        because: "whoever subtracts the logs adds −H(q) and takes it away"))
  }

  static let isNotSymmetric = Check(
    "not-symmetric", "KL(q‖p) ≠ KL(p‖q)",
    because: "the expectation is under another law; the difference is E_{q+p}[log q/p]",
    claims: ["A-104"]
  ) { parts, problem in
    let difference = zip(problem.q, problem.p).sum { pair in
      let (q, p) = (ExactValue(pair.0), ExactValue(pair.1))
      return (q + p) * (q / p).logarithm
    }
    return .different(
      parts.kullbackLeibler(problem.q, problem.p), parts.kullbackLeibler(problem.p, problem.q),
      by: difference, atLeast: 1e-12)
  }

  static let skipsTheUnseen = Check(
    "unseen-states", "KL((q, 0)‖(p − ε, ε)) = KL(q‖p − ε)",
    because: "0 log 0 = 0: a state that q never visits costs nothing of its own"
  ) { parts, problem in
    // A new state that q excludes takes a fifth of p's mass: every other ratio grows by 5/4.
    let spread = problem.p.map { 0.8 * $0 } + [0.2]
    let expected = zip(problem.q, problem.p).sum { pair in
      let (q, p) = (ExactValue(pair.0), ExactValue(pair.1))
      return q * (q.logarithm - p.logarithm + ExactValue(1.25).logarithm)
    }
    return .equal(parts.kullbackLeibler(problem.q + [0], spread), expected)
  }
}
