import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The variance of the score function as its constant baseline moves: a parabola.
@Sendable func parabolaPicture(_: RunContext) throws -> Picture {
  let problem = DocumentProblem.example
  let bound = problem.elbo
  func trace(_ constant: Double) throws -> Double {
    try exactMoments(of: ScoreFunction(Constant(constant)), bound, samples: 1).covarianceTrace
  }
  let places = (0...32).map { -8 + 0.25 * Double($0) }
  let variances = try places.map(trace)
  let lowest = zip(places, variances).min { $0.1 < $1.1 }.map { best in
    [Drawing.Mark("lowest drawn: c = \(Format.short(best.0))", at: best.0, best.1)]
  }
  let mean = problem.exactBound.value
  return Drawing.curve(
    "The variance of one step as a constant c is subtracted from the signal",
    [.init("variance, both components added", places: places, heights: variances, ink: .q)],
    marks: [
      .init(
        "c = E_q[f] = \(Format.short(mean, digits: 4))", at: mean, from: 0,
        to: (variances.max() ?? 0) / 3)
    ] + (lowest ?? []),
    axis: "c", kind: .exact,
    caption: """
      The mean is the same for every c. Subtracting the mean signal is near the best constant \
      without being it: scores weigh some outcomes more than others.
      """)
}
