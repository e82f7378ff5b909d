import GSL
import LessonKit
import Probability

/// The log-partition of the Poisson distributions, its tangent, and the divergence between them.
func tangentPicture(_ context: RunContext) throws -> Picture {
  let (q, p) = ClosedFormsDerivation.Problem.example.poisson
  let (etaQ, etaP) = (q.naturalParameters[0], p.naturalParameters[0])
  let places = (0...80).map { Double($0) * 0.025 }
  let tangent = { (eta: Double) in q.rate + (eta - etaQ) * q.rate }
  return Drawing.curve(
    "A divergence is the gap between a curve and its tangent",
    [
      Drawing.Series("A(η) = e^η", places: places, heights: places.map { exp($0) }),
      Drawing.Series("its tangent at η_q = log 2.5", places: places, heights: places.map(tangent)),
    ],
    marks: [
      Drawing.Mark("KL(q‖p), at η_p = log 4", at: etaP, from: tangent(etaP), to: exp(etaP))
    ],
    axis: "η", kind: .exact,
    caption: "The gap at η_p is KL(q‖p) = "
      + Format.fixed(q.kullbackLeibler(from: p), decimals: 4)
      + ". The curve bends upwards, so no tangent gets above it.")
}
