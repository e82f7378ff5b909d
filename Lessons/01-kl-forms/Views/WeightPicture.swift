import Exact
import LessonKit
import Models
import Probability

/// The best value of the weighted objective as its weight changes.
func weightPicture(_ context: RunContext) throws -> Picture {
  let joint = PenaltyDerivation.Problem.example.joint
  let weights = (2...60).map { Double($0) / 20 }
  let values = weights.map { $0 * joint.temperedEvidence($0).value }
  return Drawing.curve(
    "The largest value of E_q[log p(x|z)] − β KL(q‖p(z))",
    [Drawing.Series("β log Z_β", places: weights, heights: values)],
    levels: [("log p(x)", ExactPosterior(of: joint).logEvidence.value)],
    axis: "β, the weight of the divergence", kind: .exact,
    caption:
      "It falls as β grows and meets log p(x) at β = 1 alone: to the right it is below, a loose "
      + "lower bound; to the left above, an upper bound, as q is free.")
}
