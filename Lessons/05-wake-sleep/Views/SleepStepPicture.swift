import Exact
import LessonKit
import Probability

/// The bound along a sleep step and along its own gradient, both of the same length.
@Sendable func sleepStepPicture(_: RunContext) throws -> Picture {
  let problem = try Hook.problem()
  let (sleep, climb) = (try Hook.sleep(problem), try Hook.climb(problem))
  let scale = length(sleep) / length(climb)
  let sizes = (0...25).map { 0.2 * Double($0) }
  let evidence = try problem.onData().average(\.logEvidence).value
  return Drawing.curve(
    "The average ELBO after a step of φ, by the size of the step",
    [
      .init(
        "ELBO after a sleep step", places: sizes,
        heights: try sizes.map { try Hook.elbo(problem, along: sleep, by: $0) },
        role: .bound(of: "E_D[log p(x)]"), ink: .q),
      .init(
        "ELBO along its own gradient, a step as long", places: sizes,
        heights: try sizes.map { try Hook.elbo(problem, along: climb, by: $0 * scale) },
        role: .bound(of: "E_D[log p(x)]")),
    ],
    levels: [("E_D[log p(x)]", evidence)], axis: "size of the step", kind: .exact,
    caption: "Both start at the same φ. The sleep step is the mean of every dream: no noise.")
}
