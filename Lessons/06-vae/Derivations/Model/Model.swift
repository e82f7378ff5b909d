import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

extension ModelDerivation {
  /// The derivation, the library's code, and the ways to get it wrong.
  static let derivation = Derivation<Parts, LineProblem>(
    id: "model", title: "An autoencoder on a line", example: try .example(),
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      A softplus is no parabola. The slope by a needs nothing but the likelihood, and at the \
      posterior it is that of log p(x). The last two lines say what the model does to x:
      """)

  static let answer = Parts(
    bound: { model, code in
      model.elbo(mean: code.mean, variance: code.deviation * code.deviation).value
    },
    slope: { model, code in
      let square = code.mean * code.mean + code.deviation * code.deviation
      return (model.observed * code.mean - model.slope * square) / model.noise
    },
    again: { $0.slope * $0.exactPosterior.mean },
    softplusMean: { code in noiseMeans { [GSL.softplus(code.latent($0))] }[0].value },
    variance: { $0.slope * $0.slope + $0.noise })

  /// E_q[log(1 + e^z)] as if it were a parabola: log(1 + e^m) + ½ σ² p (1 − p), p = 1/(1 + e^−m).
  @Sendable static func secondOrder(_ code: GaussianCode) -> Double {
    let bend = sigmoid(code.mean) * sigmoid(-code.mean)
    return GSL.softplus(code.mean) + 0.5 * code.deviation * code.deviation * bend
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake("adds-the-divergence", "KL is added: no bound", source: "erratum E-012", \.bound) {
      model, code in answer.bound(model, code) + 2 * code.divergenceFromPrior
    },
    Mistake(
      "squared-error-alone", "the squared error of the mean code, without a² σ²",
      source: "a VAE whose loss decodes the mean", \.bound
    ) { model, code in
      answer.bound(model, code)
        + 0.5 * model.slope * model.slope * code.deviation * code.deviation / model.noise
    },
    Mistake("at-the-mean", "the slope at the mean of q, without its variance", \.slope) {
      model, code in
      (model.observed - model.slope * code.mean) * code.mean / model.noise
    },
    Mistake(
      "second-order", "log(1 + e^m) and half the variance times its bend: a closed form",
      source: "the delta method, as if a softplus were a parabola", \.softplusMean, secondOrder),
    Mistake("copies", "decoding gives x back as it was", \.again) { $0.observed },
    Mistake("forgets-the-decoder", "draws z and adds the noise to that", \.variance) {
      1 + $0.noise
    },
    Mistake("no-noise", "draws the mean and calls it x", source: "erratum E-021", \.variance) {
      $0.slope * $0.slope
    },
  ]
}
