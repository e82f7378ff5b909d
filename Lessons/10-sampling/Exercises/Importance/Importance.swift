import Approximate
import GSL
import LessonKit
import Models
import Probability

extension ImportanceExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, WeightsProblem>(
    id: "importance", title: "Weighted draws",
    task: """
      Write `log_weight`, `evidence` and `average`: what a draw z of q weighs, the estimate ŵ of p(x), and the \
      estimate ĥ of E[h|x] from K weighted draws.
      """,
    hints: [
      "E_q[f(z)/q(z)] = Σ_z f(z): divide by what the draw was drawn from.",
      "ŵ is a mean of weights, not of their logarithms.",
      "ĥ = Σ_k w_k h(z_k) / Σ_k w_k.",
    ],
    example: .threeStates, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      The last line is the bias of a ratio. One q has neither bias nor variance:
      """)

  static let answer = Parts(
    logWeight: { problem, state in
      ExpectedValue.elbo(
        of: problem.joints.map { log($0) },
        under: SoftmaxLaw(logits: problem.proposal.map { log($0) })
      ).signal(state)
    },
    evidence: { exp(draws($0).bound) },
    average: { logWeights, values in draws(logWeights).average { [values[$0]] }[0] },
    size: { draws($0).effectiveSampleSize })

  /// Draws 0, 1, … with these weights.
  private static func draws(_ logWeights: [Double]) -> WeightedDraws<Int> {
    WeightedDraws(Array(logWeights.indices)) { logWeights[$0] }
  }

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "upside-down", "q(z)/p(x, z): the ratio the wrong way round",
      source: "edward #788 has the proposals of its Metropolis ratio this way", \.logWeight,
      from: { right in { -right($0, $1) } }),
    Mistake("forgets-the-proposal", "p(x, z), whatever z was drawn from", \.logWeight) {
      problem, state in log(problem.joints[state])
    },
    Mistake(
      "weighs-as-from-the-prior", "p(x|z), which is right for draws of p(z) alone", \.logWeight
    ) { problem, state in log(problem.joint.likelihood[state]) },
    Mistake("geometric-mean", "exp of the mean of log w: the ELBO in disguise", \.evidence) {
      logWeights in exp(logWeights.reduce(0, +) / Double(logWeights.count))
    },
    Mistake("sums-up", "the sum of the weights, without 1/K", \.evidence) { logWeights in
      logWeights.reduce(0) { $0 + exp($1) }
    },
    Mistake("plain-average", "the mean of h over the draws, without weights", \.average) {
      _, values in values.reduce(0, +) / Double(values.count)
    },
    Mistake(
      "divides-by-k", "Σ_k w_k h(z_k)/K: an unbiased estimate of p(x) E[h|x]", \.average
    ) { logWeights, values in
      zip(logWeights, values).reduce(0) { $0 + exp($1.0) * $1.1 } / Double(values.count)
    },
    Mistake(
      "squares-inside", "Σ w²/(Σ w)²: its reciprocal", \.size, from: { right in { 1 / right($0) } }),
  ]
}
