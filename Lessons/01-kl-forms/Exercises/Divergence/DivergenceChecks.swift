import GSL
import LessonKit
import Probability
import Verification

/// Two distributions on three to five states; they are never the same.
struct DivergenceProblem: Sendable {
  /// q, strictly positive.
  let q: [Double]
  /// p, strictly positive.
  let p: [Double]

  /// Two distributions on the same states.
  init(q: [Double], p: [Double]) {
    self.q = q
    self.p = p
  }
}

/// The signature of exercise `divergence`.
protocol DivergenceForm: Sendable {
  /// KL(q‖p) = E_q[log q − log p]; states with q = 0 cost nothing.
  func kullbackLeibler(of q: [Double], from p: [Double]) -> Double
}

extension Sheet where Subject == any DivergenceForm, Model == DivergenceProblem {
  /// Write the Kullback–Leibler divergence.
  static let finiteDivergence = Sheet(
    id: "divergence",
    title: "A divergence is an expectation",
    task: """
      Write `kullbackLeibler(of: q, from: p)`: the expectation under q of log q − log p. \
      States that q never visits cost nothing, whatever p says about them.
      """,
    hints: [
      "The expectation is under the first argument: each state is weighed by q.",
      "0 log 0 is 0 by continuity, but 0 * log(0.0) is NaN in floating point.",
      "Sum q[k] · log(q[k] / p[k]) over the states with q[k] > 0.",
    ],
    example: DivergenceProblem(q: [0.25, 0.35, 0.4], p: [0.2, 0.5, 0.3]),
    draw: { cases in
      // p tilts q by weights that grow from state to state, so the two always differ.
      let q = try cases.simplex(try cases.integer(3...5))
      var weight = 0
      var tilted: [Double] = []
      for k in q.indices {
        weight += try cases.integer(1...12)
        tilted.append(q[k] * Double(weight))
      }
      let total = tilted.reduce(0, +)
      return DivergenceProblem(q: q, p: tilted.map { $0 / total })
    },
    lines: [isAnExpectation, isNeverNegative, vanishesAtEquality, isNotSymmetric, skipsTheUnseen])

  static var isAnExpectation: Line<any DivergenceForm, DivergenceProblem> {
    Line(
      "expectation", "KL(q‖p) = E_q[−log p] − E_q[−log q]",
      because: "the log of a ratio is a difference of logs, weighed by q",
      claims: ["A-009"]
    ) { form, problem in
      .equal(
        form.kullbackLeibler(of: problem.q, from: problem.p),
        crossEntropy(of: problem.q, from: problem.p) - entropy(of: problem.q), magnitude: 4)
    }
  }

  static var isNeverNegative: Line<any DivergenceForm, DivergenceProblem> {
    Line(
      "never-negative", "KL(q‖p) ≥ 0",
      because: "q log(q/p) − q + p ≥ 0 state by state, since x − 1 ≥ log x; the rest sums to 0",
      claims: ["A-002"]
    ) { form, problem in
      let gap = zip(problem.q, problem.p).reduce(0) { sum, pair in
        sum + (pair.0 * log(pair.0 / pair.1) - pair.0 + pair.1)
      }
      return .atLeast(
        form.kullbackLeibler(of: problem.q, from: problem.p), 0, gap: gap, magnitude: 4)
    }
  }

  static var vanishesAtEquality: Line<any DivergenceForm, DivergenceProblem> {
    Line(
      "zero-at-equality", "KL(q‖q) = 0", because: "every ratio is one and every log zero",
      claims: ["A-002", "A-104"]
    ) { form, problem in
      .equal(
        form.kullbackLeibler(of: problem.q, from: problem.q), 0,
        magnitude: entropy(of: problem.q))
    }
  }

  static var isNotSymmetric: Line<any DivergenceForm, DivergenceProblem> {
    Line(
      "not-symmetric", "KL(q‖p) ≠ KL(p‖q)",
      because: "the expectation is under another law; the difference is E_{q+p}[log q/p]",
      claims: ["A-104"]
    ) { form, problem in
      let difference = zip(problem.q, problem.p).reduce(0) { sum, pair in
        sum + (pair.0 + pair.1) * log(pair.0 / pair.1)
      }
      return .different(
        form.kullbackLeibler(of: problem.q, from: problem.p),
        form.kullbackLeibler(of: problem.p, from: problem.q), by: difference, atLeast: 1e-12,
        magnitude: 4)
    }
  }

  static var skipsTheUnseen: Line<any DivergenceForm, DivergenceProblem> {
    Line(
      "unseen-states", "KL((q, 0)‖(p − ε, ε)) = KL(q‖p − ε)",
      because: "0 log 0 = 0: a state that q never visits costs nothing of its own"
    ) { form, problem in
      // A new state that q excludes takes a fifth of p's mass: every other ratio grows by 5/4.
      let spread = problem.p.map { 0.8 * $0 } + [0.2]
      let expected = zip(problem.q, problem.p).reduce(0) { sum, pair in
        sum + pair.0 * (log(pair.0) - log(pair.1) + log(1.25))
      }
      return .equal(
        form.kullbackLeibler(of: problem.q + [0], from: spread), expected, magnitude: 4)
    }
  }
}
