import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension ChainInferenceExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, ChainProblem>(
    id: "chain-inference",
    title: "A chain in place of clusters",
    task: """
      Write `moments`, `statistics` and `local_term` of a chain whose a and Q are uncertain: messages in both \
      directions, then sums over neighbours, and how those sums move with the potentials.
      """,
    hints: [
      "E_q[a²/Q] = 1/κ + l² ν/Λ: the doubt about a is one more potential of each x that has a successor.",
      "Filtered moments know the past only. The smoothed ones are needed.",
      "E[x_t x_s] is the product of the means and the covariance.",
    ],
    example: try .threeSteps(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      What follows is the gradient, put together from these sums:
      """)

  static let answer = Parts(
    moments: { moments(try local($0)) }, statistics: { try local($0).statistics },
    localTerm: { try local($0).response(to: tilts($0)).statistics })

  private static func local(_ problem: ChainProblem) throws -> ChainLocals {
    try problem.dynamics.local(problem.potentials, under: problem.globals)
  }

  private static func tilts(_ problem: ChainProblem) -> [QuadraticPotential] {
    zip(problem.asked, problem.potentials).map { $0 - $1 }
  }

  private static func moments(_ local: ChainLocals) -> Moments {
    Moments(
      means: local.states.map { $0.mean[0] }, variances: local.states.map { $0.covariance[0, 0] },
      neighbours: local.crossCovariances.map { $0[0, 0] })
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "filters", "stops after the pass from the past: moments given y up to t", \.moments,
      { problem in
        let local = try local(problem)
        var wrong = moments(local)
        for (t, belief) in local.law.forward.enumerated() {
          let filtered = belief.conditioned(on: local.law.chain.potentials[t]).belief
          wrong.means[t] = filtered.mean[0]
          wrong.variances[t] = filtered.covariance[0]
        }
        return wrong
      }),
    Mistake(
      "independent-neighbours", "takes the marginals for the joint: Cov(x_t, x_s) = 0",
      source: "StateSpaceDynamics.jl #145 sampled marginals instead of the joint", \.moments,
      from: { right in
        { @Sendable problem in
          var moments = try right(problem)
          moments.neighbours = moments.neighbours.map { _ in 0 }
          return moments
        }
      }
    ).and(
      \.statistics,
      { problem in
        let local = try local(problem)
        var statistics = local.statistics
        statistics[0] -= local.crossCovariances.reduce(0) { $0 + $1[0, 0] }
        return statistics
      }),
    Mistake(
      "plug-in-dynamics", "runs the smoother with the means of a and Q, without the doubt about a",
      \.moments,
      { problem in
        let sure = try MatrixNormalInverseWishart(
          mean: problem.globals.mean, kappa: [[1e12]], dof: problem.globals.dof,
          scale: problem.globals.scale)
        return moments(try problem.dynamics.local(problem.potentials, under: sure))
      }),
    Mistake(
      "swaps-the-squares", "exchanges Σ E[x_t²] and Σ E[x_s²], the squares of after and before",
      \.statistics,
      from: { right in
        { problem in
          var statistics = try right(problem)
          statistics.swapAt(1, 2)
          return statistics
        }
      }),
    Mistake(
      "one-state-at-a-time", "adds Cov(t, Δ_n(x_n)) of each x_n with its own statistics alone",
      \.localTerm,
      { problem in
        let states = try local(problem).states
        let moved = zip(states, tilts(problem)).map { $0.response(to: $1).secondMoment[0, 0] }
        return [0, moved.dropLast().reduce(0, +), moved.dropFirst().reduce(0, +), 0]
      }),
  ]
}
