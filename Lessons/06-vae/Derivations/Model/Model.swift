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
    likeliest: { data, noise in
      try ScalarSearch.minimum(from: 0, to: 4, guess: 1) { a in
        try data.reduce(0) { sum, x in
          sum - (try LinearGaussian(slope: a, noise: noise, observed: x)).exactLogEvidence.value
        }
      }.point
    },
    inTurn: { data, noise in try climbed(data, noise, turns: 80) },
    jointly: { data, noise in climbed(data, noise, from: start(data, noise)) },
    variance: { $0.slope * $0.slope + $0.noise })

  /// q(z) = p(z|x_i), then a = Σ_i x_i E[z_i]/Σ_i E[z_i²], so many times.
  private static func climbed(_ data: [Double], _ noise: Double, turns: Int) throws -> Double {
    var a = 0.5
    for _ in 0..<turns {
      let codes = try data.map {
        try LinearGaussian(slope: a, noise: noise, observed: $0).exactPosterior
      }
      let squares = codes.reduce(0) { $0 + $1.mean * $1.mean + $1.variance }
      a = zip(data, codes).reduce(0) { $0 + $1.0 * $1.1.mean } / squares
    }
    return a
  }

  /// a = .5, q(z|x) = N(.3 x, 1).
  private static func start(_ data: [Double], _ noise: Double) -> SequentialAutoencoder {
    SequentialAutoencoder(
      weights: [0.5], readings: [0.3], logSds: [0], noise: noise,
      square: data.reduce(0) { $0 + $1 * $1 } / Double(data.count))
  }

  /// a after 400 steps up the slopes of the mean bound by a, γ and s, q(z|x) = N(γ x, e^(2 s)).
  private static func climbed(
    _ data: [Double], _ noise: Double, from start: SequentialAutoencoder
  ) -> Double {
    var autoencoder = start
    for _ in 0..<400 { autoencoder.climb(rate: 0.25) }
    return autoencoder.weights[0]
  }

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
    Mistake(
      "fits-the-mean-datum", "maximises log p of the mean of the data: no sum of their logs",
      \.likeliest
    ) { data, noise in
      let mean = data.reduce(0, +) / Double(data.count)
      return sqrt(max(0, mean * mean - noise))
    },
    Mistake(
      "one-turn", "sets q to the posterior once, and a to its best under that q", \.inTurn
    ) { data, noise in try climbed(data, noise, turns: 1) },
    Mistake(
      "starts-silent",
      "begins at a = γ = 0, where no slope says which way to go: joint ascent stays",
      \.jointly
    ) { data, noise in
      var silent = start(data, noise)
      (silent.weights, silent.readings) = ([0], [0])
      return climbed(data, noise, from: silent)
    },
    Mistake("copies", "decoding gives x back as it was", \.again) { $0.observed },
    Mistake("forgets-the-decoder", "draws z and adds the noise to that", \.variance) {
      1 + $0.noise
    },
    Mistake("no-noise", "draws the mean and calls it x", source: "erratum E-021", \.variance) {
      $0.slope * $0.slope
    },
  ]
}
