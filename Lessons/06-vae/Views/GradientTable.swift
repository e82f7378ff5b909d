import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The sine decoder of the opening: x|z ~ N(sin(6 z + .3), .5), x = .4, q = N(.2, e^−.2).
func sineDecoder(_ frequency: Double) throws -> ScalarAutoencoder {
  try ScalarAutoencoder(
    decoder: try ScalarDecoder([
      .init(weights: [[frequency]], bias: [0.3], activation: .sine)
    ]), noise: .gaussian(variance: 0.5), observed: [0.4])
}

/// q of the opening.
let sineCode = GaussianCode(mean: 0.2, logSd: -0.1)

/// The four gradients by name.
let gradients: [(name: String, value: any NoiseGradient)] = [
  ("score", ScoreGradient()), ("path", PathwiseGradient()),
  ("path, KL in closed form", AnalyticDivergenceGradient()), ("path alone", PathOnlyGradient()),
]

/// Mean and variances of each on the sine decoder.
@Sendable func gradientTable(_: RunContext) throws -> Table {
  let rows: [[Table.Cell]] = try gradients.map { gradient in
    let laws = try [1.0, 6.0].map { frequency in
      let model = try sineDecoder(frequency)
      return try noiseMoments { try gradient.value.estimate(model, sineCode, &$0) }
    }
    return [
      .text(gradient.name), .number(laws[1].means[0], digits: 4),
      .number(laws[1].variances[0], digits: 4), .number(laws[0].variances[0], digits: 4),
    ]
  }
  return Table(
    title: "One draw of ∂ELBO/∂m: the decoder sin(k z + .3)",
    columns: ["", "mean, k = 6", "variance, k = 6", "variance, k = 1"], rows: rows,
    note: "By quadrature. All means are ∂ELBO/∂m.")
}
