import LessonKit
import Probability

/// A distribution of two humps with the Poisson nearest to it, in either direction.
func bothFitsPicture(_ context: RunContext) throws -> Picture {
  let experts = Experts.twoAndNine
  let counts = Array(0...16)
  func poisson(_ rate: Double) throws -> [Double] {
    try counts.map { try PoissonLaw(rate: rate).exactLogProbability($0).exponential.value }
  }
  let (inclusive, exclusive) = (experts.mean, try experts.bestExclusiveRate())
  let name = { (rate: Double) in "Poisson(\(Format.short(rate, digits: 4)))" }
  return Drawing.curve(
    "Two humps and one: the best Poisson in each direction",
    [
      .init(
        "p = .6 Poisson(2) + .4 Poisson(9)",
        try counts.map { try experts.exactProbability($0).value }, ink: .p),
      .init("\(name(exclusive)), least KL(q‖p)", try poisson(exclusive), ink: .q),
      .init("\(name(inclusive)), least KL(p‖q)", try poisson(inclusive), ink: .bound),
    ],
    axis: "count y", kind: .exact,
    caption: """
      With least KL(q‖p), q sits on one hump; with least KL(p‖q), q covers both, and has its peak \
      between them, at y = 4. The second hump of p is low: \
      it rises from \(Format.fixed(try experts.exactProbability(6).value, decimals: 3)) at y = 6 to \
      \(Format.fixed(try experts.exactProbability(8).value, decimals: 3)) at y = 8. Probabilities stand at whole counts; the lines between them lead the eye.
      """)
}
