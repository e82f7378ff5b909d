import Approximate
import LessonKit
import Models
import Probability

extension GradientsDerivation {
  /// The derivation, the library's estimators, and the ways to get them wrong.
  static let derivation = Derivation<Parts, LineProblem>(
    id: "gradients", title: "Two more gradients of the same bound", example: try .example(),
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  static let answer = Parts(
    score: { try estimate(ScoreGradient(), $0, $1, $2) },
    analytic: { try estimate(AnalyticDivergenceGradient(), $0, $1, $2) })

  /// An estimate of several draws whose noises are given.
  private static func estimate(
    _ gradient: some NoiseGradient, _ model: LinearGaussian, _ code: GaussianCode,
    _ noises: [Double]
  ) throws -> [Double] {
    var choices = GivenNormals(noises)
    return try gradient.estimate(model, code, samples: noises.count, &choices)
  }

  /// The mean over draws of something.
  private static func mean(
    _ noises: [Double], _ terms: (Double) -> [Double]
  ) -> [Double] {
    [0, 1].map { d in noises.reduce(0) { $0 + terms($1)[d] / Double(noises.count) } }
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "scores-the-joint", "log p(x, z) times the score, and log q(z) is forgotten", \.score
    ) { model, code, noises in
      mean(noises) { noise in
        let signal = model.logJoint(code.latent(noise))
        return [signal * noise / code.deviation, signal * (noise * noise - 1)]
      }
    },
    Mistake(
      "score-by-the-noise", "ε in place of the score ε/σ", \.score,
      from: { right in
        { model, code, noises in
          let found = try right(model, code, noises)
          return [found[0] * code.deviation, found[1]]
        }
      }),
    Mistake(
      "sums-the-scores", "a sum over the draws", source: "erratum E-041", \.score,
      from: { right in
        { model, code, noises in
          try right(model, code, noises).map { $0 * Double(noises.count) }
        }
      }),
    Mistake(
      "counts-the-prior-twice", "the path carries log p(x, z), and KL is subtracted besides",
      \.analytic
    ) { model, code, noises in
      mean(noises) { noise in
        let slope = model.jointSlope(code.latent(noise))
        let variance = code.deviation * code.deviation
        return [slope - code.mean, slope * code.deviation * noise - variance + 1]
      }
    },
    Mistake(
      "pushes-off-the-prior", "+ KL(q‖p(z)) in place of − KL", source: "erratum E-012", \.analytic
    ) { model, code, noises in
      mean(noises) { noise in
        let slope = model.likelihoodSlope(code.latent(noise))
        let variance = code.deviation * code.deviation
        return [slope + code.mean, slope * code.deviation * noise + variance - 1]
      }
    },
  ]
}
