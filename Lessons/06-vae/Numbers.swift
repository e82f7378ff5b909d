import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "score-six": { _ in try sineVariance(ScoreGradient(), 6) },
  "path-six": { _ in try sineVariance(PathwiseGradient(), 6) },
  "ratio-six": { _ in
    ExactValue(
      try sineVariance(PathwiseGradient(), 6).value / sineVariance(ScoreGradient(), 6).value)
  },
  "flat": { _ in
    // log N(1.3; 0, 1): with a = 0 nothing of x comes from z.
    ExactValue(-0.5 * (log(2 * Double.pi) + 1.3 * 1.3))
  },
  "line-evidence": { _ in ExactValue(try LineProblem.example().logEvidence) },
  "family-loss": { _ in ExactValue(GapsDerivation.Problem.example.familyLoss) },
  "encoder-loss": { _ in ExactValue(GapsDerivation.Problem.example.encoderLoss) },
  "told": { _ in ExactValue(SurgeryDerivation.Problem.example.parts.told) },
  "misfit": { _ in ExactValue(SurgeryDerivation.Problem.example.parts.misfit) },
  "most-told": { _ in
    ExactValue(Double(SurgeryDerivation.Problem.example.codes.count)).logarithm
  },
  "crossing": { _ in ExactValue(crossing) },
  "away": { _ in
    ExactValue(
      try landingVariance(PathOnlyGradient(), off: -2).value
        / landingVariance(PathwiseGradient(), off: -2).value)
  },
  "alone": { _ in
    var model = SequentialAutoencoder.start
    (model.weights[1], model.readings[1]) = (0, 0)
    for _ in 0..<2000 { model.climb(rate: 0.02) }
    return ExactValue(model.elbo)
  },
  "softplus": { _ in ExactValue(ModelDerivation.answer.softplusMean(softplusCode)) },
  "second-order": { _ in ExactValue(ModelDerivation.secondOrder(softplusCode)) },
  "layers-loss": { _ in ExactValue(HierarchyDerivation.Problem.example.layersLoss) },
  "shrunk-first": { _ in try shrunk(0) },
  "shrunk-second": { _ in try shrunk(1) },
  "square": { _ in
    let inside = 2 * (try SpecialFunctions.normalLower(2)) - 1
    return ExactValue(inside * inside)
  },
]

/// N(.3, .49).
private let softplusCode = GaussianCode(mean: 0.3, logSd: log(0.7))

/// 1 − v/κ_k.
private func shrunk(_ k: Int) throws -> ExactValue {
  let problem = try ComponentsDerivation.Problem.example()
  return ExactValue(1 - problem.v / (try problem.spread[k]))
}

private func sineVariance(_ gradient: any NoiseGradient, _ k: Double) throws -> QuadratureValue {
  let model = try sineDecoder(k)
  return try noiseMoments { try gradient.estimate(model, sineCode, &$0) }.variances[0]
}
