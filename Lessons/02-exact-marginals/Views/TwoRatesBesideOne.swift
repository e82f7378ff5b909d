import Exact
import LessonKit
import Models
import Probability

/// A mixture of two Poisson distributions beside the best single one.
func twoRatesBesideOne(_ context: RunContext) throws -> Picture {
  let mixture = PoissonMixture.twoRates
  let moments = MixtureMoments(of: mixture)
  let single = try PoissonMixture(weights: [1], rates: [moments.mean])
  let best = single.exactTable(below: 17)
  var bars: [Drawing.Bar] = []
  for (count, probability) in mixture.exactTable(below: 17).enumerated() {
    let note = "Poisson(4.8): " + Format.fixed(best[count], decimals: 4)
    bars.append((label: "y = \(count)", value: probability, note: note))
  }
  let ratio = Format.short(moments.variance / moments.mean)
  return Drawing.bars(
    "p(y) = .6 Poisson(2) + .4 Poisson(9), and one Poisson with its mean", bars, kind: .exact,
    caption:
      "Mean 4.8, variance \(Format.short(moments.variance)): \(ratio) times that of a Poisson "
      + "distribution. The single one has one peak, between the two of the mixture, and next to nothing from 12 on."
  )
}
