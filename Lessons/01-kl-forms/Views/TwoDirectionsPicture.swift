import GSL
import LessonKit
import Probability

/// Both directions between a fixed p and a q that moves past it.
func twoDirectionsPicture(_ context: RunContext) throws -> Picture {
  let p = [0.05, 0.95]
  let places = (1...99).map { Double($0) / 100 }
  func curve(_ name: String, _ height: ([Double]) -> Double) -> Drawing.Series {
    Drawing.Series(name, places: places, heights: places.map { height([$0, 1 - $0]) })
  }
  return Drawing.curve(
    "Two states, p = (.05, .95): both directions as q moves",
    [
      curve("KL(q‖p)") { kullbackLeibler(of: $0, from: p) },
      curve("KL(p‖q)") { kullbackLeibler(of: p, from: $0) },
    ], axis: "q(1), the probability of the first state", kind: .exact,
    caption:
      "Both touch zero at q(1) = .05, where q = p. Towards the right KL(p‖q) goes to infinity, "
      + "because q takes away a state that p needs; KL(q‖p) stops at −log p(1) = "
      + Format.fixed(-log(p[0]), decimals: 3) + ".")
}
