import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// One frozen draw: the objective climbs for ever, the bound falls.
@Sendable func frozenPicture(_: RunContext) -> Picture {
  let model = LinearGaussian.unit
  let places = (0...50).map { -1 + 0.06 * Double($0) }
  func code(_ s: Double) -> GaussianCode { GaussianCode(mean: 0.5 - 0.4 * exp(s), logSd: s) }
  return Drawing.curve(
    "x|z ~ N(z, 1), x = 1: one draw ε = .4 held fixed, m = .5 − .4 σ",
    [
      .init(
        "frozen F", places: places,
        heights: places.map {
          ImportanceWeightedSample(model, code($0), noises: [0.4]).value
        }, ink: .q),
      .init(
        "ELBO", places: places,
        heights: places.map {
          max(-8, model.elbo(mean: code($0).mean, variance: exp(2 * $0)).value)
        }, role: .bound(of: "log p(x)")),
    ],
    levels: [("log p(x)", model.exactPosterior.logEvidence.value)], axis: "s = log σ", rows: 12,
    kind: .exact,
    caption: "F rises by s with no end, through log p(x); the ELBO (cut off at −8) falls.")
}
