import Approximate
import Exact
import GSL
import LessonKit
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "score-six": { _ in try sineVariance(ScoreGradient(), 6) },
  "path-six": { _ in try sineVariance(PathwiseGradient(), 6) },
  "ratio-six": { _ in
    ExactValue(
      try sineVariance(PathwiseGradient(), 6).value / sineVariance(ScoreGradient(), 6).value)
  },
  "crossing": { _ in ExactValue(crossing) },
  "away": { _ in
    ExactValue(
      try landingVariance(PathOnlyGradient(), off: -2).value
        / landingVariance(PathwiseGradient(), off: -2).value)
  },
  "alone": { _ in
    var model = TwoSteps()
    (model.a[1], model.r[1]) = (0, 0)
    for _ in 0..<2000 { model.climb(rate: 0.02) }
    return ExactValue(model.elbo)
  },
  "square": { _ in
    let inside = 2 * (try SpecialFunctions.normalLower(2)) - 1
    return ExactValue(inside * inside)
  },
]

private func sineVariance(_ gradient: any NoiseGradient, _ k: Double) throws -> QuadratureValue {
  let model = try sineDecoder(k)
  return try noiseMoments { try gradient.estimate(model, sineCode, &$0) }.variances[0]
}
