import Exact
import LessonKit
import Models
import Probability

/// One bit under priors of any width.
let widthExperiment = Experiment(
  id: "width", title: "A bit and a wide prior",
  prompt:
    "Widen the prior and move the log odds. When is Laplace's evidence right, and is its Gaussian right then?",
  givens: [Given("z", words: "N(0, deviation²)"), Given("y", words: "1, with log odds z + c")],
  controls: [
    .init("deviation", "deviation of the prior", from: 0.5, to: 12, by: 0.5, at: 10),
    .init("offset", "c", from: -2, to: 4, by: 0.1, at: 2.3),
  ]
) { settings in
  let race = try Race.bit(deviation: settings["deviation"], offset: settings["offset"])
  let spread = 3 * settings["deviation"]
  return Experiment.Screen(
    [
      ("log p(y)", race.exact.logEvidence), ("Laplace − log p(y)", race.errorOfLaplace),
      ("KL(q‖p(z|y)), Laplace's", try race.gapOfLaplace()),
      ("KL(q‖p(z|y)), the best", try race.gapOfBest()),
    ],
    [
      .picture { _ in
        try densityPicture(
          race, from: -spread, to: 1.2 * spread, "The posterior and two Gaussians", caption: "")
      }
    ],
    remark:
      "The error of Laplace's evidence goes through zero at some c, and nothing happens to q there."
  )
}
