import GSL
import LessonKit
import Models

extension BetaDerivation {
  /// The derivation, the objective, and the ways to get it wrong.
  static let derivation = Derivation<Parts, LineProblem>(
    id: "beta", title: "Another weight for the divergence", example: try .example(),
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      Above 1 a β keeps the bound, below 1 it does not, and for a Gaussian decoder it is another \
      noise. The last line leaves the divergence out:
      """)

  static let answer = Parts { model, code, beta in
    let residual = model.observed - model.slope * code.mean
    let spread = model.slope * model.slope * code.deviation * code.deviation
    let fit =
      -0.5 * (log(2 * Double.pi * model.noise) + (residual * residual + spread) / model.noise)
    return fit - beta * code.divergenceFromPrior
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake("weight-on-the-fit", "β times the wrong term", \.objective) { model, code, beta in
      let bound = answer.objective(model, code, 1) + code.divergenceFromPrior
      return beta * bound - code.divergenceFromPrior
    },
    Mistake("ignores-the-weight", "the ELBO whatever β is", \.objective) { model, code, _ in
      answer.objective(model, code, 1)
    },
    Mistake(
      "decodes-the-mean", "the error of the mean code alone: an autoencoder with a penalty",
      source: "a VAE whose loss decodes the mean", \.objective
    ) { model, code, beta in
      answer.objective(model, code, beta)
        + 0.5 * model.slope * model.slope * code.deviation * code.deviation / model.noise
    },
    Mistake("weighs-the-means-only", "β on ½ m² alone, not on the widths", \.objective) {
      model, code, beta in
      answer.objective(model, code, 1) - 0.5 * (beta - 1) * code.mean * code.mean
    },
  ]
}
