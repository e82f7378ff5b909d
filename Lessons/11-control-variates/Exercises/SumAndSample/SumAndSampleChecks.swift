import LessonKit
import Models
import Probability
import Verification

/// Exercise `sum-and-sample`: the probable states are summed, one of the others is drawn.
enum SumAndSampleExercise {
  /// What is written.
  struct Parts: Sendable {
    /// One run of the estimator.
    var estimate: @Sendable (SumAndSampleProblem, inout CutUniforms) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, SumAndSampleProblem>

  static let checks: [Check] = [unbiased, spread, never, nothingLeft, noSignal]

  static let unbiased = Check(
    "unbiased", "E[g] = ∇E_q[f]",
    because:
      "Σ_z over A and over the rest is Σ_z; the draw stands for the rest with its whole mass",
    claims: ["A-291"], as: .step
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.estimate(problem, &$0) }
    return .equal(found.means, problem.gradient)
  }

  static let spread = Check(
    "spread", "Cov[g] = q(R)² Cov[(f − c) s | z ∈ R],  R = all states outside A",
    because: "the sum over A is a constant: only which state of R is drawn is left to chance",
    claims: ["A-291"], as: .step
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.estimate(problem, &$0) }
    return .equal(found.covariances, problem.spread)
  }

  static let never = Check(
    "never-worse", "Var[g_k] ≤ Var_q[(f − c) s_k]",
    because:
      "q(A) Var[·|A] + q(A) q(R) (Var[·|R] + (E[·|A] − E[·|R])²) is what is saved, and none of it is negative",
    claims: ["A-291"], as: .consequence
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.estimate(problem, &$0) }
    let variances = problem.q.indices.map { found.covariances[$0 * problem.q.count + $0] }
    return .atMost(variances, problem.plainVariances, gap: problem.savings)
  }

  static let nothingLeft = Check(
    "nothing-left", "Cov[g] = 0,  |R| = 1",
    because: "the one state that is left is drawn for certain: the sum over all states",
    as: .specialCase, changing: { [Given("|A|", $0.q.count - 1)] }
  ) { parts, problem in
    let most = problem.with(count: problem.q.count - 1)
    let found = try exactMomentsWithUniforms { try parts.estimate(most, &$0) }
    return .equal(found.means + found.covariances, problem.gradient + problem.spread.map { _ in 0 })
  }

  static let noSignal = Check(
    "no-signal", "E[g] = 0,  f(z) = c for all z",
    because: "what is subtracted is subtracted from every state, summed or drawn", as: .specialCase,
    changing: { [Given("f(z)", $0.flat.values)] }
  ) { parts, problem in
    let flat = problem.flat
    let found = try exactMomentsWithUniforms { try parts.estimate(flat, &$0) }
    return .equal(
      found.means.map(\.value), problem.q.map { _ in 0.0 },
      rounding: .of(size: abs(problem.baseline), because: "signals of the size of c, and c"))
  }
}
