import LessonKit
import Probability

/// Both directions between a fixed p and a q that moves away from it.
func twoDirectionsPicture(_ context: RunContext) throws -> Picture {
  let p = [0.2, 0.8]
  let places = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
  let bars = places.map { b -> Drawing.Bar in
    let q = [b, 1 - b]
    let inclusive = kullbackLeibler(of: p, from: q)
    return (
      "q = " + Format.fixed(b, decimals: 2), kullbackLeibler(of: q, from: p),
      "KL(p‖q) = " + Format.fixed(inclusive, decimals: 4)
    )
  }
  return Drawing.bars(
    "KL(q‖p) for p = (0.2, 0.8), and the other direction beside it", bars, kind: .exact,
    caption:
      "Both are zero at q = 0.20. At 0.80 they agree because states and laws change places "
      + "together; between the two KL(q‖p) is the larger one, outside the smaller.")
}
