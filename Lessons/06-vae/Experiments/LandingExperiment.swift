import Approximate
import GSL
import LessonKit
import Models
import Probability

/// The width of q moved by hand, and the variances of two gradients.
let landingExperiment = Experiment(
  id: "landing", title: "Home and away",
  prompt: "Move s away from the posterior's and find where the path alone stops being better.",
  givens: [Given("a", 1.3), Given("v", 0.4), Given("x", 0.9)],
  controls: [.init("off", "s − s of the posterior", from: -2, to: 1, by: 0.1, at: 0)],
  marks: [("posterior", ["off": [0]])]
) { settings in
  let path = try landingVariance(PathwiseGradient(), off: settings["off"])
  let alone = try landingVariance(PathOnlyGradient(), off: settings["off"])
  return .init(
    [("variance along the path", path), ("variance of the path alone", alone)],
    remark: alone.value < path.value
      ? "The path alone is the better one here." : "The total derivative is the better one here.")
}
