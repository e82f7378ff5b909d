import Approximate
import LessonKit
import Models
import Probability

extension ScoreFunctionExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, ScoreFunctionProblem>(
    id: "score-function",
    title: "A gradient from samples",
    task: """
      Write `estimate`: draw S samples of q with the choices you are given, and return for each \
      component d the average over the samples of (f(z) − c_d) times the derivative of log q(z) \
      with respect to the log odds λ_d. Here f(z) = log p(x, z) − log q(z), and c_d is the \
      baseline of component d. Draw all that you draw from `choices`: your program will be run on \
      every outcome of them.
      """,
    hints: [
      "∇E_q[f] = E_q[f ∇log q]: an average over samples of the signal times a score.",
      "With logits φ, log q(z) = Σ_d z_d φ_d − log(1 + e^φ_d). Its derivative is z_d − b_d.",
      "A sample is a flip with probability b_d for each d, a list of zeros and ones; draw a new one for each s.",
      """
      For each sample: f = log p(x, z) − Σ_d log(b_d if z_d = 1, else 1 − b_d), and \
      sum_d grows by (f − c_d)(z_d − b_d). At the end divide by S.
      """,
    ],
    example: .twoFactors,
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      More draws leave the mean where it is. The covariance falls:
      """)

  /// The estimator that trains, with a constant a component.
  static let answer = Parts(estimate: { problem, samples, choices in
    try problem.elbo.gradient(
      by: ScoreFunction(PerComponent(problem.baselines)), samples: samples, &choices)
  })
}
