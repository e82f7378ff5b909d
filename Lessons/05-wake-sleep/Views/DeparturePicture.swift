import LessonKit
import Probability

/// KL(D‖p) as a perfect model follows the mean updates.
@Sendable func departurePicture(_: RunContext) throws -> Picture {
  let start = try MachineProblem.explainingAway()
  let sleep = try Followed(start, .sleep, steps: Departure.steps, size: Departure.size, every: 20)
  let bound = try Followed(start, .bound, steps: Departure.steps, size: Departure.size, every: 20)
  let places = sleep.divergences.indices.map { Double($0 * 20) }
  return Drawing.curve(
    "KL(D‖p) of a model that began perfect",
    [
      .init("wake and sleep", places: places, heights: sleep.divergences, ink: .q),
      .init("both networks climb the bound", places: places, heights: bound.divergences),
    ],
    axis: "mean steps of size 0.4", kind: .exact,
    caption: """
      Every step is the mean over all outcomes. Both leave zero, because q cannot say that one cause \
      explains the other away, and both come back, at another model.
      """)
}

/// How long a perfect model is followed.
enum Departure {
  static let steps = 1200
  static let size = 0.4
}
