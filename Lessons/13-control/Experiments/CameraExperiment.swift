import LessonKit
import Models
import Probability

/// What some transitions are worth.
let cameraExperiment = Experiment(
  id: "camera", title: "Steering by pictures",
  prompt: "Give the planner some transitions to learn from. When does it become reliable?",
  givens: [Given("x_0", [-3.0, 0]), Given("T", 12), Given("H", 4)],
  controls: [
    .init("transitions", "transitions to learn from", from: 3, to: 60, by: 1, at: 10),
    .init("seed", "which experience", from: 1, to: 20, by: 1, at: 1),
  ]
) { settings in
  let run = try CameraRuns.run(
    transitions: Int(settings["transitions"]), seed: UInt64(max(0, settings["seed"])))
  let least = try CameraRuns.least
  return Experiment.Screen(
    [("J, the least", ExactValue(least)), ("J of this run", ExactValue(run.cost))],
    [
      .picture { _ in
        Drawing.curve(
          "The place of the mass", [.init("steered by pictures", run.places, ink: .q)],
          levels: [("where it should be", 0)], axis: "t", rows: 12, kind: .sampled)
      }
    ],
    remark:
      "Three numbers are fitted, so that three transitions are the least. Noise asks for more.")
}
