import LessonKit
import Probability
import Verification

/// Exercise `divergence`: an expectation of a difference of logs.
enum DivergenceExercise {
  /// What is written.
  struct Parts: Sendable {
    /// KL(q‖p) = E_q[log q − log p]; states with q = 0 cost nothing.
    var kullbackLeibler: @Sendable (_ q: [Double], _ p: [Double]) -> Double
    /// q(z) log q(z)/p(z) − q(z) + p(z), state by state; none of these is negative.
    var terms: @Sendable (_ q: [Double], _ p: [Double]) -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    isTheSum, oneIsAddedAndTaken, noTermIsNegative, isNeverNegative, eachTerm, isAnExpectation,
    isNotSymmetric, vanishesAtEquality, isPositiveElsewhere, skipsTheUnseen, isNoLogOfADifference,
  ]
}

// MARK: It is a sum, and never negative

extension DivergenceExercise {
  static let isTheSum = Check(
    "sum", "KL(q‖p) = Σ_z q(z) log(q(z)/p(z))",
    because: "the definition: each state counts as often as q draws it", as: .step
  ) { parts, problem in
    .equal(
      parts.kullbackLeibler(problem.q, problem.p), exactDivergence(of: problem.q, from: problem.p))
  }

  static let oneIsAddedAndTaken = Check(
    "one-is-added-and-taken",
    "Σ_z q(z) log(q(z)/p(z)) = Σ_z [q(z) log(q(z)/p(z)) − q(z) + p(z)]",
    because: "q and p both add up to one: one is taken away, and one is added", as: .step
  ) { parts, problem in
    .equal(
      exactDivergence(of: problem.q, from: problem.p),
      parts.terms(problem.q, problem.p).reduce(0, +), rounding: ofTheTerms)
  }

  static let noTermIsNegative = Check(
    "no-term-is-negative", "Σ_z [q(z) log(q(z)/p(z)) − q(z) + p(z)] ≥ 0",
    because: "no term is negative, since log r ≤ r − 1, here at r = p(z)/q(z)", as: .step
  ) { parts, problem in
    .atLeast(
      parts.terms(problem.q, problem.p).reduce(0, +), 0.0,
      gap: exactDivergence(of: problem.q, from: problem.p), rounding: ofTheTerms)
  }

  static let eachTerm = Check(
    "each-term", "q(z) log(q(z)/p(z)) − q(z) + p(z) ≥ 0",
    because: "it holds state by state; the terms q(z) log(q(z)/p(z)) alone have both signs"
  ) { parts, problem in
    .atLeast(
      parts.terms(problem.q, problem.p), problem.q.map { _ in 0.0 }, gap: problem.exactTerms,
      rounding: ofTheTerms)
  }

  private static let ofTheTerms = Rounding.of(
    size: 1, because: "q(z) is taken away and p(z) added, which are at most one")

  static let isNeverNegative = Check(
    "never-negative", "KL(q‖p) ≥ 0",
    because: "q log(q/p) − q + p ≥ 0 state by state, since x − 1 ≥ log x; the rest sums to 0",
    claims: ["A-002"]
  ) { parts, problem in
    .atLeast(
      parts.kullbackLeibler(problem.q, problem.p), 0.0, gap: problem.exactTerms.sum { $0 })
  }
}

// MARK: What follows

extension DivergenceExercise {
  /// The caption of a slide, read as written; where q = p its log is left out.
  static let isNoLogOfADifference = Check(
    "no-log-of-a-difference", "E_q[log |q − p|] ≠ KL(q‖p)",
    because: "a caption says 'log of difference'; q − p has both signs, and no ratio in it",
    claims: [.against("A-009")], as: .erratum
  ) { parts, problem in
    let apart = zip(problem.q, problem.p).map { q, p in ExactValue(q == p ? 1 : abs(q - p)) }
    let states = zip(zip(problem.q, problem.p), apart)
    let printed = states.sum { pair, apart in ExactValue(pair.0) * apart.logarithm }
    let difference = states.sum { pair, apart in
      ExactValue(pair.0) * (ExactValue(pair.1) * apart / ExactValue(pair.0)).logarithm
    }
    return .different(
      printed, parts.kullbackLeibler(problem.q, problem.p), by: difference, atLeast: 0.1)
  }

  static let isPositiveElsewhere = Check(
    "positive-where-they-differ", "q ≠ p:  KL(q‖p) ≠ 0",
    because: "KL(q‖p) ≥ ½ (Σ_z |q(z) − p(z)|)² (Pinsker's inequality)", claims: ["A-002"]
  ) { parts, problem in
    let apart = zip(problem.q, problem.p).reduce(0) { $0 + abs($1.0 - $1.1) }
    return .different(
      parts.kullbackLeibler(problem.q, problem.p), 0.0,
      by: exactDivergence(of: problem.q, from: problem.p), atLeast: 0.5 * apart * apart)
  }

  static let isAnExpectation = Check(
    "expectation", "KL(q‖p) = E_q[−log p] − E_q[−log q]",
    because: "the log of a ratio is a difference of logs, weighed by q",
    claims: [.inPlaceOf("A-009")]
  ) { parts, problem in
    .equal(
      parts.kullbackLeibler(problem.q, problem.p),
      exactCrossEntropy(of: problem.q, from: problem.p) - exactEntropy(of: problem.q))
  }

  static let vanishesAtEquality = Check(
    "zero-at-equality", "KL(q‖q) = 0", because: "every ratio is one and every log zero",
    claims: ["A-002", "A-104"], changing: { [Given("p(z)", $0.q)] }
  ) { parts, problem in
    .equal(
      parts.kullbackLeibler(problem.q, problem.q), 0.0,
      rounding: .of(
        size: exactEntropy(of: problem.q).value,
        because: "whoever subtracts the logs adds −H(q) and takes it away"))
  }

  static let isNotSymmetric = Check(
    "not-symmetric", "KL(q‖p) ≠ KL(p‖q)",
    because: "the mean is taken under another distribution: q weighs one side, p the other",
    claims: ["A-104"], as: .consequence
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
    "unseen-states", "KL((q, 0)‖(0.8 p, 0.2)) = KL(q‖p) + log 1.25",
    because: "0 log 0 = 0: a state that q never visits costs nothing of its own",
    changing: { [Given("q(z)", $0.q + [0]), Given("p(z)", $0.p.map { 0.8 * $0 } + [0.2])] }
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
