import Exact
import LessonKit
import Probability
import Models

/// Which of three components claims a count.
func claimsOnCounts(_ context: RunContext) throws -> Picture {
  let counts = Array(0...13)
  let found = counts.map { MixturePosterior(of: PoissonMixture.threeRates, $0) }
  let claims: [[Double]] = (0...2).map { k in found.map { $0.responsibilities?[k] ?? 0 } }
  let panel = Drawing.Panel(
    "", rows: ["rate 2", "rate 6", "rate 12"], columns: counts.map { "\($0)" }, values: claims)
  return Drawing.grid(
    "p(z | y) for .3 Poisson(2), .5 Poisson(6), .2 Poisson(12)", [panel], kind: .exact,
    caption: "The borders lie between 3 and 4 and between 9 and 10; columns sum to one.")
}
