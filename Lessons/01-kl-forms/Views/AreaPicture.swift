import LessonKit
import Probability

/// KL as a sum of signed parts: some states give back what others cost.
func areaPicture(_ context: RunContext) throws -> Picture {
  let (q, p) = (DivergenceExercise.Problem.example.q, DivergenceExercise.Problem.example.p)
  // KL(q‖p) = Σ_z q(z) log q(z)/p(z)
  let parts = zip(q, p).map { $0 * ExactValue($0 / $1).logarithm.value }
  let bars = parts.enumerated().map { index, part -> Drawing.Bar in
    ("z = \(index + 1)", part, "q \(Format.short(q[index])), p \(Format.short(p[index]))")
  }
  return Drawing.bars(
    "KL(q‖p), state by state: q(z) log q(z)/p(z)",
    bars + [("together", kullbackLeibler(of: q, from: p), "KL(q‖p)")],
    inks: [.q, .q, .q, .bound], kind: .exact,
    caption: """
      Where q is smaller than p a part is negative. The other parts are always larger together: \
      the sum is never below zero.
      """)
}
