import GSL
import LessonKit
import Models

extension DivergenceExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, Problem>(
    id: "divergence",
    title: "The divergence in closed form",
    task: """
      Write `divergence`: KL(q‖N(0, I)) for independent Gaussian codes, from means and logarithms of \
      standard deviations.
      """,
    hints: [
      "Latents are independent on both sides: their divergences add up.",
      "One latent: ½ (m² + σ² − 1) − log σ.",
      "Σ_i ½ (m_i² + e^(2 s_i) − 1) − s_i.",
    ],
    example: .example, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin)

  static let answer = Parts { means, logSds in
    zip(means, logSds).reduce(0) {
      $0 + GaussianCode(mean: $1.0, logSd: $1.1).divergenceFromPrior
    }
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "mean-over-latents", "a mean over latents where their sum belongs",
      source: "mkusner/grammarVAE #2; maxhodak/keras-molecules #59; podgorskiy/VAE #1", \.divergence
    ) { means, logSds in answer.divergence(means, logSds) / Double(means.count) },
    Mistake(
      "wrong-constant", "one ½ is subtracted for all latents together",
      source: "ericjang/draw #2 and #6", \.divergence
    ) { means, logSds in
      answer.divergence(means, logSds) + 0.5 * Double(means.count - 1)
    },
    Mistake(
      "turned", "the sign is turned: the divergence is rewarded",
      source: "EderSantana/gumbel #3; wiseodd/generative-models #43", \.divergence
    ) { means, logSds in -answer.divergence(means, logSds) },
    Mistake(
      "log-variance", "s is read as the logarithm of the variance", \.divergence
    ) { means, logSds in answer.divergence(means, logSds.map { 0.5 * $0 }) },
    Mistake(
      "without-one", "the −1 of each latent is left out: never zero", \.divergence
    ) { means, logSds in answer.divergence(means, logSds) + 0.5 * Double(means.count) },
    Mistake(
      "other-direction", "KL(p‖q), which agrees where q is the prior", \.divergence
    ) { means, logSds in
      zip(means, logSds).reduce(0) { total, code in
        let (m, s) = code
        return total + 0.5 * ((1 + m * m) * exp(-2 * s) - 1) + s
      }
    },
  ]
}
