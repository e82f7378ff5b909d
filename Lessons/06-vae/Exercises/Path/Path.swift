import Approximate
import LessonKit
import Models

extension PathExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, LineProblem>(
    id: "path",
    title: "The gradient along the path of a draw",
    task: """
      Write `terms`: for one noise ε, the derivative of f(m + σ ε) by m and by s, everything that \
      contains m or s included; f(z) = log p(x, z) − log q(z) and σ = e^s. Write `average`: one \
      estimate from those of several noises.
      """,
    hints: [
      "f contains m and s twice: through z, and directly in log q(z).",
      "Along z = m + σ ε, log q(z) is −ε²/2 − s and a constant: it contains no m.",
      "(g(z), g(z) σ ε + 1), and the mean over the noises; g(z) = ∂log p(x, z)/∂z = a (x − a z)/v − z.",
    ],
    example: try .example(), draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      One noise gives one value of the gradient, and how far these values scatter is known as \
      well:
      """)

  static let answer = Parts(
    terms: { PathwiseGradient().terms($0, $1, noise: $2) },
    average: { estimates in
      [0, 1].map { d in estimates.reduce(0) { $0 + $1[d] } / Double(estimates.count) }
    })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "adds-the-direct-term", "the direct term of log q with a plus, as printed",
      source: "erratum E-040", \.terms
    ) { model, code, noise in
      let exact = PathwiseGradient().terms(model, code, noise: noise)
      // The printed form has +∂log q/∂(m, s) where −∂log q/∂(m, s) belongs.
      return [
        exact[0] + 2 * noise / code.deviation, exact[1] + 2 * (noise * noise - 1),
      ]
    },
    Mistake(
      "forgets-the-entropy", "only the log joint is differentiated: the 1 of log σ is missing",
      \.terms
    ) { model, code, noise in
      let slope = model.jointSlope(code.latent(noise))
      return [slope, slope * code.deviation * noise]
    },
    Mistake(
      "likelihood-only", "the path carries log p(x|z) alone, and the prior's pull is forgotten",
      source: "izmailovpavel/understandingbdl #8, the other half: there only the KL trained",
      \.terms
    ) { model, code, noise in
      let slope = model.likelihoodSlope(code.latent(noise))
      return [slope, slope * code.deviation * noise + 1]
    },
    Mistake(
      "scales-by-the-variance", "z = m + σ² ε: the variance where the deviation belongs",
      source: "erratum E-002, turned round", \.terms
    ) { model, code, noise in
      let wide = GaussianCode(mean: code.mean, logSd: 2 * code.logSd)
      return PathwiseGradient().terms(model, wide, noise: noise)
    },
    Mistake(
      "by-sigma", "the derivative by σ in place of s = log σ: no factor σ", \.terms
    ) { model, code, noise in
      let slope = model.jointSlope(code.latent(noise))
      return [slope, slope * noise + 1]
    },
    Mistake(
      "sums-the-draws", "a sum over draws in place of their mean", source: "erratum E-041",
      \.average
    ) { estimates in [0, 1].map { d in estimates.reduce(0) { $0 + $1[d] } } },
    Mistake("takes-the-last", "the last draw alone", \.average) { $0.last ?? [] },
  ]
}
