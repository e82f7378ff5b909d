import Approximate
import GSL
import LessonKit
import Models
import Probability

extension BoundExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, BoundProblem>(
    id: "bound",
    title: "A bound that can be computed",
    task: """
      Write `elbo`, the evidence lower bound of a model with finitely many states: the \
      expectation under q of log p(x, z) − log q(z). A state that q never visits contributes \
      nothing, and one that q visits but p forbids makes the bound −∞.
      """,
    hints: [
      "An expectation under q weighs every state z by q(z).",
      "log p(x, z) = log p(z) + log p(x | z): both the prior and the likelihood belong in it.",
      "0 · log 0 is NaN or an error to a computer and 0 to an expectation: leave states with q(z) = 0 out.",
      "Σ_z q(z) · (log p(z) + log p(x | z) − log q(z)), over all states with q(z) > 0.",
    ],
    example: .threeStates,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      elbo: { Approximate.elbo(of: $0.q, $0.joint).value },
      meanRatio: { problem in
        expectation(of: problem.q.indices.map { ratio(problem, $0) }, under: problem.q)
      },
      byEntropy: { elboByEntropy(of: $0.q, $0.joint).value },
      byDivergence: { elboByDivergence(of: $0.q, $0.joint).value },
      negative: { Approximate.negativeELBO(of: $0.q, $0.joint).value }),
    mistakes: mistakes, handin: handin,
    afterChain: """
      So nothing but a divergence lies between the last line and log p(x). It is never negative, \
      and for one q it is zero:
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "mean-under-the-prior", "the mean of p(x, z)/q(z) under p(z): the draw is not from q",
      \.meanRatio
    ) { problem in
      expectation(
        of: problem.q.indices.map { ratio(problem, $0) }, under: problem.joint.prior)
    },
    Mistake("forgets-the-entropy", "E_q[log p(x, z)] without −E_q[log q]", \.elbo, energy)
      .and(\.byEntropy, energy),
    Mistake(
      "forgets-the-prior", "uses log p(x | z) in place of log p(x, z)",
      source: "UvA DL2 notebook, displayed ELBO gradient", \.elbo
    ) { problem in
      sum(problem.q) { z in problem.joint.logLikelihood(z) - log(problem.q[z]) }
    },
    Mistake("adds-the-divergence", "E_q[log p(x | z)] + KL(q‖p(z))", source: "E-012", \.elbo) {
      elboWithTheSignTurned(of: $0.q, $0.joint)
    }.and(\.byDivergence) { elboWithTheSignTurned(of: $0.q, $0.joint) },
    Mistake(
      "divergence-called-elbo", "E_q[log q − log p(x, z)], to be minimised, under the name elbo",
      source: "blackjax, vi/meanfield_vi.py: the field `elbo` holds a KL", \.elbo
    ) {
      Approximate.negativeELBO(of: $0.q, $0.joint).value
    }.and(\.negative) { Approximate.elbo(of: $0.q, $0.joint).value },
    Mistake(
      "log-outside-the-mean", "log E_q[p/q] in place of E_q[log p/q]",
      source: "Pyro #3104 (order of log and sum)", \.elbo
    ) { problem in
      log(sum(problem.q) { z in exp(problem.joint.logJoint(z)) / problem.q[z] })
    },
    Mistake("zero-times-log-zero", "does not leave out the states that q never visits", \.elbo) {
      problem in
      problem.q.indices.reduce(0) {
        $0 + problem.q[$1] * (problem.joint.logJoint($1) - log(problem.q[$1]))
      }
    },
    Mistake(
      "skips-forbidden-states", "leaves out states with p(x, z) = 0 that q does visit",
      source: "E-062", \.elbo
    ) { problem in
      sum(problem.q) { z in
        let logJoint = problem.joint.logJoint(z)
        return logJoint == -.infinity ? 0 : logJoint - log(problem.q[z])
      }
    },
  ]

  /// p(x, z)/q(z).
  private static func ratio(_ problem: BoundProblem, _ z: Int) -> Double {
    exp(problem.joint.logJoint(z)) / problem.q[z]
  }

  /// E_q[log p(x, z)].
  @Sendable private static func energy(_ problem: BoundProblem) -> Double {
    sum(problem.q) { z in problem.joint.logJoint(z) }
  }

  /// Σ q(z) f(z) over the states that q visits.
  private static func sum(_ q: [Double], _ value: (Int) -> Double) -> Double {
    q.indices.reduce(0) { q[$1] == 0 ? $0 : $0 + q[$1] * value($1) }
  }
}
