import Approximate
import LessonKit
import Probability

/// Other roads to the gradient: what `alternatives` puts to the test.
struct AlternativeRules: Rules {
  /// (∇q(z)/r(z)) f(z), z ~ r.
  var importance: @Sendable (AlternativeProblem, [Double], inout Exhaustive) throws -> [Double]
  /// f(z_d = 1) − f(z_d = 0) at one draw of the other bits.
  var local: @Sendable (AlternativeProblem, inout Exhaustive) throws -> [Double]
  /// f(z) ∂_b log q(z) at one draw.
  var score: @Sendable (AlternativeProblem, inout Exhaustive) throws -> [Double]
  /// E[f(z) ∂_λ log(1/λ)], z ~ U(0, λ).
  var uniformScore: @Sendable (AlternativeProblem) throws -> Double
  /// ∂_λ E[f(z)], z ~ U(0, λ).
  var uniformDerivative: @Sendable (AlternativeProblem) throws -> Double

  static let answer: AlternativeRules = AlternativeRules(
    importance: { problem, proposal, choices in
      try ExpectedValue(under: problem.law, of: problem.values)
        .gradient(by: ImportanceSampled(from: SoftmaxLaw(probabilities: proposal)), &choices)
    },
    local: { problem, choices in
      try problem.mean.gradient(by: LocalExpectation(), &choices)
    },
    score: { problem, choices in
      try problem.mean.gradient(by: ScoreFunction(None()), &choices)
    },
    uniformScore: { problem in
      // The program is linear in its noise: cells replaced by their means are exact.
      try quadratureMean(curvature: 0, cells: 4) { choices in
        let z = problem.end * (try choices.uniform())
        return (problem.slope * z + problem.shift) * (-1 / problem.end)
      }.value
    },
    uniformDerivative: { problem in
      // Leibniz: what the moving end brings in, f(λ)/λ, beside what the density loses.
      let edge = problem.slope * problem.end + problem.shift
      return edge / problem.end + (try answer.uniformScore(problem))
    })

  static let mistakes: [Mistake<AlternativeRules>] = [
    Mistake(
      "forgets-the-weight", "f ∇log q under draws of r, without q/r", source: "E-060",
      answer.with(\.importance) { problem, proposal, choices in
        let state = try choices.choose(proposal)
        return problem.law.score(state).map { problem.values[state] * $0 }
      }),
    Mistake(
      "differentiates-the-draw", "lets the gradient through the drawn z, where there is none",
      source: "NumPyro #896",
      answer.with(\.importance) { problem, _, _ in problem.values.map { _ in 0 } }),
    Mistake(
      "proposal-misses-a-state", "draws from r with its first state left out",
      answer.with(\.importance) { problem, proposal, choices in
        var holed = proposal
        holed[0] = 0
        let left = holed.reduce(0, +)
        return try answer.importance(problem, holed.map { $0 / left }, &choices)
      }),
    Mistake(
      "compares-with-the-draw", "f(z_d = 1) − f(z): half of the comparison is missing",
      answer.with(\.local) { problem, choices in
        let z = try problem.q.sample(&choices)
        return z.indices.map { d in
          var on = z
          on[d] = 1
          return problem.value(on) - problem.value(z)
        }
      }),
    Mistake(
      "score-in-place-of-local", "right mean, and the variance that was to be avoided",
      answer.with(\.local) { try answer.score($0, &$1) }),
    Mistake(
      "reward-by-size", "|f| for f: ‘the likelihood only scales the gradient’", source: "E-059",
      answer.with(\.score) { problem, choices in
        try ExpectedValue(under: problem.mean.law, of: { abs(problem.value($0)) })
          .gradient(by: ScoreFunction(None()), &choices)
      }),
    Mistake(
      "local-in-place-of-score", "switches each bit: no longer a multiple of one score",
      answer.with(\.score) { try answer.local($0, &$1) }),
    Mistake(
      "applies-to-all", "uses the score although the support moves with λ", source: "E-058",
      answer.with(\.uniformDerivative) { try answer.uniformScore($0) }),
    Mistake(
      "edge-in-the-score", "counts the moving end as part of the score",
      answer.with(\.uniformScore) { try answer.uniformDerivative($0) }),
  ]
}
