import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

extension PathsDerivation {
  /// The derivation, the library's code in it, and the ways to get it wrong.
  static let derivation = Derivation<Parts, SwitchProblem>(
    id: "paths",
    title: "One linear system for each path",
    example: try .fourSteps(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      logEvidence: { SwitchingPosterior(of: $0.sequence).logEvidence.value },
      marginals: { SwitchingPosterior(of: $0.sequence).stateMarginals }),
    mistakes: mistakes)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "averages-the-dynamics",
      "takes one linear system, its dynamics and noise averaged over p(r_t)",
      source: "a mixture of models that is run as the mean model", \.logEvidence,
      { problem in try meanSystem(problem) }),
    Mistake(
      "best-path", "takes the path with the largest p(r, y) for all of them",
      source: "Viterbi's recursion in the place of the forward one", \.logEvidence,
      { problem in
        let table = try problem.table
        let posterior = try table.posterior()
        return posterior.logEvidence + log(posterior.weights.max() ?? 1)
      }),
    Mistake(
      "looks-back-only", "stops at p(r_t = k|y₀ … y_t): what comes later is not looked at",
      \.marginals,
      { problem in
        try problem.outputs.indices.map { t in
          let seen = problem.outputs.enumerated().map { $0.offset <= t ? [$0.element] : nil }
          let early = try problem.sequence.system.observing(partly: seen)
          return SwitchingPosterior(of: early).stateMarginals[t]
        }
      }),
  ]

  /// The evidence of one system whose dynamics at each step are the mean under p(r_t).
  private static func meanSystem(_ problem: SwitchProblem) throws -> Double {
    let (system, first) = (problem.sequence.system, problem.first)
    var (law, total) = (system.initialState, CompensatedSum())
    var (mean, variance) = (0.0, first.initialCovariance[0][0])
    let (c, r) = (first.emission[0][0], first.emissionNoise[0][0])
    for (t, y) in problem.outputs.enumerated() {
      if t > 0 {
        law = law.indices.map { k in
          zip(law, system.transition).reduce(0) { $0 + $1.0 * $1.1[k] }
        }
        let a = zip(law, problem.moves).reduce(0) { $0 + $1.0 * $1.1.dynamics }
        let q = zip(law, problem.moves).reduce(0) { $0 + $1.0 * $1.1.noise }
        (mean, variance) = (a * mean, a * a * variance + q)
      }
      let spread = c * c * variance + r
      total.add(NormalLaw(mean: c * mean, variance: spread).logDensity(y))
      let gain = variance * c / spread
      (mean, variance) = (mean + gain * (y - c * mean), variance - gain * c * variance)
    }
    return total.value
  }
}
