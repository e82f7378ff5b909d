import Approximate
import LessonKit
import Models

extension LandingExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, LineProblem>(
    id: "landing",
    title: "Sticking the landing",
    task: """
      Write `terms`: for one noise ε, the derivative of f = log p(x, z) − log q(z) by m and by s \
      along z = m + σ ε only, as if m and s inside log q(z) were constants. \
      The mean must stay ∇ELBO, and at the posterior every single draw must say zero.
      """,
    hints: [
      "The slope of log q(z) by z is −ε/σ.",
      "f has the slope g(z) + ε/σ by z, where g(z) = ∂log p(x, z)/∂z = a (x − a z)/v − z.",
      "Multiply by dz/dm = 1 and by dz/ds = σ ε.",
    ],
    example: try .example(), draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin)

  static let answer = Parts(terms: { PathOnlyGradient().terms($0, $1, noise: $2) })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "stops-nothing", "nothing is stopped: unbiased, but not zero at the posterior", \.terms
    ) { PathwiseGradient().terms($0, $1, noise: $2) },
    Mistake("turns-log-q", "g(z) − ε/σ: the slope of log p + log q", \.terms) {
      model, code, noise in
      let slope = model.jointSlope(code.latent(noise)) - noise / code.deviation
      return [slope, slope * code.deviation * noise]
    },
    Mistake("divides-by-the-variance", "ε/σ² for the slope of log q", \.terms) {
      model, code, noise in
      let slope =
        model.jointSlope(code.latent(noise)) + noise / (code.deviation * code.deviation)
      return [slope, slope * code.deviation * noise]
    },
    Mistake(
      "stops-the-draw", "the draw is detached and log q is not: the other half of the derivative",
      source: "a gradient path broken by detach; izmailovpavel/understandingbdl #8", \.terms
    ) { _, code, noise in [-noise / code.deviation, 1 - noise * noise] },
    Mistake("analytic-entropy", "the entropy in closed form is subtracted from both", \.terms) {
      model, code, noise in
      let slope = model.jointSlope(code.latent(noise)) + noise / code.deviation
      return [slope, slope * code.deviation * noise + 1]
    },
  ]
}
