import GSL
import LessonKit
import Probability

/// Two experts, and the two Poisson distributions that come closest, one in each direction.
func twoExpertsPicture(_ context: RunContext) throws -> Picture {
  let experts = Experts.twoAndNine
  let settled = try experts.bestExclusiveRate()
  let counts = 0...18
  func series(_ name: String, _ value: (Int) throws -> Double) rethrows -> Drawing.Series {
    Drawing.Series(name, try counts.map(value))
  }
  func poisson(_ rate: Double) -> (Int) throws -> Double {
    { try PoissonLaw(rate: rate).exactLogProbability($0).exponential.value }
  }
  return Drawing.curve(
    "One Poisson distribution for two experts",
    [
      try series("p(y)") { try experts.exactProbability($0).value },
      try series("smallest KL(q‖p)", poisson(settled)),
      try series("smallest KL(p‖q)", poisson(experts.mean)),
    ], axis: "y", kind: .exact,
    caption:
      "KL(q‖p) is smallest at λ = \(Format.fixed(settled, decimals: 2)), on the larger hump; "
      + "KL(p‖q) at λ = \(Format.short(experts.mean, digits: 3)), the mean of p, in the valley between the humps."
  )
}
